package io.mestral.broker.connection;

import io.mestral.broker.session.Session;
import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet;
import io.mestral.broker.wire.Packet.Ack;
import io.mestral.broker.wire.Packet.Auth;
import io.mestral.broker.wire.Packet.Broken;
import io.mestral.broker.wire.Packet.Disconnect;
import io.mestral.broker.wire.Packet.Publication;
import io.mestral.broker.wire.Packet.Subscribe;
import io.mestral.broker.wire.Packet.Unsubscribe;
import io.mestral.broker.wire.ReasonCode;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.outcome.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** A client that was let in: says which part of the connection each packet is for. */
final class ClientConnection implements MqttSocket.Listener {
  private final Link link;
  private final Session session;
  private final Publishing publishing;
  private final Subscribing subscribing;
  private final Optional<Reauthentication> reauthentication;
  private final Stay stay;
  private Optional<KeepAlive> keepAlive = Optional.empty();

  ClientConnection(Link link, Stay stay, Handshake handshake) {
    this.link = link;
    this.stay = stay;
    this.session = link.session();
    this.publishing = new Publishing(link);
    this.subscribing = new Subscribing(link);
    this.reauthentication =
        handshake.isEnhanced()
            ? Optional.of(new Reauthentication(link, handshake::inquiry))
            : Optional.empty();
  }

  /** The client had its CONNACK, and the keep-alive in it: seconds, 0 for none (3.1.2.10). */
  void begin(int keepAliveSeconds) {
    if (keepAliveSeconds > 0)
      keepAlive =
          Optional.of(
              KeepAlive.watch(
                  link.socket(),
                  keepAliveSeconds,
                  () -> link.disconnector().end(Ending.KEEP_ALIVE)));
    session.start();
  }

  void onEnded(Ending ending) {
    link.services().room().clientLeft();
    keepAlive.ifPresent(KeepAlive::stop);
    reauthentication.ifPresent(Reauthentication::stop);
    stay.end(ending, Optional.of(session));
  }

  @Override
  public void onPacket(Packet packet) {
    switch (packet.type()) {
      case PUBLISH -> publishing.onPublish((Publication) packet);
      case PUBACK -> onAcknowledged((Ack) packet);
      case PUBREC -> onReceived((Ack) packet);
      case PUBREL -> publishing.onRelease(((Ack) packet).packetId());
      case PUBCOMP -> session.completed(((Ack) packet).packetId());
      case SUBSCRIBE -> onSubscribe((Subscribe) packet);
      case UNSUBSCRIBE -> onUnsubscribe((Unsubscribe) packet);
      case PINGREQ -> link.socket().write(frames().pingresp());
      case DISCONNECT -> onDisconnect((Disconnect) packet);
      case AUTH -> onAuth((Auth) packet);
      case BROKEN -> link.disconnector().end(Ending.violation((Broken) packet));
      default -> protocolError("a client sends no " + packet.type());
    }
  }

  /**
   * A kit that comes again right after a burst has its old connection closed with half of the burst
   * unread, and it will never send it again; what is acknowledged will be.
   */
  @Override
  public void onLatePacket(Packet packet) {
    if (packet instanceof Publication late && late.message().qos() == QoS.AT_MOST_ONCE)
      publishing.onPublish(late);
  }

  @Override
  public void onWritable() {
    link.watch().unblocked();
    session.writable();
  }

  @Override
  public void onClosed() {
    link.disconnector().end(Ending.CONNECTION_LOST);
  }

  @Override
  public void onFailure(RuntimeException unforeseen) {
    link.disconnector().fail(unforeseen);
  }

  /** 3.1.1 has no way to say that the identifier is in use (MQTT 5, 3.9.3). */
  private void onSubscribe(Subscribe packet) {
    if (link.client().isV5() && publishing.isOpen(packet.packetId()))
      link.answer(frames().suback(packet.packetId(), inUse(packet.requests().size())));
    else subscribing.onSubscribe(packet);
  }

  private void onUnsubscribe(Unsubscribe packet) {
    if (link.client().isV5() && publishing.isOpen(packet.packetId()))
      link.answer(frames().unsuback(packet.packetId(), inUse(packet.filters().size())));
    else subscribing.onUnsubscribe(packet);
  }

  private static byte[] inUse(int filters) {
    byte[] codes = new byte[filters];
    Arrays.fill(codes, (byte) ReasonCode.PACKET_IDENTIFIER_IN_USE);
    return codes;
  }

  private Frames frames() {
    return link.client().frames();
  }

  private void onAcknowledged(Ack packet) {
    if (ReasonCode.isError(packet.reason())) session.rejected(QoS.AT_LEAST_ONCE, packet.packetId());
    else session.acknowledged(packet.packetId());
  }

  private void onReceived(Ack packet) {
    if (ReasonCode.isError(packet.reason())) session.rejected(QoS.EXACTLY_ONCE, packet.packetId());
    else session.received(packet.packetId());
  }

  /** Who named no method in CONNECT is never asked, and keeps no secret: MQTT-4.12.0-7. */
  private void onAuth(Auth packet) {
    reauthentication.ifPresentOrElse(
        again -> again.onAuth(packet),
        () -> protocolError("AUTH without an authentication method in CONNECT"));
  }

  private void onDisconnect(Disconnect packet) {
    boolean wantsToStay = packet.sessionExpiry().orElse(0) > 0;
    if (wantsToStay && link.client().wish().sessionExpiry() == 0)
      protocolError("a session that was to end can't be kept"); // 3.14.2.2.2
    else leave(packet);
  }

  private void leave(Disconnect packet) {
    packet.sessionExpiry().ifPresent(seconds -> session.expireAfter(Duration.ofSeconds(seconds)));
    if (packet.reason() == ReasonCode.SUCCESS) link.disconnector().end(Ending.CLIENT_LEFT);
    else link.disconnector().end(Ending.CLIENT_LEFT_ITS_WILL); // MQTT-3.1.2-10
  }

  private void protocolError(String words) {
    link.disconnector().end(Ending.violation(Refusal.PROTOCOL_ERROR.mqttReason(), words));
  }
}
