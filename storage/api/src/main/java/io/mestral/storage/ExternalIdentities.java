package io.mestral.storage;

import io.mestral.model.UserId;
import io.vertx.core.Future;
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

  /** From now on this is that user; whoever it was before. */
  Future<Void> link(Identity identity, UserId user);
}
