package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Which accounts the users of other OpenID providers have here. */
public interface ExternalIdentities {
  /**
   * Somebody as an OpenID provider knows them.
   *
   * @param issuer the provider
   * @param subject who it is there, for ever
   */
  record Identity(String issuer, String subject) {}

  /** Empty when nobody is known so; archived users are nobody. */
  Future<Optional<UserId>> find(Identity identity);

  /** Those that are this user, by issuer and subject. */
  Future<List<Identity>> of(UserId user);

  /** From now on this is that user; whoever it was before. */
  Future<Void> link(Identity identity, UserId user);

  /**
   * An account for somebody who has none, and the link to it, both or none. Fails with {@link
   * Conflict} as {@link UserRegistry#add} does.
   */
  Future<User> add(Identity identity, User draft, String passwordHash);

  /** From now on this is nobody, if it was that user; succeeds with whether it was. */
  Future<Boolean> unlink(Identity identity, UserId user);
}
