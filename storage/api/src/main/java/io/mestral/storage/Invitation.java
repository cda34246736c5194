package io.mestral.storage;

import io.mestral.model.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Leave to make one account.
 *
 * @param hash the keyed hash of the code that was given away
 * @param madeBy the administrator
 * @param usedBy whose account came of it; empty while it waits
 */
public record Invitation(
    long id,
    String hash,
    UserId madeBy,
    Instant createdAt,
    Instant expiresAt,
    Optional<UserId> usedBy) {}
