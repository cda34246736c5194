package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The accounts. Archived users are invisible. */
public interface UserRegistry {
  /**
   * Adds a user; the id of {@code draft} is ignored and a new one given. Fails with {@link
   * Conflict} ({@code username} and {@code email} are unique, letters' case aside).
   *
   * @param passwordHash encoded Argon2id
   */
  Future<User> add(User draft, String passwordHash);

  /** Empty when there is no such user. */
  Future<Optional<User>> find(UserId id);

  /** Those that are asked for, in that order and then by id ascending. */
  Future<Page<User>> list(Selection selection, Paging paging);

  /** Those that exist, in no particular order. */
  Future<List<User>> findAll(Collection<UserId> ids);

  /** How many there are. */
  Future<Long> count();

  /** The first administrator there is; empty when there is none. */
  Future<Optional<User>> administrator();

  /** By user name or e-mail address, letters' case aside. */
  Future<Optional<User>> findByNameOrEmail(String text);

  /**
   * Applies {@code change} to the user as they are and keeps what comes of it, in one unit: changes
   * made at the same time follow one another and none is lost. Id and password stay as they are.
   * Another e-mail address ends the code that was mailed to the former one. Fails with {@link
   * Conflict} like {@link #add}.
   *
   * @param change without side effects, as it may be called more than once and on any thread; an
   *     exception it throws fails the future, and nothing is changed
   */
  Future<User> update(UserId id, UnaryOperator<User> change);

  /** The encoded hash; empty when there is no such user. */
  Future<Optional<String>> passwordHash(UserId id);

  /**
   * Replaces the encoded hash and ends the user's sessions and the code to set another, in one
   * unit.
   *
   * @param stays the hash of the session's token that asks for it and goes on
   */
  Future<Void> changePassword(UserId id, String passwordHash, Optional<String> stays);
}
