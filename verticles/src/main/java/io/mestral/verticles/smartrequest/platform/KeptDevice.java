package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Location;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What of a device its outline is made of, in few bytes: a node keeps all of its devices so. Lists
 * and owners are shared by those that have the same.
 *
 * @param ownerUuid empty when the account is gone and the device is about to follow
 * @param latitude as the platform shows it to everybody; not a number when there is none
 * @param elevation metres; not a number when there is none
 * @param sensors of its components
 */
record KeptDevice(
    DeviceId id,
    UserId owner,
    UUID uuid,
    Optional<UUID> ownerUuid,
    String name,
    Optional<String> description,
    double latitude,
    double longitude,
    double elevation,
    boolean isPrivate,
    List<SensorId> sensors) {

  static KeptDevice of(Device device, Optional<UUID> ownerUuid, List<SensorId> sensors) {
    Location place = device.location();
    return new KeptDevice(
        device.id(),
        device.owner(),
        device.uuid(),
        ownerUuid,
        device.name(),
        device.description(),
        place.latitude().orElse(Double.NaN),
        place.longitude().orElse(Double.NaN),
        place.elevation().isPresent() ? place.elevation().getAsInt() : Double.NaN,
        device.policy().isPrivate(),
        sensors);
  }
}
