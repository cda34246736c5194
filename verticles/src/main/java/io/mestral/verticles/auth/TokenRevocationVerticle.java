package io.mestral.verticles.auth;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Hears of everything that can take rights away. When a device loses its token, the connections end
 * that logged in with it; when a user's password or role does, all of theirs and their partner's.
 * When a token or a grant ends, those who logged in with it.
 * What is left, connected or not, is looked at again: of the device, its owner, the user, the
 * partner.
 */
public final class TokenRevocationVerticle extends VerticleBase {
  private final DeviceRegistry devices;
  private final TokenVault vault;
  private final GrantedAccess granted;

  /** Takes away what was granted there. */
  public TokenRevocationVerticle(DeviceRegistry devices, TokenVault vault, GrantedAccess granted) {
    this.devices = devices;
    this.vault = vault;
    this.granted = granted;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = LocalBus.of(vertx);
    return Future.all(
        bus.listen(Addresses.TOKEN_LOST, lost -> onLost((Device) lost)),
        bus.listen(Addresses.USER_CHANGED, changed -> onChanged((UserId) changed)),
        bus.listen(Addresses.PARTNER_CHANGED, changed -> onPartnerChanged((UserId) changed)),
        bus.listen(Addresses.STANDING_ENDED, ended -> onEnded((String) ended)));
  }

  /** Who logged in with a token that was replaced, or on a grant that was taken back. */
  private void onEnded(String standing) {
    granted.sendAway(
        principal ->
            principal instanceof Principal.User user
                && user.authority().standsOn().contains(standing));
  }

  /** Who has the new credentials comes back with them. */
  private void onPartnerChanged(UserId user) {
    granted.sendAway(
        principal -> principal instanceof Principal.Partner self && self.user().equals(user));
    granted.review(Principal.nameOfPartner(user));
  }

  /** By whatever they logged in: who has to know the new password has to show it. */
  private void onChanged(UserId user) {
    granted.sendAway(
        principal -> principal instanceof Principal.User self && self.id().equals(user));
    granted.review(Principal.nameOf(user));
    onPartnerChanged(user); // without its role, no partner
  }

  /** When the registry can't say which token holds, none does: the device logs in again. */
  private void onLost(Device told) {
    devices
        .find(told.id())
        .otherwise(Optional.empty())
        .onSuccess(
            device -> {
              granted.sendAway(lost(told, device));
              granted.review(Principal.nameOf(told.id()));
              granted.review(Principal.nameOf(told.owner()));
            });
  }

  private Predicate<Principal> lost(Device told, Optional<Device> device) {
    Optional<String> current = device.flatMap(Device::token).map(SealedToken::hash);
    return principal ->
        principal instanceof Principal.Device self
            && self.id().equals(told.id())
            && !current.equals(Optional.of(vault.hash(self.token())));
  }
}
