package io.mestral.broker.connection;

import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet.Wish;
import io.mestral.broker.wire.PacketType;
import io.mestral.broker.wire.ProtocolVersion;
import io.mestral.model.access.Principal;
import io.netty.buffer.ByteBuf;

/**
 * Who is at the other end, and how to talk to it.
 *
 * @param wish what it said it can take
 */
record Client(String id, Principal principal, ProtocolVersion version, Wish wish, Frames frames) {

  boolean isV5() {
    return version.isV5();
  }

  /** Whether the client takes a frame of this size (MQTT-3.1.2-24). */
  boolean takes(ByteBuf frame) {
    return frame.readableBytes() <= wish.maximumPacketSize();
  }

  /**
   * An acknowledgement, with words if the client wants them (MQTT-3.1.2-29) and they fit
   * (MQTT-3.4.2-2).
   */
  ByteBuf ack(PacketType type, int packetId, int reason, String words) {
    if (!wish.problemInformation()) return frames.ack(type, packetId, reason);
    ByteBuf frame = frames.ack(type, packetId, reason, words);
    if (takes(frame)) return frame;
    frame.release();
    return frames.ack(type, packetId, reason);
  }

  /** DISCONNECT, with words if they fit (MQTT-3.14.2-3). */
  ByteBuf disconnect(int reason, String words) {
    ByteBuf frame = frames.disconnect(reason, words);
    if (takes(frame)) return frame;
    frame.release();
    return frames.disconnect(reason, "");
  }
}
