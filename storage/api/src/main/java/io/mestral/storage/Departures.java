package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/**
 * People and devices on their way out (spec 3.2). Archived, they are invisible at once; destroyed
 * some time later, they leave nothing that tells of a person.
 */
public interface Departures {
  /**
   * Archives a user with all devices, and ends the tokens, sessions and codes that spoke for them,
   * in one unit. Succeeds with the devices as they were.
   *
   * @param withReadings whether what the devices measured is to be destroyed with them; also those
   *     that the user had archived before, and that aren't destroyed yet
   */
  Future<List<Device>> archive(UserId user, boolean withReadings, Instant when);

  /** An archived device. */
  record Leaving(DeviceId device, boolean withReadings) {}

  /** Devices that were archived before a time, the first of them first. */
  Future<List<Leaving>> devicesDue(Instant archivedBefore, int limit);

  /** The sensors of a device's components, archived or not, by id. */
  Future<List<SensorId>> sensors(DeviceId device);

  /** Removes an archived device and everything about it but readings; one that isn't, stays. */
  Future<Void> destroy(DeviceId device);

  /** Users that were archived before a time and have no device any more, in the same order. */
  Future<List<UserId>> usersDue(Instant archivedBefore, int limit);

  /**
   * Removes an archived user and everything about them. What they did stays in the {@link AuditLog}
   * as done by a number, without addresses.
   */
  Future<Void> destroy(UserId user);
}
