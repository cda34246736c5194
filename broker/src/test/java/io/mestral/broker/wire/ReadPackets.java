package io.mestral.broker.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** The packets of a stream, as they come. */
public final class ReadPackets {
  private final List<Packet> packets = new ArrayList<>();
  private final EmbeddedChannel channel;

  /** Reads packets of at most so many bytes. */
  public ReadPackets(int maxPacket) {
    channel =
        new EmbeddedChannel(
            new PacketDecoder(maxPacket) {
              @Override
              protected void onPacket(Packet packet) {
                packets.add(packet);
              }
            });
  }

  /** The packets that end with this piece of the stream. */
  public List<Packet> next(Buffer piece) {
    channel.writeInbound(Unpooled.wrappedBuffer(piece.getBytes()));
    List<Packet> ended = List.copyOf(packets);
    packets.clear();
    return ended;
  }

  /** Nothing more comes. */
  public void end() {
    channel.finishAndReleaseAll();
  }
}
