package io.mestral.broker.connection;

import io.mestral.broker.session.Outlet;
import io.mestral.broker.wire.PacketType;
import io.mestral.broker.wire.ReasonCode;
import io.mestral.broker.wire.TopicAlias;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Refusal;
import io.netty.buffer.ByteBuf;

/** Sends what the session has for its client. */
final class ClientOutlet implements Outlet {
  private static final int DUP = 0x08;

  private final Client client;
  private final MqttSocket socket;
  private final Disconnector disconnector;
  private final FrameCache cache;
  private final AliasBook aliases;

  ClientOutlet(Client client, MqttSocket socket, Disconnector disconnector, FrameCache cache) {
    this.client = client;
    this.socket = socket;
    this.disconnector = disconnector;
    this.cache = cache;
    this.aliases = new AliasBook(client.wish().topicAliasMaximum());
  }

  @Override
  public boolean isWritable() {
    return socket.isWritable();
  }

  @Override
  public boolean publish(Publish publish, Subscription subscription, int packetId) {
    boolean sent = sendMessage(publish, subscription, packetId);
    if (sent) socket.meter().sent(publish.qos());
    return sent;
  }

  /** An older topic alias may be gone; it goes without. */
  @Override
  public boolean publishAgain(Publish publish, Subscription subscription, int packetId) {
    ByteBuf frame = frame(publish, subscription, packetId);
    frame.setByte(frame.readerIndex(), frame.getByte(frame.readerIndex()) | DUP);
    return send(frame);
  }

  @Override
  public void release(int packetId, boolean known) {
    int reason = known ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
    socket.write(client.frames().ack(PacketType.PUBREL, packetId, reason));
  }

  @Override
  public void whenSent(Runnable task) {
    socket.whenSent(task);
  }

  @Override
  public void takenOver() {
    disconnector.end(Ending.TAKEN_OVER);
  }

  @Override
  public void tooSlow() {
    disconnector.end(Ending.TOO_SLOW);
  }

  @Override
  public void sendAway(Refusal why) {
    disconnector.end(Ending.sentAway(why));
  }

  private boolean sendMessage(Publish publish, Subscription subscription, int packetId) {
    TopicAlias alias = aliases.of(publish.topic());
    if (alias == TopicAlias.NONE) return send(frame(publish, subscription, packetId));
    boolean sent = send(aliased(publish, subscription, packetId, alias));
    if (sent) aliases.sent(publish.topic(), alias);
    return sent || !alias.isKnown() && send(frame(publish, subscription, packetId));
  }

  /** Whether the client takes a frame of this size. */
  private boolean send(ByteBuf frame) {
    boolean takes = client.takes(frame);
    if (takes) socket.write(frame);
    else frame.release();
    return takes;
  }

  private ByteBuf frame(Publish publish, Subscription subscription, int packetId) {
    boolean retain = retain(publish, subscription);
    if (packetId == 0 && !retain && subscription.identifiers().isEmpty())
      return cache.frame(publish, client.version(), client.frames());
    return client.frames().publish(publish, retain, packetId, subscription.identifiers());
  }

  /** No other client reads this frame the same way. */
  private ByteBuf aliased(
      Publish publish, Subscription subscription, int packetId, TopicAlias alias) {
    boolean retain = retain(publish, subscription);
    return client.frames().publish(publish, retain, packetId, subscription.identifiers(), alias);
  }

  private static boolean retain(Publish publish, Subscription subscription) {
    return publish.retain() && subscription.retainAsPublished(); // MQTT-3.3.1-12, -13
  }
}
