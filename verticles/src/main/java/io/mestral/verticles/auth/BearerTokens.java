package io.mestral.verticles.auth;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Tokens that say themselves whom they speak for, by whoever issued them. */
public interface BearerTokens {
  /** Nobody issues any. */
  BearerTokens NONE = token -> Future.succeededFuture(Optional.empty());

  /**
   * Whom a token speaks for.
   *
   * @param until when it ends by itself; empty if it doesn't
   */
  record Bearer(Principal.User user, Optional<Instant> until) {}

  /** Empty when the token is no good, or none of these. */
  Future<Optional<Bearer>> find(Secret token);

  /** These, and those of another issuer. */
  default BearerTokens or(BearerTokens others) {
    return token ->
        find(token)
            .compose(
                found -> found.isPresent() ? Future.succeededFuture(found) : others.find(token));
  }
}
