package io.mestral.broker.connection;

import io.mestral.broker.session.Inflight;
import io.mestral.broker.session.Outbox;
import io.mestral.broker.session.Session;
import io.mestral.broker.telemetry.ClientWatch;
import io.mestral.broker.telemetry.ClientWatch.Connection;
import io.mestral.broker.telemetry.event.BrokerEvent.Access;
import io.mestral.broker.telemetry.event.ClientName;
import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet;
import io.mestral.broker.wire.Packet.Broken;
import io.mestral.broker.wire.Packet.Connect;
import io.mestral.broker.wire.Packet.Disconnect;
import io.mestral.config.BrokerOptions;
import io.mestral.model.access.AuthenticationExchange.Done;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
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
    disconnector.whenEnded(ending -> patience.cancel(false));
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
    Handshake handshake = new Handshake(services, connect, socket.certificateName());
    handshake
        .objection()
        .ifPresentOrElse(objection -> refuse(connect, objection), () -> admit(handshake, connect));
  }

  private void admit(Handshake handshake, Connect connect) {
    if (!services.room().takesClient()) {
      refuse(connect, TurnedAway.because(Refusal.QUOTA_EXCEEDED, "no room for more clients"));
      return;
    }
    disconnector.whenEnded(ending -> services.room().clientLeft());
    admission(handshake, connect)
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

  /**
   * From here on its packets count, though it has to wait for its answer until an older connection
   * of the same client is gone.
   */
  private void letIn(Handshake handshake, Connect connect, Done admitted) {
    Principal principal = admitted.principal();
    String id = connect.clientId().isEmpty() ? UUID.randomUUID().toString() : connect.clientId();
    Frames frames = new Frames(socket.memory(), connect.version());
    Client client = new Client(id, principal, connect.version(), connect.wish(), frames);
    Welcome welcome = new Welcome(services.options(), connect, client, admitted.data());
    ClientWatch watch = watch(client, connect.cleanStart(), welcome.keepAlive());
    Session session = session(client, watch);
    Will will = new Will(connect.will(), principal, services, watch);
    disconnector.whenEnded(
        ending -> {
          session.end();
          services.sessions().remove(session); // last: who comes next finds nothing of it left
          if (ending.willDue()) will.publish();
          services.clients().left(watch, ending.label(), ending.code());
        });
    Link link = new Link(client, socket, session, disconnector, watch, services, loop);
    watch.over(new WatchedSession(link));
    socket.listen(new ClientConnection(link, handshake.inquiries()));
    Future<Boolean> registered = services.sessions().register(session);
    if (services.sessions().wasSentAway(principal, asked)) {
      refuse(connect, TurnedAway.because(Refusal.BAD_CREDENTIALS, ""));
      return;
    }
    registered.onSuccess(tookOver -> loop.courier().run(() -> announce(welcome, link, tookOver)));
    if (lost) disconnector.end(Ending.CONNECTION_LOST);
  }

  private ClientWatch watch(Client client, boolean cleanStart, int keepAlive) {
    Access access =
        new Access(client.version().label(), socket.transport(), socket.address().hostAddress());
    return services
        .clients()
        .admit(
            ClientName.of(client.principal(), client.id()),
            new Connection(access, cleanStart, keepAlive),
            socket.meter());
  }

  private Session session(Client client, ClientWatch watch) {
    BrokerOptions options = services.options();
    int window = Math.min(client.wish().receiveMaximum(), options.limits().receiveMaximum());
    return new Session(
        client.principal(),
        client.id(),
        services.router(),
        loop.courier(),
        new ClientOutlet(client, socket, disconnector, loop.frames()),
        new Outbox(
            options.sessions().queueMaxBytes(),
            new Inflight(window),
            services.clock(),
            watch::drop));
  }

  private void announce(Welcome welcome, Link link, boolean tookOver) {
    if (tookOver) services.metrics().takenOver();
    if (disconnector.hasEnded()) return;
    Optional<ByteBuf> connack = welcome.frame();
    if (connack.isEmpty()) {
      disconnector.end(Ending.TOO_NARROW);
      return;
    }
    Runnable watch =
        KeepAlive.watch(socket, welcome.keepAlive(), () -> disconnector.end(Ending.KEEP_ALIVE));
    disconnector.whenEnded(ending -> watch.run());
    link.watch().connected(tookOver);
    socket.write(connack.get());
    disconnector.announced(link.client());
    socket.resume(MqttSocket.Pause.HANDSHAKE);
  }
}
