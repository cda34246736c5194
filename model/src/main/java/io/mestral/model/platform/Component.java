package io.mestral.model.platform;

import io.mestral.model.ComponentId;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import java.time.Instant;
import java.util.UUID;

/**
 * One sensor on one device; comes into being by publishing.
 *
 * @param key the sensor's key, made unique on its device; what {@code sensor_key} names
 */
public record Component(
    ComponentId id,
    UUID uuid,
    DeviceId device,
    SensorId sensor,
    String key,
    Instant createdAt,
    Instant updatedAt) {}
