package io.mestral.verticles.http.map;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Location;
import io.mestral.storage.Visibility;
import io.mestral.verticles.http.device.MapDevice;
import java.util.Optional;

/**
 * A device on the map, without what it measures.
 *
 * @param flags those that stay while the device stays as it is
 * @param shown as the map of the whole world shows it
 */
record Place(
    DeviceId id,
    UserId owner,
    double latitude,
    double longitude,
    String name,
    int flags,
    MapDevice shown) {
  static final int OUTDOOR = 1;
  static final int INDOOR = 2;
  static final int ONLINE = 4;
  static final int PRIVATE = 8;

  /** Empty for a device that is on no map: it stands nowhere, or is a test. */
  static Optional<Place> of(Device device) {
    Location location = device.location();
    if (device.policy().isTest() || location.latitude().isEmpty() || location.longitude().isEmpty())
      return Optional.empty();
    return Optional.of(
        new Place(
            device.id(),
            device.owner(),
            location.latitude().getAsDouble(),
            location.longitude().getAsDouble(),
            device.name(),
            flags(device),
            MapDevice.of(device)));
  }

  private static int flags(Device device) {
    int flags = device.policy().isPrivate() ? PRIVATE : 0;
    if (device.location().exposure().equals(Optional.of("outdoor"))) flags |= OUTDOOR;
    if (device.location().exposure().equals(Optional.of("indoor"))) flags |= INDOOR;
    return flags;
  }

  boolean isPublic() {
    return (flags & PRIVATE) == 0;
  }

  /** Whether a private device may be seen all the same. */
  boolean isOpenTo(Visibility viewer) {
    return viewer.all() || viewer.owner().equals(Optional.of(owner));
  }
}
