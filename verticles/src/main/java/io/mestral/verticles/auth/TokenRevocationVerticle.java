package io.mestral.verticles.auth;

import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Gateway;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.DeviceTokenEnd;
import io.mestral.storage.Metadata;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Hears of everything that can take rights away. When a device loses its token, the connections end
 * that logged in with it, and so they do when a gateway does; when a user's password or role does,
 * all of theirs and their partner's. When a token or a grant ends, those who logged in with it.
 * What is left, connected or not, is looked at again: of the device, its owner, the user, the
 * partner.
 */
public final class TokenRevocationVerticle extends VerticleBase {
  private final Metadata metadata;
  private final TokenVault vault;
  private final GrantedAccess granted;
  private final Clock clock;

  /** Takes away what was granted there. */
  public TokenRevocationVerticle(
      Metadata metadata, TokenVault vault, GrantedAccess granted, Clock clock) {
    this.metadata = metadata;
    this.vault = vault;
    this.granted = granted;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = LocalBus.of(vertx);
    return Future.all(
        bus.listen(Addresses.TOKEN_LOST, lost -> onLost((Device) lost)),
        bus.listen(Addresses.USER_CHANGED, changed -> onChanged((UserId) changed)),
        bus.listen(Addresses.GATEWAY_ENDED, ended -> onGatewayEnded((Gateway) ended)),
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

  /** Its token was replaced, or it is none any more: it comes back if it knows the new one. */
  private void onGatewayEnded(Gateway told) {
    granted.sendAway(
        principal -> principal instanceof Principal.Gateway self && self.id().equals(told.id()));
    granted.review(Principal.nameOfGateway(told.name()));
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

  /**
   * When the registry can't say which tokens hold, none does: the device logs in again. A token
   * that goes on for a while is looked at once more when that is over.
   */
  private void onLost(Device told) {
    Future<Optional<Device>> device =
        metadata.devices().find(told.id()).otherwise(Optional.empty());
    Future<List<DeviceTokenEnd>> ends =
        metadata.deviceTokenEnds().ofDevice(told.id()).otherwise(List.of());
    Future.all(device, ends)
        .onSuccess(
            both -> {
              granted.sendAway(lost(told, good(device.result(), ends.result())));
              granted.review(Principal.nameOf(told.id()));
              granted.review(Principal.nameOf(told.owner()));
              awaitEnd(told, ends.result());
            });
  }

  private Set<String> good(Optional<Device> device, List<DeviceTokenEnd> ends) {
    Set<String> good = new HashSet<>();
    device.flatMap(Device::token).map(SealedToken::hash).ifPresent(good::add);
    for (DeviceTokenEnd end : ends)
      if (clock.instant().isBefore(end.endsAt()) && device.isPresent()) good.add(end.hash());
      else good.remove(end.hash());
    return good;
  }

  private void awaitEnd(Device told, List<DeviceTokenEnd> ends) {
    Instant now = clock.instant();
    ends.stream()
        .map(DeviceTokenEnd::endsAt)
        .filter(now::isBefore)
        .min(Instant::compareTo)
        .ifPresent(
            end ->
                vertx.setTimer(
                    Math.max(1, Duration.between(now, end).toMillis()), due -> onLost(told)));
  }

  private Predicate<Principal> lost(Device told, Set<String> good) {
    return principal ->
        principal instanceof Principal.Device self
            && self.id().equals(told.id())
            && vault.hashes(self.token()).stream().noneMatch(good::contains);
  }
}
