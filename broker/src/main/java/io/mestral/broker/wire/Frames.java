package io.mestral.broker.wire;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Writes what the broker says, each packet as one buffer of the network's own memory. */
public final class Frames {
  private static final int RETAIN = 0x01;
  private static final int QOS_SHIFT = 1;

  private final ByteBufAllocator memory;
  private final boolean v5;

  /** Frames in this version. */
  public Frames(ByteBufAllocator memory, ProtocolVersion version) {
    this.memory = memory;
    this.v5 = version.isV5();
  }

  /**
   * PUBLISH. DUP is never set: nothing is sent twice on one connection (MQTT-4.4.0-1).
   *
   * @param packetId ignored at QoS 0
   * @param identifiers of the subscriptions that wanted it
   */
  public ByteBuf publish(Publish message, boolean retain, int packetId, List<Integer> identifiers) {
    return publish(message, retain, packetId, identifiers, TopicAlias.NONE);
  }

  /** PUBLISH to a client that takes topic aliases. */
  public ByteBuf publish(
      Publish message, boolean retain, int packetId, List<Integer> identifiers, TopicAlias alias) {
    String topic = alias.isKnown() ? "" : message.topic().value();
    int topicLength = ByteBufUtil.utf8Bytes(topic);
    boolean acknowledged = message.qos() != QoS.AT_MOST_ONCE;
    ByteBuf properties = publishProperties(message.properties(), identifiers, alias);
    ByteBuf payload = NettySeam.bytes(message.payload());
    int length = 2 + topicLength + (acknowledged ? 2 : 0) + payload.readableBytes();
    if (v5) length += sizeOf(properties.readableBytes()) + properties.readableBytes();
    ByteBuf frame = memory.ioBuffer(1 + sizeOf(length) + length);
    frame.writeByte(
        PacketType.PUBLISH.firstByte()
            | message.qos().level() << QOS_SHIFT
            | (retain ? RETAIN : 0));
    writeVariable(frame, length);
    frame.writeShort(topicLength);
    ByteBufUtil.writeUtf8(frame, topic);
    if (acknowledged) frame.writeShort(packetId);
    if (v5) writeBlock(frame, properties);
    return write(frame, payload);
  }

  /** PUBACK, PUBREC, PUBREL or PUBCOMP; the reason is left out where nobody could read it. */
  public ByteBuf ack(PacketType type, int packetId, int reason) {
    boolean plain = !v5 || reason == ReasonCode.SUCCESS; // the short form of 3.4.2.1
    ByteBuf frame = memory.ioBuffer(5);
    frame.writeByte(type.firstByte()).writeByte(plain ? 2 : 3).writeShort(packetId);
    return plain ? frame : frame.writeByte(reason);
  }

  /** An acknowledgement that says in words why it refuses. */
  public ByteBuf ack(PacketType type, int packetId, int reason, String words) {
    if (!v5 || words.isEmpty()) return ack(type, packetId, reason);
    ByteBuf content = Unpooled.buffer().writeShort(packetId).writeByte(reason);
    writeBlock(content, block().put(Property.REASON_STRING, words).bytes());
    return framed(type, content);
  }

  /**
   * CONNACK with a reason code or return code of this version.
   *
   * @param properties written for MQTT 5 only
   */
  public ByteBuf connack(boolean sessionPresent, int code, PropertyBlock properties) {
    ByteBuf content = Unpooled.buffer().writeByte(sessionPresent ? 1 : 0).writeByte(code);
    if (v5) writeBlock(content, properties.bytes());
    return framed(PacketType.CONNACK, content);
  }

  /** SUBACK, one code per filter. */
  public ByteBuf suback(int packetId, byte[] codes) {
    ByteBuf content = Unpooled.buffer().writeShort(packetId);
    if (v5) writeBlock(content, Unpooled.EMPTY_BUFFER);
    return framed(PacketType.SUBACK, content.writeBytes(codes));
  }

  /** UNSUBACK; the codes, one per filter, are only for MQTT 5. */
  public ByteBuf unsuback(int packetId, byte[] codes) {
    ByteBuf content = Unpooled.buffer().writeShort(packetId);
    if (v5) {
      writeBlock(content, Unpooled.EMPTY_BUFFER);
      content.writeBytes(codes);
    }
    return framed(PacketType.UNSUBACK, content);
  }

  /** PINGRESP. */
  public ByteBuf pingresp() {
    return framed(PacketType.PINGRESP, Unpooled.EMPTY_BUFFER);
  }

  /** DISCONNECT, which only MQTT 5 clients are sent. */
  public ByteBuf disconnect(int reason, PropertyBlock properties) {
    ByteBuf content = Unpooled.buffer().writeByte(reason);
    if (properties.bytes().isReadable()) writeBlock(content, properties.bytes());
    return framed(PacketType.DISCONNECT, content);
  }

  /** AUTH, which only clients are sent that named a method (MQTT-4.12.0-6). */
  public ByteBuf auth(int reason, PropertyBlock properties) {
    ByteBuf content = Unpooled.buffer().writeByte(reason);
    writeBlock(content, properties.bytes());
    return framed(PacketType.AUTH, content);
  }

  /** An empty block of properties to fill. */
  public static PropertyBlock block() {
    return new PropertyBlock();
  }

  private ByteBuf publishProperties(
      PublishProperties properties, List<Integer> identifiers, TopicAlias alias) {
    boolean plain = properties == PublishProperties.NONE && identifiers.isEmpty();
    if (!v5 || plain && alias == TopicAlias.NONE) return Unpooled.EMPTY_BUFFER;
    PropertyBlock block = new PropertyBlock();
    if (alias != TopicAlias.NONE) block.put(Property.TOPIC_ALIAS, alias.number());
    if (plain) return block.bytes();
    properties.payloadFormat().ifPresent(format -> block.put(Property.PAYLOAD_FORMAT, format));
    properties
        .messageExpiry()
        .ifPresent(expiry -> block.put(Property.MESSAGE_EXPIRY, expiry.toSeconds()));
    properties.contentType().ifPresent(type -> block.put(Property.CONTENT_TYPE, type));
    properties
        .responseTopic()
        .ifPresent(topic -> block.put(Property.RESPONSE_TOPIC, topic.value()));
    properties.correlationData().ifPresent(data -> block.put(Property.CORRELATION_DATA, data));
    for (Integer identifier : identifiers) block.put(Property.SUBSCRIPTION_IDENTIFIER, identifier);
    for (UserProperty property : properties.userProperties()) block.put(property);
    return block.bytes();
  }

  private ByteBuf framed(PacketType type, ByteBuf content) {
    int length = content.readableBytes();
    ByteBuf frame = memory.ioBuffer(1 + sizeOf(length) + length);
    writeVariable(frame.writeByte(type.firstByte()), length);
    return frame.writeBytes(content);
  }

  private static void writeBlock(ByteBuf out, ByteBuf properties) {
    writeVariable(out, properties.readableBytes());
    write(out, properties);
  }

  /** From an array if there is one: between two buffers of Netty's own, it makes views of both. */
  private static ByteBuf write(ByteBuf out, ByteBuf bytes) {
    if (!bytes.hasArray()) return out.writeBytes(bytes);
    int start = bytes.arrayOffset() + bytes.readerIndex();
    return out.writeBytes(bytes.array(), start, bytes.readableBytes());
  }

  static void writeVariable(ByteBuf out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.writeByte(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  private static int sizeOf(int variable) {
    int bytes = 1;
    for (int rest = variable; rest >= 0x80; rest >>>= 7) bytes++;
    return bytes;
  }
}
