package io.mestral.broker.connection;

import io.mestral.broker.wire.Packet.Connect;
import io.mestral.broker.wire.ProtocolVersion;
import io.mestral.model.access.AuthenticationExchange.Done;
import io.mestral.model.access.Credentials;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Decides whether a client that said CONNECT is let in. */
final class Handshake {
  /** What history and sessions hold of strangers is bounded by it, among others. */
  private static final int LONGEST_CLIENT_ID = 256;

  private static final Buffer NOTHING = Buffer.buffer();

  private final Services services;
  private final Connect connect;
  private final MqttSocket socket;

  /** Of a client that said this on that socket. */
  Handshake(Services services, Connect connect, MqttSocket socket) {
    this.services = services;
    this.connect = connect;
    this.socket = socket;
  }

  /** What already the packet itself rules out. */
  Optional<TurnedAway> objection() {
    if (connect.clientId().isEmpty() && !mayBeAssigned())
      return Optional.of(TurnedAway.because(Refusal.CLIENT_ID_INVALID, ""));
    if (connect.clientId().length() > LONGEST_CLIENT_ID)
      return Optional.of(
          TurnedAway.because(
              Refusal.CLIENT_ID_INVALID,
              "a client identifier has at most " + LONGEST_CLIENT_ID + " characters"));
    return Optional.empty();
  }

  /** Whether the client named a method to prove who it is in several steps. */
  boolean isEnhanced() {
    return connect.wish().authenticationMethod().isPresent();
  }

  /** A new inquiry by the client's method; empty when that isn't offered. */
  Optional<Inquiry> inquiry() {
    return connect
        .wish()
        .authenticationMethod()
        .flatMap(
            method ->
                services
                    .authenticator()
                    .exchange(method, credentials())
                    .map(exchange -> new Inquiry(method, exchange)));
  }

  /**
   * Succeeds with who the client is; fails when its credentials don't hold, when it may not leave
   * the will it has, or when that can't be found out in time.
   */
  Future<Done> admit() {
    return services
        .authenticator()
        .authenticate(credentials())
        .map(login -> new Done(login, NOTHING))
        .compose(this::withItsWill)
        .timeout(services.options().limits().connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .recover(Handshake::late);
  }

  private Credentials credentials() {
    Credentials shown = connect.credentials().withCertificate(socket.certificateName());
    boolean nothing = shown.isEmpty() && !isEnhanced();
    return nothing ? shown : shown.from(socket.address().hostAddress());
  }

  static <T> Future<T> late(Throwable failure) {
    return Future.failedFuture(
        failure instanceof TimeoutException
            ? new RefusedException(Refusal.UNAVAILABLE, "try again later")
            : failure);
  }

  /** The same; fails when it may not leave the will it has. */
  Future<Done> withItsWill(Done admitted) {
    if (connect.will().isEmpty()) return Future.succeededFuture(admitted);
    return services
        .policy()
        .rightsOf(admitted.principal())
        .mayPublish(connect.will().get().topic())
        .map(
            may -> {
              if (may) return admitted;
              throw new RefusedException(Refusal.NOT_AUTHORIZED, "not allowed to leave this will");
            });
  }

  /** MQTT 3.1 has no empty identifiers; 3.1.1 only where nothing is to be kept (3.1.3-8). */
  private boolean mayBeAssigned() {
    return connect.version().isV5()
        || connect.version() == ProtocolVersion.V3_1_1 && connect.cleanStart();
  }
}
