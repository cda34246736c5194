package io.mestral.model.platform;

import io.mestral.model.SensorId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A sensor of the catalogue.
 *
 * @param parent the board it sits on, if that is in the catalogue too
 * @param defaultKey its short name, such as {@code t}; not unique over the catalogue
 * @param unit as shown, such as {@code ºC}
 * @param equation from the stored value to the shown one
 * @param reverseEquation from the published value to the stored one
 */
public record Sensor(
    SensorId id,
    UUID uuid,
    OptionalInt parent,
    String name,
    String description,
    String defaultKey,
    Optional<String> unit,
    OptionalInt measurement,
    Calibration equation,
    Calibration reverseEquation,
    Optional<String> datasheet,
    Optional<String> unitDefinition,
    Instant createdAt,
    Instant updatedAt) {}
