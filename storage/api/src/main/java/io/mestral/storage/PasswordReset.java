package io.mestral.storage;

import io.mestral.model.UserId;
import java.time.Instant;

/**
 * Leave to set another password once.
 *
 * @param hash the keyed hash of the code that was mailed
 */
public record PasswordReset(String hash, UserId user, Instant expiresAt) {}
