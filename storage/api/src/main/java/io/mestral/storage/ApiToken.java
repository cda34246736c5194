package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.model.platform.SealedToken;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A token that speaks for a user over HTTP.
 *
 * @param expiresAt empty: lives until it is replaced
 * @param terms what the user said about it
 * @param lastUsedAt not to the minute; empty when it was never used
 */
public record ApiToken(
    SealedToken token,
    UserId user,
    Kind kind,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Terms terms,
    Optional<Instant> lastUsedAt) {
  /** What a token is for. */
  public enum Kind {
    /** The one long-lived token every user has (spec 2.2). */
    PRIVATE,
    /** A browser session, shown as a cookie. */
    SESSION,
    /** One of several with a name, for one purpose. */
    NAMED
  }

  /**
   * What a user says about a token.
   *
   * @param name empty for the private one and sessions
   * @param scopes which of the user's rights it carries
   */
  public record Terms(String name, Set<Scope> scopes) {
    /** All of the user's rights, and no name. */
    public static final Terms WHOLE = new Terms("", Scope.ALL);

    /** Keeps the set as it is. */
    public Terms {
      scopes = Set.copyOf(scopes);
    }
  }

  /** One with all of the user's rights that wasn't used yet. */
  public ApiToken(
      SealedToken token, UserId user, Kind kind, Instant createdAt, Optional<Instant> expiresAt) {
    this(token, user, kind, createdAt, expiresAt, Terms.WHOLE, Optional.empty());
  }
}
