package io.mestral.storage;

import io.mestral.model.UserId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The users' API tokens, found by their keyed hash. */
public interface TokenRegistry {
  /** How many {@code SESSION} tokens a user has at most. */
  int SESSIONS_PER_USER = 200;

  /** How many {@code NAMED} tokens a user has at most. */
  int NAMED_PER_USER = 50;

  /**
   * Keeps a token. A {@code PRIVATE} one replaces the user's former one; a {@code SESSION} one
   * pushes out the user's oldest when there are more than {@link #SESSIONS_PER_USER}. Fails with
   * {@link Conflict} ({@code access_token}) when it is another user's, and with {@code
   * QUOTA_EXCEEDED} when it is one named token more than {@link #NAMED_PER_USER}.
   */
  Future<Void> add(ApiToken token);

  /** Empty when no such token exists; expired ones are returned, the caller judges. */
  Future<Optional<ApiToken>> find(String hash);

  /** The user's private token. */
  Future<Optional<ApiToken>> privateTokenOf(UserId user);

  /** The user's tokens of a kind, the oldest first. */
  Future<List<ApiToken>> ofUser(UserId user, ApiToken.Kind kind);

  /** Notes when a token was used; earlier than what is noted, or of no token, it does nothing. */
  Future<Void> used(String hash, Instant at);

  /** Forgets a token; succeeds when there was none, too. */
  Future<Void> remove(String hash);
}
