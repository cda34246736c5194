package io.mestral.broker.connection;

import io.mestral.broker.wire.Frames;
import io.mestral.broker.wire.Packet.Wish;
import io.mestral.broker.wire.PacketType;
import io.mestral.broker.wire.ProtocolVersion;
import io.mestral.model.access.Principal;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Who is at the other end, and how to talk to it. Frames of up to 5 bytes always fit: who takes
 * less than the shortest CONNACK is not let in.
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

  /** The frame, unless it is too large for the client; then it is released. */
  Optional<ByteBuf> fitting(ByteBuf frame) {
    if (takes(frame)) return Optional.of(frame);
    frame.release();
    return Optional.empty();
  }

  /**
   * An acknowledgement, with words if the client wants them (MQTT-3.1.2-29) and they fit
   * (MQTT-3.4.2-2).
   */
  ByteBuf ack(PacketType type, int packetId, int reason, String words) {
    if (!wish.problemInformation()) return frames.ack(type, packetId, reason);
    return fitting(frames.ack(type, packetId, reason, words))
        .orElseGet(() -> frames.ack(type, packetId, reason));
  }

  /** DISCONNECT, with all that there is to say if it fits (MQTT-3.14.2-3). */
  ByteBuf disconnect(Ending ending) {
    return fitting(frames.disconnect(ending.code(), ending.properties()))
        .orElseGet(() -> frames.disconnect(ending.code(), Frames.block()));
  }
}
