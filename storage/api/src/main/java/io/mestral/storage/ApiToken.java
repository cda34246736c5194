package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.platform.SealedToken;
import java.time.Instant;
import java.util.Optional;

/**
 * A token that speaks for a user over HTTP.
 *
 * @param expiresAt empty: lives until it is replaced
 */
public record ApiToken(
    SealedToken token, UserId user, Kind kind, Instant createdAt, Optional<Instant> expiresAt) {
  /** What a token is for. */
  public enum Kind {
    /** The one long-lived token every user has (spec 2.2). */
    PRIVATE,
    /** A browser session, shown as a cookie. */
    SESSION
  }
}
