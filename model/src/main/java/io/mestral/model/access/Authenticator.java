package io.mestral.model.access;

import io.vertx.core.Future;
import java.util.Optional;

/** Finds out who shows these credentials. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Succeeds with whose they are; no credentials give {@link Login#ANONYMOUS}. Fails with {@code
   * BAD_CREDENTIALS} when they don't hold, in the same words whatever was wrong, and with {@code
   * UNAVAILABLE} when that can't be found out now.
   */
  Future<Login> authenticate(Credentials credentials);

  /**
   * Begins an enhanced authentication.
   *
   * @param method such as {@code SCRAM-SHA-256}
   * @param credentials what else the client showed
   * @return empty when the method is not offered
   */
  default Optional<AuthenticationExchange> exchange(String method, Credentials credentials) {
    return Optional.empty();
  }
}
