package io.mestral.verticles.auth;

import io.mestral.model.access.Login;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.DeviceTokenEnd;
import io.mestral.storage.DeviceTokenEnds;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whose token it is: the one a device has, or one that it had and that goes on for a while. Looked
 * up each time.
 */
public final class DeviceTokens {
  private final DeviceRegistry devices;
  private final DeviceTokenEnds ends;
  private final TokenVault vault;
  private final Clock clock;

  /** Of these devices, by the hashes of their tokens. */
  public DeviceTokens(DeviceRegistry devices, DeviceTokenEnds ends, TokenVault vault, Clock clock) {
    this.devices = devices;
    this.ends = ends;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * A device that a token belongs to.
   *
   * @param until when it does so no more; empty while nobody said
   */
  public record Holder(Device device, Optional<Instant> until) {}

  /** Empty when it is nobody's, or isn't any more. */
  public Future<Optional<Holder>> find(Secret token) {
    return find(vault.hashes(token));
  }

  /** The first of them that is somebody's. */
  private Future<Optional<Holder>> find(List<String> hashes) {
    return find(hashes.get(0))
        .compose(
            found ->
                found.isPresent() || hashes.size() == 1
                    ? Future.succeededFuture(found)
                    : find(hashes.subList(1, hashes.size())));
  }

  private Future<Optional<Holder>> find(String hashed) {
    return devices
        .findByToken(hashed)
        .compose(device -> ends.find(hashed).compose(end -> holder(device, end)));
  }

  /** What a device is let in as with its token; empty as {@link #find}. */
  Future<Optional<Login>> login(Secret token) {
    return find(token)
        .map(
            found ->
                found.map(
                    holder ->
                        new Login(new Principal.Device(holder.device.id(), token), holder.until)));
  }

  /** A former token that is another device's now is that one's. */
  private Future<Optional<Holder>> holder(Optional<Device> device, Optional<DeviceTokenEnd> said) {
    Optional<DeviceTokenEnd> end =
        said.filter(one -> device.map(found -> found.id().equals(one.device())).orElse(true));
    Optional<Instant> until = end.map(DeviceTokenEnd::endsAt);
    if (until.filter(time -> !clock.instant().isBefore(time)).isPresent())
      return Future.succeededFuture(Optional.empty());
    if (device.isPresent() || end.isEmpty())
      return Future.succeededFuture(device.map(known -> new Holder(known, until)));
    return devices
        .find(end.get().device())
        .map(former -> former.map(known -> new Holder(known, until)));
  }
}
