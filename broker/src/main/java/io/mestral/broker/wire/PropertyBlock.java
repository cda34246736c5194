package io.mestral.broker.wire;

import io.mestral.model.mqtt.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;

/** Properties on their way out, in the order they are put. */
public final class PropertyBlock {
  private static final int LONGEST_TEXT = 65_535; // bytes

  private final ByteBuf out = Unpooled.buffer();

  /** Tells a client the identifier it was given (MQTT-3.1.3-7). */
  public PropertyBlock assignedClientIdentifier(String id) {
    return put(Property.ASSIGNED_CLIENT_IDENTIFIER, id);
  }

  /** Tells a client how long its session stays after it left, in seconds. */
  public PropertyBlock sessionExpiry(long seconds) {
    return put(Property.SESSION_EXPIRY, seconds);
  }

  /** Tells a client which keep-alive counts, in seconds. */
  public PropertyBlock serverKeepAlive(int seconds) {
    return put(Property.SERVER_KEEP_ALIVE, seconds);
  }

  /** Tells a client how many unacknowledged messages are taken from it. */
  public PropertyBlock receiveMaximum(int messages) {
    return put(Property.RECEIVE_MAXIMUM, messages);
  }

  /** Tells a client how large its packets may be. */
  public PropertyBlock maximumPacketSize(long bytes) {
    return put(Property.MAXIMUM_PACKET_SIZE, bytes);
  }

  /** Tells a client how many topic aliases it may set. */
  public PropertyBlock topicAliasMaximum(int aliases) {
    return put(Property.TOPIC_ALIAS_MAXIMUM, aliases);
  }

  /** The next word in an enhanced authentication, or the last; without data it is left out. */
  public PropertyBlock authentication(String method, Buffer data) {
    put(Property.AUTHENTICATION_METHOD, method);
    return data.length() == 0 ? this : put(Property.AUTHENTICATION_DATA, data);
  }

  /** Tells a client what to begin the topics of its answers with (3.2.2.3.15). */
  public PropertyBlock responseInformation(String prefix) {
    return put(Property.RESPONSE_INFORMATION, prefix);
  }

  /** Tells a client where else to go. */
  public PropertyBlock serverReference(String servers) {
    return put(Property.SERVER_REFERENCE, servers);
  }

  /** Says something to the people behind a client. */
  public PropertyBlock reason(String words) {
    return put(Property.REASON_STRING, words);
  }

  PropertyBlock put(Property property, long value) {
    out.writeByte(property.code);
    switch (property.kind) {
      case FLAG -> out.writeByte((int) value);
      case TWO_OCTETS, POSITIVE_TWO_OCTETS -> out.writeShort((int) value);
      case FOUR_OCTETS, POSITIVE_FOUR_OCTETS -> out.writeInt((int) value);
      case POSITIVE_VARIABLE -> Frames.writeVariable(out, (int) value);
      default -> throw new IllegalArgumentException(property + " is not a number");
    }
    return this;
  }

  PropertyBlock put(Property property, String value) {
    out.writeByte(property.code);
    writeText(value);
    return this;
  }

  PropertyBlock put(Property property, Buffer value) {
    out.writeByte(property.code).writeShort(value.length());
    out.writeBytes(NettySeam.bytes(value));
    return this;
  }

  PropertyBlock put(UserProperty property) {
    out.writeByte(Property.USER_PROPERTY.code);
    writeText(property.name());
    writeText(property.value());
    return this;
  }

  ByteBuf bytes() {
    return out;
  }

  private void writeText(String text) {
    int length = ByteBufUtil.utf8Bytes(text);
    if (length > LONGEST_TEXT) throw new IllegalArgumentException("a text of " + length + " bytes");
    out.writeShort(length);
    ByteBufUtil.writeUtf8(out, text);
  }
}
