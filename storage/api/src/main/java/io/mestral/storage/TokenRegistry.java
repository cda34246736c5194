package io.mestral.storage;

import io.mestral.model.platform.UserId;
import io.vertx.core.Future;
import java.util.Optional;

/** The users' API tokens, found by their keyed hash. */
public interface TokenRegistry {
  /** Keeps a token; a {@code PRIVATE} one replaces the user's former one. */
  Future<Void> add(ApiToken token);

  /** Empty when no such token exists; expired ones are returned, the caller judges. */
  Future<Optional<ApiToken>> find(String hash);

  /** The user's private token. */
  Future<Optional<ApiToken>> privateTokenOf(UserId user);

  /** Forgets a token; succeeds when there was none, too. */
  Future<Void> remove(String hash);
}
