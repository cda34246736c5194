package io.mestral.storage;

import io.mestral.model.UserId;
import io.vertx.core.Future;
import java.util.Optional;

/** The users' API tokens, found by their keyed hash. */
public interface TokenRegistry {
  /** How many {@code SESSION} tokens a user has at most. */
  int SESSIONS_PER_USER = 200;

  /**
   * Keeps a token. A {@code PRIVATE} one replaces the user's former one; a {@code SESSION} one
   * pushes out the user's oldest when there are more than {@link #SESSIONS_PER_USER}. Fails with
   * {@link Conflict} ({@code access_token}) when it is another user's.
   */
  Future<Void> add(ApiToken token);

  /** Empty when no such token exists; expired ones are returned, the caller judges. */
  Future<Optional<ApiToken>> find(String hash);

  /** The user's private token. */
  Future<Optional<ApiToken>> privateTokenOf(UserId user);

  /** Forgets a token; succeeds when there was none, too. */
  Future<Void> remove(String hash);
}
