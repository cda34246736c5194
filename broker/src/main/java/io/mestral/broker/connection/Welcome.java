package io.mestral.broker.connection;

import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet.Connect;
import io.mestral.broker.wire.PropertyBlock;
import io.mestral.broker.wire.ProtocolVersion;
import io.mestral.config.BrokerOptions;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client that is let in is told of this broker: CONNACK with as much as the client takes.
 */
final class Welcome {
  private final BrokerOptions options;
  private final Connect connect;
  private final Client client;
  private final Duration sessionExpiry;

  Welcome(BrokerOptions options, Connect connect, Client client, Duration sessionExpiry) {
    this.options = options;
    this.connect = connect;
    this.client = client;
    this.sessionExpiry = sessionExpiry;
  }

  /** Seconds. Only an MQTT 5 client can be told of another keep-alive than its own. */
  int keepAlive() {
    int asked = connect.keepAlive();
    if (!client.isV5() || options.limits().maxKeepAlive().isEmpty()) return asked;
    int most = (int) Math.min(options.limits().maxKeepAlive().get().toSeconds(), 65_535);
    return asked == 0 || asked > most ? most : asked;
  }

  /**
   * CONNACK; empty when the client doesn't take even the one that says only what it must be told.
   * What a narrow client isn't told, it learns when it asks for it.
   */
  Optional<ByteBuf> frame(boolean sessionPresent) {
    Optional<ByteBuf> whole = frame(sessionPresent, necessary(limits(Frames.block())));
    return whole.isPresent() ? whole : frame(sessionPresent, necessary(Frames.block()));
  }

  /** MQTT 3.1 has no such flag. */
  private Optional<ByteBuf> frame(boolean sessionPresent, PropertyBlock properties) {
    boolean said = sessionPresent && client.version() != ProtocolVersion.V3_1;
    return client.fitting(client.frames().connack(said, 0, properties));
  }

  private PropertyBlock limits(PropertyBlock block) {
    return block
        .receiveMaximum(options.limits().receiveMaximum())
        .maximumPacketSize(options.limits().maxPacket())
        .withoutRetain()
        .withoutSharedSubscriptions();
  }

  /** Where the broker does otherwise than the client asked (MQTT-3.1.3-7, 3.2.2-22, 3.2.2.3.2). */
  private PropertyBlock necessary(PropertyBlock block) {
    if (connect.wish().sessionExpiry() != sessionExpiry.toSeconds())
      block.sessionExpiry(sessionExpiry.toSeconds());
    if (connect.clientId().isEmpty()) block.assignedClientIdentifier(client.id());
    if (keepAlive() != connect.keepAlive()) block.serverKeepAlive(keepAlive());
    return block;
  }
}
