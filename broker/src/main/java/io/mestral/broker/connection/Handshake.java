package io.mestral.broker.connection;

import io.mestral.broker.wire.Packet.Connect;
import io.mestral.broker.wire.ProtocolVersion;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Decides whether a client that said CONNECT is let in. */
final class Handshake {
  private final Services services;
  private final Connect connect;

  Handshake(Services services, Connect connect) {
    this.services = services;
    this.connect = connect;
  }

  /** What already the packet itself rules out. */
  Optional<TurnedAway> objection() {
    if (connect.wish().authenticationMethod().isPresent())
      return Optional.of(TurnedAway.because(Refusal.BAD_AUTHENTICATION_METHOD, "")); // 4.12.0-1
    if (connect.clientId().isEmpty() && !mayBeAssigned())
      return Optional.of(TurnedAway.because(Refusal.CLIENT_ID_INVALID, ""));
    return Optional.empty();
  }

  /**
   * Succeeds with who the client is; fails when its credentials don't hold, when it may not leave
   * the will it has, or when that can't be found out in time.
   */
  Future<Principal> admit() {
    return Future.succeededFuture(connect.credentials())
        .compose(services.authenticator()::authenticate)
        .timeout(services.options().limits().connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .recover(Handshake::late)
        .map(this::withItsWill);
  }

  private static Future<Principal> late(Throwable failure) {
    return Future.failedFuture(
        failure instanceof TimeoutException
            ? new RefusedException(Refusal.UNAVAILABLE, "try again later")
            : failure);
  }

  private Principal withItsWill(Principal principal) {
    boolean may =
        connect
            .will()
            .map(will -> services.policy().mayPublish(principal, will.topic()))
            .orElse(true);
    if (may) return principal;
    throw new RefusedException(Refusal.NOT_AUTHORIZED, "not allowed to leave this will");
  }

  /** MQTT 3.1 has no empty identifiers; 3.1.1 only where nothing is to be kept (3.1.3-8). */
  private boolean mayBeAssigned() {
    return connect.version().isV5()
        || connect.version() == ProtocolVersion.V3_1_1 && connect.cleanStart();
  }
}
