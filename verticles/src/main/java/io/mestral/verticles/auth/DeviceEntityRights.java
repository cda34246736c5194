package io.mestral.verticles.auth;

import io.mestral.model.access.Principal;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Of the Entities that are devices of the platform: users may read public ones and their own. No
 * others are known here.
 */
public final class DeviceEntityRights implements EntityRights {
  private static final String DEVICES = "/id/devices/";
  private static final int UUID_LENGTH = 36;

  private final DeviceRegistry devices;
  private final Supplier<String> base;

  /**
   * @param base the node's public URL, which their IRIs begin with, once it is known
   */
  public DeviceEntityRights(DeviceRegistry devices, Supplier<String> base) {
    this.devices = devices;
    this.base = base;
  }

  @Override
  public Future<Boolean> mayRead(Principal principal, String iri) {
    Optional<UUID> device = deviceOf(iri);
    if (device.isEmpty() || !(principal instanceof Principal.User user))
      return Future.succeededFuture(false);
    return devices
        .findByUuid(device.get())
        .map(found -> found.filter(one -> maySee(user, one)).isPresent());
  }

  private static boolean maySee(Principal.User user, Device device) {
    return !device.policy().isPrivate() || device.owner().equals(user.id()) || user.isAdmin();
  }

  private Optional<UUID> deviceOf(String iri) {
    String start = base.get() + DEVICES;
    if (!iri.startsWith(start) || iri.length() != start.length() + UUID_LENGTH)
      return Optional.empty();
    try {
      return Optional.of(UUID.fromString(iri.substring(start.length())))
          .filter(uuid -> iri.endsWith(uuid.toString()));
    } catch (IllegalArgumentException other) {
      return Optional.empty();
    }
  }
}
