package io.mestral.verticles.auth;

import io.mestral.model.access.Authenticator;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Principal;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Asks the token auth verticle; a client that shows nothing is answered without asking. */
public final class TokenAuthClient implements Authenticator {
  private final LocalBus bus;

  /** Speaks over this node's bus. */
  public TokenAuthClient(Vertx vertx) {
    this.bus = LocalBus.of(vertx);
  }

  @Override
  public Future<Principal> authenticate(Credentials credentials) {
    if (credentials.equals(Credentials.NONE)) return Future.succeededFuture(Principal.ANONYMOUS);
    return bus.ask(Addresses.AUTHENTICATE, credentials, Principal.class);
  }
}
