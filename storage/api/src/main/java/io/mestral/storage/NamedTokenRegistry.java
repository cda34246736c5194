package io.mestral.storage;

import io.mestral.model.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** The tokens that users made for one purpose each. Those of archived users are invisible. */
public interface NamedTokenRegistry {
  /** How many a user has at most. */
  int PER_USER = 50;

  /**
   * Adds one; the id of {@code draft} is ignored and a new one given. Fails with {@code
   * QUOTA_EXCEEDED} when the user has as many as may be.
   */
  Future<NamedToken> add(NamedToken draft);

  /** By its keyed hash; expired ones are returned, the caller judges. */
  Future<Optional<NamedToken>> find(String hash);

  /** A user's, by id ascending. */
  Future<List<NamedToken>> ofUser(UserId user);

  /** Forgets one of a user's; succeeds with it, or empty when there was none. */
  Future<Optional<NamedToken>> remove(UserId user, long id);
}
