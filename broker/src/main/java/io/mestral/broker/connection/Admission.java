package io.mestral.broker.connection;

import io.mestral.broker.session.Inflight;
import io.mestral.broker.session.Outbox;
import io.mestral.broker.session.Seat;
import io.mestral.broker.session.Session;
import io.mestral.broker.session.SessionKey;
import io.mestral.broker.session.SessionRegistry;
import io.mestral.broker.session.SessionStore.Opened;
import io.mestral.broker.session.Terms;
import io.mestral.broker.session.Terms.LastWill;
import io.mestral.broker.session.Terms.Way;
import io.mestral.broker.session.TransientSession;
import io.mestral.broker.telemetry.ClientWatch;
import io.mestral.broker.telemetry.ClientWatch.Connection;
import io.mestral.broker.telemetry.event.BrokerEvent.Access;
import io.mestral.broker.telemetry.event.ClientName;
import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet;
import io.mestral.broker.wire.Packet.Connect;
import io.mestral.config.BrokerOptions;
import io.mestral.model.access.AuthenticationExchange.Done;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives a client that is let in its place and its session, and says so: CONNACK comes when an older
 * connection of the same client is gone and what the session promises would outlive the node.
 */
final class Admission implements MqttSocket.Listener {
  private static final Future<Optional<Opened>> NOTHING_KEPT =
      Future.succeededFuture(Optional.empty());

  private final Door door;
  private final Handshake handshake;
  private final Connect connect;
  private final Welcome welcome;
  private final ClientWatch watch;
  private final Client client;
  private final Terms terms;
  private final Stay stay;
  private final List<Packet> early = new ArrayList<>();
  private Optional<Ending> end = Optional.empty();
  private boolean settled;
  private boolean lost;

  /** What the client came through. */
  record Door(MqttSocket socket, Disconnector disconnector, Services services, Loop loop) {}

  Admission(Door door, Handshake handshake, Connect connect, Done admitted) {
    this.door = door;
    this.handshake = handshake;
    this.connect = connect;
    Principal principal = admitted.principal();
    String id = connect.clientId().isEmpty() ? UUID.randomUUID().toString() : connect.clientId();
    Frames frames = new Frames(door.socket.memory(), connect.version());
    this.client = new Client(id, principal, connect.version(), connect.wish(), frames);
    this.watch = watch();
    this.terms = terms();
    this.welcome = new Welcome(door.services.options(), connect, client, terms, admitted.data());
    this.stay = new Stay(seat(), watch, connect.will(), door.services);
    admitted.login().until().ifPresent(this::endAt);
  }

  private Seat seat() {
    return new Seat(terms.key(), client.principal(), door.loop.courier(), terms.way().outlet());
  }

  /** Who logged in with something that ends may stay no longer than that. */
  private void endAt(Instant until) {
    Duration left = Duration.between(door.services.clock().instant(), until);
    new Lease(door.socket, door.disconnector).endAfter(left.isNegative() ? Duration.ZERO : left);
  }

  private ClientWatch watch() {
    Access access =
        new Access(
            client.version().label(), door.socket.transport(), door.socket.address().hostAddress());
    return door.services
        .clients()
        .admit(
            ClientName.of(client.principal(), client.id()),
            new Connection(
                access, connect.cleanStart(), Welcome.keepAlive(door.services.options(), connect)),
            door.socket.meter());
  }

  private Terms terms() {
    BrokerOptions options = door.services.options();
    int window = Math.min(client.wish().receiveMaximum(), options.limits().receiveMaximum());
    return new Terms(
        SessionKey.of(client.principal(), client.id()),
        client.principal(),
        connect.cleanStart(),
        expiry(options),
        connect.will().map(will -> new LastWill(will, Duration.ofSeconds(connect.willDelay()))),
        new Way(
            door.loop.courier(),
            new ClientOutlet(client, door.socket, door.disconnector, door.loop.frames()),
            window,
            client.isV5(),
            watch::drop));
  }

  /** Before MQTT 5 a session either ends with its connection or doesn't end (3.1.2.4). */
  private Duration expiry(BrokerOptions options) {
    if (!mayOutlive(options)) return Duration.ZERO;
    Duration most = options.sessions().maxExpiry();
    if (!client.isV5()) return connect.cleanStart() ? Duration.ZERO : most;
    Duration asked = Duration.ofSeconds(connect.wish().sessionExpiry());
    return asked.compareTo(most) < 0 ? asked : most;
  }

  /** Anybody can take an anonymous client's name, so the platform holds nothing for it. */
  private boolean mayOutlive(BrokerOptions options) {
    return door.services.sessions().keepsSessions()
        && (options.access() == BrokerOptions.Access.OPEN
            || !client.principal().equals(Principal.ANONYMOUS));
  }

  /**
   * Takes the place.
   *
   * @param asked the {@linkplain SessionRegistry#moment moment} its credentials were looked at
   * @param alreadyLost whether the connection is gone already; what it sent behind CONNECT counts
   *     all the same (3.1.4)
   */
  void begin(long asked, boolean alreadyLost) {
    lost = alreadyLost;
    Services services = door.services;
    Future<Boolean> claimed = services.sessions().claim(stay.seat());
    door.disconnector.inCharge(this::onEnded);
    Optional<Refusal> objection = services.sessions().objection(client.principal(), asked);
    if (objection.isPresent()) {
      settled = true;
      refuse(new RefusedException(objection.get(), ""));
      return;
    }
    Future<Optional<Opened>> opening =
        mayOutlive(services.options())
            ? claimed.compose(tookOver -> services.sessions().store().open(terms))
            : NOTHING_KEPT;
    if (opening.isComplete()) {
      settle(opening, claimed);
    } else {
      door.socket.listen(this);
      opening.onComplete(done -> door.loop.courier().run(() -> settle(opening, claimed)));
    }
  }

  /** From here on its packets count, though it may still wait for its answer. */
  private void settle(Future<Optional<Opened>> opening, Future<Boolean> claimed) {
    settled = true;
    if (opening.failed()) {
      end.ifPresentOrElse(
          ending -> stay.end(ending, Optional.empty()), () -> refuse(opening.cause()));
      return;
    }
    Optional<Opened> opened = opening.result();
    Session session = opened.map(Opened::session).orElseGet(this::transientSession);
    Link link =
        new Link(client, door.socket, session, door.disconnector, watch, door.services, door.loop);
    watch.over(new WatchedSession(link));
    ClientConnection connection = new ClientConnection(link, stay, handshake);
    door.socket.listen(connection);
    early.forEach(connection::onLatePacket);
    end.ifPresentOrElse(
        ending -> stay.end(ending, Optional.of(session)),
        () -> door.disconnector.inCharge(connection::onEnded));
    boolean resumed = opened.map(Opened::resumed).orElse(false);
    claimed.onSuccess(
        tookOver -> door.loop.courier().run(() -> announce(connection, resumed, tookOver)));
    if (lost) door.disconnector.end(Ending.CONNECTION_LOST);
  }

  private void refuse(Throwable cause) {
    TurnedAway refusal = TurnedAway.because(cause);
    cameToNothing();
    door.services.clients().turnedAway(client.id(), refusal.code(), refusal.words());
    door.disconnector.refuse(client.version(), client.wish().maximumPacketSize(), refusal);
  }

  private void cameToNothing() {
    door.services.turnstile().cameToNothing(Turnstile.network(door.socket.address()));
  }

  private void announce(ClientConnection connection, boolean resumed, boolean tookOver) {
    if (tookOver) door.services.metrics().takenOver();
    if (door.disconnector.hasEnded()) return;
    Optional<ByteBuf> connack = welcome.frame(resumed);
    if (connack.isEmpty()) {
      cameToNothing();
      door.disconnector.end(Ending.TOO_NARROW);
      return;
    }
    watch.connected(tookOver);
    door.socket.write(connack.get());
    door.disconnector.announced(client);
    connection.begin(welcome.keepAlive());
    door.socket.resume(MqttSocket.Pause.HANDSHAKE);
  }

  private Session transientSession() {
    Services services = door.services;
    return new TransientSession(
        terms.key(),
        services.router(),
        terms.way().courier(),
        terms.way().outlet(),
        new Outbox(
            services.options().sessions().queueMaxBytes(),
            new Inflight(terms.way().window()),
            services.clock(),
            watch::drop));
  }

  private void onEnded(Ending ending) {
    door.services.room().clientLeft();
    end = Optional.of(ending);
    if (settled) stay.end(ending, Optional.empty()); // it was refused, or it would be in charge
  }

  /** Comes only when the connection ends while its session is being opened. */
  @Override
  public void onPacket(Packet packet) {
    early.add(packet);
  }

  @Override
  public void onLatePacket(Packet packet) {
    early.add(packet); // the socket bounds how much comes late
  }

  @Override
  public void onWritable() {
    // nothing was written that could have been too much
  }

  @Override
  public void onClosed() {
    lost = true; // what it sent behind CONNECT counts once it is let in: 3.1.4
  }

  @Override
  public void onFailure(RuntimeException unforeseen) {
    door.disconnector.fail(unforeseen);
  }
}
