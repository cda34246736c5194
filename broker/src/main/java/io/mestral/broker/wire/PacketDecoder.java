package io.mestral.broker.wire;

import io.mestral.model.mqtt.MalformedTopic;
import io.mestral.model.outcome.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the byte stream into packets and says so of each, at once: there is nobody behind it. After
 * a broken one it reads nothing any more (MQTT-3.1.4-6), for there is no telling where the next
 * begins.
 *
 * <p>Netty's own MqttDecoder isn't used: it lets the reserved bits of subscription options,
 * properties that stand twice and text that isn't UTF-8 go by unseen, and the standards make each
 * of them a reason to close.
 */
public abstract class PacketDecoder extends ByteToMessageDecoder {
  private static final int LONGEST_LENGTH = 4; // bytes

  private final int maxPacket;
  private final PacketReader reader;
  private boolean broken;

  /** Without topic aliases. */
  protected PacketDecoder(int maxPacket) {
    this(maxPacket, 0);
  }

  /**
   * A packet of more than {@code maxPacket} bytes, its fixed header included, is broken.
   *
   * @param topicAliasMaximum how many aliases the client may set
   */
  protected PacketDecoder(int maxPacket, int topicAliasMaximum) {
    this.maxPacket = maxPacket;
    this.reader = new PacketReader(new TopicAliases(topicAliasMaximum));
  }

  /** The next packet of the stream, in the order of its bytes. */
  protected abstract void onPacket(Packet packet);

  @Override
  protected final void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    Packet next = next(in);
    if (next != null) onPacket(next);
  }

  /** Reads no further by itself: when a channel isn't to be read, it isn't for the rest either. */
  @Override
  public final void channelReadComplete(ChannelHandlerContext ctx) {
    discardSomeReadBytes();
  }

  /** Null when it isn't all here yet. */
  private Packet next(ByteBuf in) {
    try {
      return readPacket(in);
    } catch (BrokenPacket packet) {
      return broken(in, packet.reason(), packet.getMessage());
    } catch (MalformedTopic topic) {
      return broken(in, topic.refusal().mqttReason(), topic.getMessage());
    }
  }

  private Packet readPacket(ByteBuf in) {
    int start = in.readerIndex();
    int firstByte = in.getUnsignedByte(start);
    PacketType type = reader.begin(firstByte);
    int lengthBytes = lengthBytes(in, start + 1);
    if (lengthBytes == 0) return null;
    int length = length(in, start + 1, lengthBytes);
    if (1L + lengthBytes + length > maxPacket)
      throw new BrokenPacket(Refusal.TOO_LARGE.mqttReason(), "a packet of more than " + maxPacket);
    int content = start + 1 + lengthBytes;
    if (in.writerIndex() - content < length) return null;
    in.readerIndex(content);
    return reader.read(type, firstByte, in, length);
  }

  /** How many bytes the remaining length takes; 0 when its end isn't here yet. */
  private int lengthBytes(ByteBuf in, int at) {
    int available = Math.min(in.writerIndex() - at, LONGEST_LENGTH);
    for (int i = 0; i < available; i++) {
      int digit = in.getUnsignedByte(at + i);
      if (digit >= 0x80) continue;
      if (digit == 0 && i > 0 && reader.isV5())
        throw BrokenPacket.malformed("a length is longer than it must"); // MQTT-1.5.5-1
      return i + 1;
    }
    if (available == LONGEST_LENGTH)
      throw BrokenPacket.malformed("a length has more than four bytes");
    return 0;
  }

  private static int length(ByteBuf in, int at, int bytes) {
    int length = 0;
    for (int i = 0; i < bytes; i++) length |= (in.getUnsignedByte(at + i) & 0x7F) << 7 * i;
    return length;
  }

  private Packet broken(ByteBuf in, int reason, String explanation) {
    broken = true;
    in.skipBytes(in.readableBytes());
    return new Packet.Broken(reason, explanation, reader.dialect());
  }
}
