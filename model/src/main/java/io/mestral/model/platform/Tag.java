package io.mestral.model.platform;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A word that administrators made for devices, or for sensors, to be marked with. */
public record Tag(
    long id,
    UUID uuid,
    String name,
    Optional<String> description,
    Instant createdAt,
    Instant updatedAt) {}
