package io.mestral.model.platform;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a sensor measures, such as air temperature. */
public record Measurement(
    int id,
    UUID uuid,
    String name,
    String description,
    Optional<String> unit,
    Optional<String> definition,
    Instant createdAt,
    Instant updatedAt) {}
