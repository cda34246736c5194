package io.mestral.broker.connection;

import io.mestral.broker.session.Outlet;
import io.mestral.broker.wire.PacketType;
import io.mestral.broker.wire.ReasonCode;
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

  ClientOutlet(Client client, MqttSocket socket, Disconnector disconnector, FrameCache cache) {
    this.client = client;
    this.socket = socket;
    this.disconnector = disconnector;
    this.cache = cache;
  }

  @Override
  public boolean isWritable() {
    return socket.isWritable();
  }

  @Override
  public boolean publish(Publish publish, Subscription subscription, int packetId) {
    return write(frame(publish, subscription, packetId));
  }

  @Override
  public boolean publishAgain(Publish publish, Subscription subscription, int packetId) {
    ByteBuf frame = frame(publish, subscription, packetId);
    frame.setByte(frame.readerIndex(), frame.getByte(frame.readerIndex()) | DUP);
    return write(frame);
  }

  private boolean write(ByteBuf frame) {
    if (!client.takes(frame)) {
      frame.release();
      return false;
    }
    socket.write(frame);
    return true;
  }

  @Override
  public void release(int packetId, boolean known) {
    int reason = known ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
    socket.write(client.frames().ack(PacketType.PUBREL, packetId, reason));
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

  private ByteBuf frame(Publish publish, Subscription subscription, int packetId) {
    boolean retain = publish.retain() && subscription.retainAsPublished(); // MQTT-3.3.1-12, -13
    if (packetId == 0 && !retain && subscription.identifiers().isEmpty())
      return cache.frame(publish, client.version(), client.frames());
    return client.frames().publish(publish, retain, packetId, subscription.identifiers());
  }
}
