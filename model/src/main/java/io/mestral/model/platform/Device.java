package io.mestral.model.platform;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A device that belongs to somebody. What it measured is not part of it: the reading store knows.
 *
 * @param token sealed; empty for a device that can't publish
 * @param macAddress lower-case hexadecimal pairs with colons
 * @param meta the owner's free JSON object as text
 */
public record Device(
    DeviceId id,
    UUID uuid,
    UserId owner,
    String name,
    Optional<String> description,
    Optional<SealedToken> token,
    Optional<String> macAddress,
    Location location,
    Hardware hardware,
    DevicePolicy policy,
    Optional<String> meta,
    Instant createdAt,
    Instant updatedAt) {
  /** The same device with another token, since now. */
  public Device withToken(SealedToken other, Instant now) {
    return new Device(
        id,
        uuid,
        owner,
        name,
        description,
        Optional.of(other),
        macAddress,
        location,
        hardware,
        policy,
        meta,
        createdAt,
        now);
  }
}
