package io.mestral.broker.connection;

import io.mestral.broker.session.Terms;
import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet.Connect;
import io.mestral.broker.wire.PropertyBlock;
import io.mestral.broker.wire.ProtocolVersion;
import io.mestral.config.BrokerOptions;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * What a client that is let in is told of this broker: CONNACK with as much as the client takes.
 */
final class Welcome {
  private static final String RESPONSES = "response/"; // and the client's identifier

  private final BrokerOptions options;
  private final Connect connect;
  private final Client client;
  private final Terms terms;
  private final Buffer proof;

  /** The proof is the last word of an enhanced authentication. */
  Welcome(BrokerOptions options, Connect connect, Client client, Terms terms, Buffer proof) {
    this.options = options;
    this.connect = connect;
    this.client = client;
    this.terms = terms;
    this.proof = proof;
  }

  /** Seconds. Only an MQTT 5 client can be told of another keep-alive than its own. */
  int keepAlive() {
    return keepAlive(options, connect);
  }

  static int keepAlive(BrokerOptions options, Connect connect) {
    int asked = connect.keepAlive();
    if (!connect.version().isV5() || options.limits().maxKeepAlive().isEmpty()) return asked;
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
    int aliases = options.limits().topicAliasMaximum();
    if (aliases > 0) block.topicAliasMaximum(aliases);
    if (offersResponses()) block.responseInformation(RESPONSES + client.id());
    return block
        .receiveMaximum(options.limits().receiveMaximum())
        .maximumPacketSize(options.limits().maxPacket())
        .withoutSharedSubscriptions();
  }

  /**
   * On a platform's node no client may publish and subscribe below a topic of its own choice, so
   * there is no such topic to offer; nor for a name that can't stand in one.
   */
  private boolean offersResponses() {
    boolean isTopic = client.id().indexOf('+') < 0 && client.id().indexOf('#') < 0;
    return connect.wish().responseInformation()
        && options.access() == BrokerOptions.Access.OPEN
        && isTopic;
  }

  /** Where the broker does otherwise than the client asked (MQTT-3.1.3-7, 3.2.2-22, 3.2.2.3.2). */
  private PropertyBlock necessary(PropertyBlock block) {
    long sessionExpiry = terms.expiry().toSeconds();
    if (connect.wish().sessionExpiry() != sessionExpiry) block.sessionExpiry(sessionExpiry);
    if (connect.clientId().isEmpty()) block.assignedClientIdentifier(client.id());
    connect
        .wish()
        .authenticationMethod()
        .ifPresent(method -> block.authentication(method, proof)); // MQTT-4.12.0-5
    if (keepAlive() != connect.keepAlive()) block.serverKeepAlive(keepAlive());
    return block;
  }
}
