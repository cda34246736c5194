package io.mestral.storage.replica;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.User;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a record says. Numbers of users, sensors and measurements mean nothing but a wish. */
public sealed interface ReplicaContent {
  /**
   * A measurement.
   *
   * @param measurement what it is; it keeps its number where that is free
   */
  record OfMeasurement(Measurement measurement) implements ReplicaContent {}

  /**
   * A sensor.
   *
   * @param sensor without parent and measurement; it keeps its number where that is free
   * @param parent the UUID of the sensor that it is part of
   * @param measurement the UUID of what it measures
   */
  record OfSensor(Sensor sensor, Optional<UUID> parent, Optional<UUID> measurement)
      implements ReplicaContent {}

  /**
   * A user.
   *
   * @param user whose number isn't looked at, and neither are picture and mails
   * @param passwordHash Argon2id
   * @param token the shared hash of the private token; empty without one
   * @param tokenEndsAt when that token ends by itself
   */
  record OfUser(
      User user, String passwordHash, Optional<String> token, Optional<Instant> tokenEndsAt)
      implements ReplicaContent {}

  /**
   * A device.
   *
   * @param device with its number, which it keeps where that is free; owner and token aren't looked
   *     at
   * @param owner the UUID of its owner, who is told, too
   * @param token the shared hash of its token; empty when it has none above
   * @param tokenEndsAt when that token ends by itself
   */
  record OfDevice(Device device, UUID owner, Optional<String> token, Optional<Instant> tokenEndsAt)
      implements ReplicaContent {}

  /** Numbers for devices that are made here. */
  record OfNumbers(NumberRange range) implements ReplicaContent {}
}
