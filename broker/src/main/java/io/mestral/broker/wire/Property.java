package io.mestral.broker.wire;

import static io.mestral.broker.wire.PacketType.AUTH;
import static io.mestral.broker.wire.PacketType.BROKEN;
import static io.mestral.broker.wire.PacketType.CONNECT;
import static io.mestral.broker.wire.PacketType.DISCONNECT;
import static io.mestral.broker.wire.PacketType.PUBACK;
import static io.mestral.broker.wire.PacketType.PUBCOMP;
import static io.mestral.broker.wire.PacketType.PUBLISH;
import static io.mestral.broker.wire.PacketType.PUBREC;
import static io.mestral.broker.wire.PacketType.PUBREL;
import static io.mestral.broker.wire.PacketType.SUBSCRIBE;
import static io.mestral.broker.wire.PacketType.UNSUBSCRIBE;

/** The properties of MQTT 5 (2.2.2.2), and in which packets a client may put them. */
enum Property {
  PAYLOAD_FORMAT(0x01, Kind.FLAG, PUBLISH, Block.WILL),
  MESSAGE_EXPIRY(0x02, Kind.FOUR_OCTETS, PUBLISH, Block.WILL),
  CONTENT_TYPE(0x03, Kind.TEXT, PUBLISH, Block.WILL),
  RESPONSE_TOPIC(0x08, Kind.TEXT, PUBLISH, Block.WILL),
  CORRELATION_DATA(0x09, Kind.BINARY, PUBLISH, Block.WILL),
  SUBSCRIPTION_IDENTIFIER(0x0B, Kind.POSITIVE_VARIABLE, SUBSCRIBE),
  SESSION_EXPIRY(0x11, Kind.FOUR_OCTETS, CONNECT, DISCONNECT),
  ASSIGNED_CLIENT_IDENTIFIER(0x12, Kind.TEXT),
  SERVER_KEEP_ALIVE(0x13, Kind.TWO_OCTETS),
  AUTHENTICATION_METHOD(0x15, Kind.TEXT, CONNECT, AUTH),
  AUTHENTICATION_DATA(0x16, Kind.BINARY, CONNECT, AUTH),
  REQUEST_PROBLEM_INFORMATION(0x17, Kind.FLAG, CONNECT),
  WILL_DELAY(0x18, Kind.FOUR_OCTETS, Block.WILL),
  REQUEST_RESPONSE_INFORMATION(0x19, Kind.FLAG, CONNECT),
  RESPONSE_INFORMATION(0x1A, Kind.TEXT),
  SERVER_REFERENCE(0x1C, Kind.TEXT),
  REASON_STRING(0x1F, Kind.TEXT, PUBACK, PUBREC, PUBREL, PUBCOMP, DISCONNECT, AUTH),
  RECEIVE_MAXIMUM(0x21, Kind.POSITIVE_TWO_OCTETS, CONNECT),
  TOPIC_ALIAS_MAXIMUM(0x22, Kind.TWO_OCTETS, CONNECT),
  TOPIC_ALIAS(0x23, Kind.TWO_OCTETS, PUBLISH),
  RETAIN_AVAILABLE(0x25, Kind.FLAG),
  USER_PROPERTY(
      0x26,
      Kind.PAIR,
      CONNECT,
      PUBLISH,
      Block.WILL,
      PUBACK,
      PUBREC,
      PUBREL,
      PUBCOMP,
      SUBSCRIBE,
      UNSUBSCRIBE,
      DISCONNECT,
      AUTH),
  MAXIMUM_PACKET_SIZE(0x27, Kind.POSITIVE_FOUR_OCTETS, CONNECT),
  SHARED_SUBSCRIPTION_AVAILABLE(0x2A, Kind.FLAG);

  /** How a value is encoded, and which values there are. */
  enum Kind {
    FLAG,
    TWO_OCTETS,
    POSITIVE_TWO_OCTETS,
    FOUR_OCTETS,
    POSITIVE_FOUR_OCTETS,
    POSITIVE_VARIABLE,
    TEXT,
    BINARY,
    PAIR
  }

  /** A block of properties that isn't a packet's own. */
  static final class Block {
    /** The will's, inside CONNECT; it borrows a type that no packet has. */
    static final PacketType WILL = BROKEN;

    private Block() {}
  }

  private static final Property[] BY_CODE = new Property[0x2B];

  static {
    for (Property property : values()) BY_CODE[property.code] = property;
  }

  final int code;
  final Kind kind;
  private final int packets;

  Property(int code, Kind kind, PacketType... packets) {
    this.code = code;
    this.kind = kind;
    int set = 0;
    for (PacketType packet : packets) set |= packet.bit();
    this.packets = set;
  }

  /** The property of this code, if a client may put it there. */
  static Property in(PacketType packet, int code) {
    Property property = code < BY_CODE.length ? BY_CODE[code] : null;
    if (property == SUBSCRIPTION_IDENTIFIER && packet == PUBLISH)
      throw BrokenPacket.protocolError("a client publishes no subscription identifier"); // 3.3.4-6
    if (property == null || (property.packets & packet.bit()) == 0)
      throw BrokenPacket.malformed("property " + code + " has no place in " + packet);
    return property;
  }
}
