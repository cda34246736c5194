package io.mestral.broker;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Makes client packets byte by byte, wrong ones too; independent of the broker's own code. */
public final class Packets {
  private final int firstByte;
  private final Buffer content = Buffer.buffer();
  private int connectFlags = 0x02;
  private int connectFlagsAt = -1;

  private Packets(int firstByte) {
    this.firstByte = firstByte;
  }

  public static Packets of(int firstByte) {
    return new Packets(firstByte);
  }

  /** CONNECT up to where the client identifier follows: clean, keep-alive 60, no properties. */
  public static Packets connect(int level) {
    return connect(level, "");
  }

  /** CONNECT with MQTT 5 properties, as hex. */
  public static Packets connect(int level, String properties) {
    return connect(level, 60, properties);
  }

  public static Packets connect(int level, int keepAlive, String properties) {
    Packets packet = new Packets(0x10).text(level == 3 ? "MQIsdp" : "MQTT").octet(level);
    packet.connectFlagsAt = packet.content.length();
    packet.octet(0x02).two(keepAlive);
    return level == 5 ? packet.properties(properties) : packet;
  }

  /** PUBLISH up to where the payload follows; an identifier of -1 is left out. */
  public static Packets publish(int level, int flags, String topic, int packetId) {
    Packets packet = new Packets(0x30 | flags).text(topic);
    if (packetId >= 0) packet.two(packetId);
    return level == 5 ? packet.properties("") : packet;
  }

  /** PUBLISH of MQTT 5 with properties, as hex. */
  public static Packets publish5(int flags, String topic, int packetId, String properties) {
    Packets packet = new Packets(0x30 | flags).text(topic);
    if (packetId >= 0) packet.two(packetId);
    return packet.properties(properties);
  }

  /** SUBSCRIBE to one filter. */
  public static Packets subscribe(int level, int packetId, String filter, int options) {
    Packets packet = new Packets(0x82).two(packetId);
    if (level == 5) packet.properties("");
    return packet.text(filter).octet(options);
  }

  public static Packets unsubscribe(int level, int packetId, String filter) {
    Packets packet = new Packets(0xA2).two(packetId);
    if (level == 5) packet.properties("");
    return packet.text(filter);
  }

  public Packets id(String clientId) {
    return text(clientId);
  }

  /** Sets connect flags beside those that are set. */
  public Packets flags(int flags) {
    connectFlags |= flags;
    content.setByte(connectFlagsAt, (byte) connectFlags);
    return this;
  }

  /** Replaces all connect flags. */
  public Packets onlyFlags(int flags) {
    connectFlags = flags;
    return flags(0);
  }

  public Packets octet(int value) {
    content.appendByte((byte) value);
    return this;
  }

  public Packets two(int value) {
    content.appendUnsignedShort(value);
    return this;
  }

  public Packets text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return two(bytes.length).raw(bytes);
  }

  /** A string or binary data of exactly these bytes. */
  public Packets block(byte... bytes) {
    return two(bytes.length).raw(bytes);
  }

  public Packets raw(byte... bytes) {
    content.appendBytes(bytes);
    return this;
  }

  public Packets raw(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  public Packets properties(String hex) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    return octet(bytes.length).raw(bytes);
  }

  public Buffer bytes() {
    Buffer packet = Buffer.buffer().appendByte((byte) firstByte);
    int rest = content.length();
    while (rest >= 0x80) {
      packet.appendByte((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    return packet.appendByte((byte) rest).appendBuffer(content);
  }
}
