package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * What a user granted to an application. All tokens that came of it stand on it.
 *
 * @param application its number
 * @param signedInAt when the user had last proved who they are
 * @param expiresAt the end of the last token that came of it
 */
public record OAuthGrant(
    UUID id,
    long application,
    UserId user,
    Set<Scope> scopes,
    Instant signedInAt,
    Instant createdAt,
    Instant expiresAt) {
  /** Keeps the set as it is. */
  public OAuthGrant {
    scopes = Set.copyOf(scopes);
  }
}
