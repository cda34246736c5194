package io.mestral.verticles.auth;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.storage.ExternalIdentities.Identity;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

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

  /**
   * Whom another provider knows by a token, whoever that is here; empty when the token is no good,
   * or was issued here.
   */
  default Future<Optional<Identity>> identity(Secret token) {
    return Future.succeededFuture(Optional.empty());
  }

  /** These, and those of another issuer. */
  default BearerTokens or(BearerTokens others) {
    BearerTokens these = this;
    return new BearerTokens() {
      @Override
      public Future<Optional<Bearer>> find(Secret token) {
        return either(these.find(token), () -> others.find(token));
      }

      @Override
      public Future<Optional<Identity>> identity(Secret token) {
        return either(these.identity(token), () -> others.identity(token));
      }
    };
  }

  private static <T> Future<Optional<T>> either(
      Future<Optional<T>> first, Supplier<Future<Optional<T>>> second) {
    return first.compose(found -> found.isPresent() ? Future.succeededFuture(found) : second.get());
  }
}
