package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The tokens of devices that end at a time. */
public interface DeviceTokenEnds {
  /** From now on this is when it ends. */
  Future<Void> set(DeviceTokenEnd end);

  /** Empty when the token doesn't end by itself, or nobody has it. */
  Future<Optional<DeviceTokenEnd>> find(String hash);

  /** Those of a device. */
  Future<List<DeviceTokenEnd>> ofDevice(DeviceId device);

  /** Those of all these devices, in no particular order. */
  Future<List<DeviceTokenEnd>> ofDevices(Collection<DeviceId> devices);

  /** Forgets all of a device. */
  Future<Void> forget(DeviceId device);

  /** Forgets former tokens that ended before this time; those that devices have still stay. */
  Future<Void> sweep(Instant before);
}
