package io.mestral.verticles.uplink.batch;

import io.mestral.model.platform.Device;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * A device as the node above has to know it, should it be new there.
 *
 * @param uuid what it is called at every node
 * @param id its number at the edge; 0 when nobody said
 * @param latitude degrees north, where it was said; likewise {@code longitude} east
 * @param exposure {@code indoor} or {@code outdoor}
 * @param isPrivate visible to its owner alone
 */
public record DeviceNote(
    UUID uuid,
    long id,
    String name,
    OptionalDouble latitude,
    OptionalDouble longitude,
    Optional<String> exposure,
    boolean isPrivate) {
  /** What is told of this one. */
  public static DeviceNote of(Device device) {
    return new DeviceNote(
        device.uuid(),
        device.id().value(),
        device.name(),
        device.location().latitude(),
        device.location().longitude(),
        device.location().exposure(),
        device.policy().isPrivate());
  }
}
