package io.mestral.broker.connection;

import io.mestral.broker.wire.Packet;
import io.mestral.broker.wire.Packet.Broken;
import io.mestral.broker.wire.Packet.Connect;
import io.mestral.broker.wire.Packet.Disconnect;
import io.mestral.model.access.AuthenticationExchange.Done;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection until its client is let in: CONNECT, CONNACK, and a limit on how long that takes.
 */
final class Greeting implements MqttSocket.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

  private final MqttSocket socket;
  private final Disconnector disconnector;
  private final Services services;
  private final Loop loop;
  private final ScheduledFuture<?> patience;
  private Optional<Proving> proving = Optional.empty();
  private boolean deciding;
  private boolean counted; // as one of the clients there is room for
  private long asked; // when its credentials were about to be looked at
  private boolean lost;

  Greeting(MqttSocket socket, Disconnector disconnector, Services services, Loop loop) {
    this.socket = socket;
    this.disconnector = disconnector;
    this.services = services;
    this.loop = loop;
    this.patience =
        socket.later(
            services.options().limits().connectTimeout(),
            () -> disconnector.end(new Ending("no connect", 0, "", false)));
    disconnector.inCharge(this::onEnded);
  }

  private void onEnded(Ending ending) {
    patience.cancel(false);
    if (counted) services.room().clientLeft();
    services.turnstile().cameToNothing(Turnstile.network(socket.address()));
  }

  @Override
  public void onPacket(Packet packet) {
    if (packet instanceof Connect connect) onConnect(connect);
    else if (packet instanceof Broken broken) onBroken(broken);
    else if (packet instanceof Disconnect) disconnector.end(Ending.CLIENT_LEFT);
    else proving.ifPresent(exchange -> exchange.onPacket(packet));
  }

  @Override
  public void onLatePacket(Packet packet) {
    // from a client that was never let in: MQTT-3.1.4-6
  }

  @Override
  public void onWritable() {
    // nothing was written that could have been too much
  }

  @Override
  public void onClosed() {
    lost = true; // what it sent behind CONNECT counts if it is let in: 3.1.4
    if (!deciding) disconnector.end(Ending.CONNECTION_LOST);
  }

  @Override
  public void onFailure(RuntimeException unforeseen) {
    disconnector.fail(unforeseen);
  }

  /** Before CONNECT named its version there is nothing that one could say. */
  private void onBroken(Broken packet) {
    packet
        .dialect()
        .ifPresentOrElse(
            version -> {
              services.clients().turnedAway("", packet.reason(), packet.explanation());
              disconnector.refuse(version, Long.MAX_VALUE, TurnedAway.because(packet));
            },
            () -> disconnector.end(Ending.violation(packet)));
  }

  private void onConnect(Connect connect) {
    socket.pause(MqttSocket.Pause.HANDSHAKE); // what comes behind CONNECT waits for its answer
    asked = services.sessions().moment();
    Handshake handshake = new Handshake(services, connect, socket);
    handshake
        .objection()
        .ifPresentOrElse(objection -> refuse(connect, objection), () -> admit(handshake, connect));
  }

  private void admit(Handshake handshake, Connect connect) {
    if (!services.room().takesClient()) {
      refuse(connect, TurnedAway.because(Refusal.QUOTA_EXCEEDED, "no room for more clients"));
      return;
    }
    counted = true;
    Future.succeededFuture(connect)
        .compose(known -> admission(handshake, known)) // whatever it throws, CONNACK says so
        .onComplete(done -> loop.courier().run(() -> onDecision(handshake, connect, done)));
  }

  private Future<Done> admission(Handshake handshake, Connect connect) {
    if (handshake.isEnhanced()) return prove(handshake, connect);
    patience.cancel(false);
    deciding = true;
    return handshake.admit();
  }

  /** The client has to be there, and its time includes that of all its answers. */
  private Future<Done> prove(Handshake handshake, Connect connect) {
    Optional<Inquiry> inquiry = handshake.inquiry();
    if (inquiry.isEmpty()) // MQTT-4.12.0-1
    return Future.failedFuture(new RefusedException(Refusal.BAD_AUTHENTICATION_METHOD, ""));
    Proving exchange = new Proving(socket, loop, inquiry.get(), connect.wish());
    proving = Optional.of(exchange);
    return exchange.begin().compose(handshake::withItsWill);
  }

  private void onDecision(Handshake handshake, Connect connect, AsyncResult<Done> decision) {
    if (disconnector.hasEnded()) return;
    patience.cancel(false);
    if (decision.succeeded()) {
      letIn(handshake, connect, decision.result());
      return;
    }
    if (Refusal.of(decision.cause()) == Refusal.INTERNAL)
      LOG.warn("a client could not be checked", decision.cause());
    refuse(connect, TurnedAway.because(decision.cause()));
  }

  private void refuse(Connect connect, TurnedAway refusal) {
    services.clients().turnedAway(connect.clientId(), refusal.code(), refusal.words());
    disconnector.refuse(connect.version(), connect.wish().maximumPacketSize(), refusal);
  }

  private void letIn(Handshake handshake, Connect connect, Done admitted) {
    Admission.Door door = new Admission.Door(socket, disconnector, services, loop);
    new Admission(door, handshake, connect, admitted).begin(asked, lost);
  }
}
