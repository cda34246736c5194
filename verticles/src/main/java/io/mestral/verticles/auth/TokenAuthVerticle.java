package io.mestral.verticles.auth;

import io.mestral.model.access.Authenticator;
import io.mestral.model.access.Credentials;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Answers at {@link Addresses#AUTHENTICATE}. */
public final class TokenAuthVerticle extends VerticleBase {
  private final Authenticator verifier;

  /** Hands every question to the verifier. */
  public TokenAuthVerticle(Authenticator verifier) {
    this.verifier = verifier;
  }

  @Override
  public Future<?> start() {
    return LocalBus.of(vertx)
        .answer(Addresses.AUTHENTICATE, question -> verifier.authenticate((Credentials) question));
  }
}
