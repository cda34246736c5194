package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A token that a user made for one purpose. It is shown once: only its hash is kept.
 *
 * @param hash its keyed hash
 * @param name what the user calls it
 * @param scopes which of the user's rights it carries
 * @param expiresAt empty: lives until it is removed
 */
public record NamedToken(
    long id,
    String hash,
    UserId user,
    String name,
    Set<Scope> scopes,
    Instant createdAt,
    Optional<Instant> expiresAt) {
  /** Keeps the set as it is. */
  public NamedToken {
    scopes = Set.copyOf(scopes);
  }
}
