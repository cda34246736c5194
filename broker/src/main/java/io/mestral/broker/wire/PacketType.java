package io.mestral.broker.wire;

/** The control packets (MQTT 5, 2.1.2), and one more for bytes that are none. */
public enum PacketType {
  /** Not a packet. */
  BROKEN(0),
  CONNECT(0),
  CONNACK(0),
  PUBLISH(0),
  PUBACK(0),
  PUBREC(0),
  PUBREL(0b0010),
  PUBCOMP(0),
  SUBSCRIBE(0b0010),
  SUBACK(0),
  UNSUBSCRIBE(0b0010),
  UNSUBACK(0),
  PINGREQ(0),
  PINGRESP(0),
  DISCONNECT(0),
  AUTH(0);

  private static final int DUP = 0b1000;
  private static final PacketType[] BY_CODE = values();

  private final int flags;

  PacketType(int flags) {
    this.flags = flags;
  }

  static PacketType of(int firstByte) {
    return BY_CODE[firstByte >> 4];
  }

  /** Flags other than the prescribed ones are malformed (MQTT-2.1.3-1); PUBLISH has its own. */
  boolean allowsFlags(int firstByte) {
    return this == PUBLISH || (firstByte & 0x0F) == flags;
  }

  /** In MQTT 3.1, what a client may send again has a DUP flag to say so (MQTT 3.1, 2.1). */
  boolean allowsFlagsOf31(int firstByte) {
    return allowsFlags(flags == 0 ? firstByte : firstByte & ~DUP);
  }

  /** The first byte of a packet of this type. */
  int firstByte() {
    return ordinal() << 4 | flags;
  }

  /** This type in a set of types. */
  int bit() {
    return 1 << ordinal();
  }
}
