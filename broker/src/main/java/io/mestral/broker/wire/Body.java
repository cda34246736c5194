package io.mestral.broker.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A packet without its fixed header, read from front to end. Reading beyond its end is malformed,
 * whatever comes after it on the wire. One instance serves a connection, packet after packet.
 */
final class Body {
  private static final ByteProcessor IS_PLAIN = value -> value > 0; // ASCII, and no U+0000

  private ByteBuf in;
  private int end;

  void open(ByteBuf packet, int length) {
    in = packet;
    end = packet.readerIndex() + length;
  }

  int left() {
    return end - in.readerIndex();
  }

  int octet() {
    need(1);
    return in.readUnsignedByte();
  }

  int twoOctets() {
    need(2);
    return in.readUnsignedShort();
  }

  long fourOctets() {
    need(4);
    return in.readUnsignedInt();
  }

  /** A Variable Byte Integer, in the fewest bytes possible (MQTT-1.5.5-1). */
  int variableInteger() {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int digit = octet();
      value |= (digit & 0x7F) << shift;
      if (digit >= 0x80) continue;
      if (digit == 0 && shift > 0) throw BrokenPacket.malformed("a number is longer than it must");
      return value;
    }
    throw BrokenPacket.malformed("a number has more than four bytes");
  }

  int packetId() {
    int id = twoOctets();
    if (id == 0) throw BrokenPacket.protocolError("a packet identifier is not 0"); // 2.2.1-3
    return id;
  }

  /** A string: well-formed UTF-8 without surrogates (MQTT-1.5.4-1) and without U+0000 (-2). */
  String text() {
    int length = twoOctets();
    need(length);
    int start = in.readerIndex();
    in.skipBytes(length);
    if (in.forEachByte(start, length, IS_PLAIN) < 0)
      return in.toString(start, length, StandardCharsets.ISO_8859_1);
    return decoded(in.nioBuffer(start, length));
  }

  private static String decoded(ByteBuffer bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(); // it reports
      if (text.indexOf('\0') < 0) return text;
      throw BrokenPacket.malformed("a string has no U+0000");
    } catch (CharacterCodingException invalid) {
      throw BrokenPacket.malformed("a string is not valid UTF-8");
    }
  }

  /** Binary data with its length before it. */
  Buffer binary() {
    int length = twoOctets();
    need(length);
    return NettySeam.copy(in, length);
  }

  /** All that is left. */
  Buffer rest() {
    return NettySeam.copy(in, left());
  }

  /** The bytes of the next string without reading on; its length stands before them. */
  boolean nextTextIs(byte[] expected) {
    if (left() < 2 + expected.length) return false;
    int at = in.readerIndex();
    if (in.getUnsignedShort(at) != expected.length) return false;
    for (int i = expected.length - 1; i >= 0; i--) // topics of a kind differ near their end
    if (in.getByte(at + 2 + i) != expected[i]) return false;
    return true;
  }

  void skip(int length) {
    need(length);
    in.skipBytes(length);
  }

  /** Makes sure that nothing is left over. */
  void close() {
    if (left() > 0) throw BrokenPacket.malformed("a packet is longer than its content");
  }

  private void need(int bytes) {
    if (left() < bytes) throw BrokenPacket.malformed("a packet is shorter than its content");
  }
}
