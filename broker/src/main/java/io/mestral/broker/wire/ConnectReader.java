package io.mestral.broker.wire;

import io.mestral.model.access.Credentials;
import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads CONNECT (3.1), checking flags against what follows them. */
final class ConnectReader {
  private static final int RESERVED = 0x01;
  private static final int CLEAN_START = 0x02;
  private static final int WILL = 0x04;
  private static final int WILL_QOS_SHIFT = 3;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;
  private static final int USERNAME = 0x80;

  private Optional<ProtocolVersion> dialect = Optional.empty();

  /** In which version to refuse the packet, if it got so far as to say. */
  Optional<ProtocolVersion> dialect() {
    return dialect;
  }

  Packet.Connect read(Body body) {
    ProtocolVersion version = version(body);
    int flags = flags(body.octet(), version);
    int keepAlive = body.twoOctets();
    Packet.Wish wish = version.isV5() ? wish(body) : Packet.Wish.NONE;
    String clientId = body.text();
    boolean willing = (flags & WILL) != 0;
    Properties ofWill =
        willing && version.isV5() ? Properties.read(body, Property.Block.WILL) : Properties.NONE;
    Optional<Publish> will = willing ? Optional.of(will(body, flags, ofWill)) : Optional.empty();
    Optional<String> username =
        (flags & USERNAME) == 0 ? Optional.empty() : Optional.of(body.text());
    Optional<Secret> password =
        (flags & PASSWORD) == 0 ? Optional.empty() : Optional.of(secret(body.binary()));
    body.close();
    return new Packet.Connect(
        version,
        (flags & CLEAN_START) != 0,
        keepAlive,
        clientId,
        will,
        ofWill.number(Property.WILL_DELAY).orElse(0),
        new Credentials(username, password),
        wish);
  }

  private ProtocolVersion version(Body body) {
    String name = body.text();
    int level = body.octet();
    if (!ProtocolVersion.isProtocolName(name))
      throw BrokenPacket.malformed("not an MQTT protocol name"); // MQTT-3.1.2-1
    dialect = ProtocolVersion.of(name, level);
    if (dialect.isPresent()) return dialect.get();
    dialect = Optional.of(ProtocolVersion.toRefuse(level));
    throw new BrokenPacket(
        Refusal.UNSUPPORTED_VERSION.mqttReason(), "protocol level " + level + " is not spoken");
  }

  private static int flags(int flags, ProtocolVersion version) {
    if ((flags & RESERVED) != 0 && version != ProtocolVersion.V3_1)
      throw BrokenPacket.malformed("the reserved connect flag is set"); // MQTT-3.1.2-3
    int willQos = flags >> WILL_QOS_SHIFT & 3;
    if (willQos == 3) throw BrokenPacket.malformed("will QoS 3");
    if ((flags & WILL) == 0 && (willQos > 0 || (flags & WILL_RETAIN) != 0))
      throw BrokenPacket.malformed("will flags without a will"); // MQTT-3.1.2-11, -13
    if (!version.isV5() && (flags & PASSWORD) != 0 && (flags & USERNAME) == 0)
      throw BrokenPacket.malformed("a password without a user name"); // 3.1.1: MQTT-3.1.2-22
    return flags;
  }

  private static Packet.Wish wish(Body body) {
    Properties properties = Properties.read(body, PacketType.CONNECT);
    if (properties.isEmpty()) return Packet.Wish.NONE;
    if (properties.has(Property.AUTHENTICATION_DATA)
        && !properties.has(Property.AUTHENTICATION_METHOD))
      throw BrokenPacket.protocolError("authentication data without a method"); // 3.1.2.11.10
    Packet.Wish silent = Packet.Wish.NONE;
    return new Packet.Wish(
        properties.number(Property.SESSION_EXPIRY).orElse(silent.sessionExpiry()),
        properties.integer(Property.RECEIVE_MAXIMUM).orElse(silent.receiveMaximum()),
        properties.number(Property.MAXIMUM_PACKET_SIZE).orElse(silent.maximumPacketSize()),
        properties.integer(Property.TOPIC_ALIAS_MAXIMUM).orElse(silent.topicAliasMaximum()),
        properties.flag(Property.REQUEST_RESPONSE_INFORMATION, silent.responseInformation()),
        properties.flag(Property.REQUEST_PROBLEM_INFORMATION, silent.problemInformation()),
        properties.text(Property.AUTHENTICATION_METHOD),
        properties.binary(Property.AUTHENTICATION_DATA));
  }

  private static Publish will(Body body, int flags, Properties properties) {
    Topic topic = new Topic(body.text());
    Buffer payload = body.binary();
    Publish will =
        new Publish(
            topic,
            payload,
            QoS.of(flags >> WILL_QOS_SHIFT & 3),
            (flags & WILL_RETAIN) != 0,
            PublishReader.publishProperties(properties));
    if (!PayloadFormat.holds(will))
      throw new BrokenPacket(Refusal.PAYLOAD_INVALID.mqttReason(), "the will is not UTF-8");
    return will;
  }

  /**
   * A password is bytes and a secret is text. Bytes that are not UTF-8 become one character each,
   * so that no two passwords fall together in replacement characters.
   */
  private static Secret secret(Buffer password) {
    byte[] bytes = password.getBytes();
    try {
      return Secret.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      return Secret.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }
}
