package io.mestral.storage;

import io.mestral.model.UserId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The applications that users gave rights to, or may. Those of archived users are invisible. */
public interface ApplicationRegistry {
  /** How many a user has at most. */
  int PER_OWNER = 100;

  /** How many there are at most that strangers registered. */
  int OF_STRANGERS = 1_000;

  /**
   * Adds one; the id of {@code draft} is ignored and a new one given. Fails with {@link Conflict}
   * ({@code uid}), and with {@code QUOTA_EXCEEDED} when its owner, or all strangers, have as many
   * as may be.
   */
  Future<OAuthApplication> add(OAuthApplication draft);

  /** Empty when there is no such application. */
  Future<Optional<OAuthApplication>> find(long id);

  /** By {@code client_id}. */
  Future<Optional<OAuthApplication>> findByUid(String uid);

  /** Those that this user registered, by id ascending. */
  Future<List<OAuthApplication>> ownedBy(UserId owner);

  /**
   * Applies {@code change} and keeps what comes of it, in one unit; id, owner, uid and time of
   * making stay as they are.
   *
   * @param change without side effects, as it may be called more than once and on any thread; an
   *     exception it throws fails the future, and nothing is changed
   */
  Future<OAuthApplication> update(long id, UnaryOperator<OAuthApplication> change);

  /** Forgets one and all that was granted to it; succeeds when there was none, too. */
  Future<Void> remove(long id);
}
