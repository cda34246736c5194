package io.mestral.verticles.auth;

import io.mestral.model.DeviceId;
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
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Hears that a device changed, and ends the connections that logged in with a token it lost; and
 * that a user's password or role changed, and ends all connections of that user.
 */
public final class TokenRevocationVerticle extends VerticleBase {
  private final DeviceRegistry devices;
  private final TokenVault vault;
  private final Consumer<Predicate<Principal>> endConnections;

  /**
   * @param endConnections ends every live connection whose principal fits
   */
  public TokenRevocationVerticle(
      DeviceRegistry devices, TokenVault vault, Consumer<Predicate<Principal>> endConnections) {
    this.devices = devices;
    this.vault = vault;
    this.endConnections = endConnections;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = LocalBus.of(vertx);
    return bus.listen(Addresses.DEVICE_CHANGED, changed -> onChanged((DeviceId) changed))
        .compose(
            done ->
                bus.listen(
                    Addresses.USER_CHANGED, user -> endConnections.accept(of((UserId) user))));
  }

  /** By whatever they logged in: who has to know the new password has to show it. */
  private static Predicate<Principal> of(UserId user) {
    return principal -> principal instanceof Principal.User self && self.id().equals(user);
  }

  private void onChanged(DeviceId id) {
    devices
        .find(id)
        .onSuccess(device -> endConnections.accept(lost(id, device)))
        .onFailure(unknown -> endConnections.accept(lost(id, Optional.empty())));
  }

  /** When the registry can't say which token holds, none does: the device logs in again. */
  private Predicate<Principal> lost(DeviceId id, Optional<Device> device) {
    Optional<String> current = device.flatMap(Device::token).map(SealedToken::hash);
    return principal ->
        principal instanceof Principal.Device self
            && self.id().equals(id)
            && !current.equals(Optional.of(vault.hash(self.token())));
  }
}
