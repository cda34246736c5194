package io.mestral.verticles.auth;

import io.mestral.model.access.AuthenticationExchange;
import io.mestral.model.access.Authenticator;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Asks the token auth verticle; a client that shows nothing is answered without asking. Log-ins
 * that take several steps are led here.
 */
public final class TokenAuthClient implements Authenticator {
  private final LocalBus bus;
  private final ScramLogins scram;

  /** Speaks over this node's bus. */
  public TokenAuthClient(Vertx vertx, ScramLogins scram) {
    this.bus = LocalBus.of(vertx);
    this.scram = scram;
  }

  @Override
  public Future<Login> authenticate(Credentials credentials) {
    if (credentials.isEmpty()) return Future.succeededFuture(Login.ANONYMOUS);
    return bus.ask(Addresses.AUTHENTICATE, credentials, Login.class);
  }

  @Override
  public Optional<AuthenticationExchange> exchange(String method, Credentials credentials) {
    return method.equals(ScramLogins.METHOD)
        ? Optional.of(scram.exchange(credentials))
        : Optional.empty();
  }
}
