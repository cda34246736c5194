package io.mestral.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.wire.Packet;
import io.mestral.broker.wire.Packet.Broken;
import io.mestral.broker.wire.ReadPackets;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Any bytes at all, cut anywhere: the decoder reads the same packets however they are cut, fails in
 * one way only, and after that reads nothing more. The first byte says which CONNECT stands before
 * the others, if any; the second how they are cut.
 */
public final class DecoderFuzz {
  private static final int MAX_PACKET = 2048;

  /** What a packet that can't be taken is refused with; whatever else comes is a finding. */
  private static final Set<Integer> REASONS = Set.of(0x81, 0x82, 0x84, 0x90, 0x94, 0x95, 0x99);

  private DecoderFuzz() {}

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) return;
    Buffer stream = opening(input[0] & 7);
    stream.appendBytes(input, 2, input.length - 2);
    List<String> whole = read(stream, stream.length());
    assertThat(read(stream, 1 + (input[1] & 0x7F))).isEqualTo(whole);
    assertThat(read(stream, 1)).isEqualTo(whole);
  }

  private static Buffer opening(int choice) {
    return switch (choice) {
      case 0 -> Buffer.buffer();
      case 1 -> Packets.connect(3).id("abc").bytes();
      case 2, 3 -> Packets.connect(4).id("abc").bytes();
      default -> Packets.connect(5).id("abc").bytes();
    };
  }

  private static List<String> read(Buffer stream, int pieceLength) {
    ReadPackets reader = new ReadPackets(MAX_PACKET);
    List<String> packets = new ArrayList<>();
    boolean broken = false;
    for (int at = 0; at < stream.length(); at += pieceLength) {
      Buffer piece = stream.slice(at, Math.min(stream.length(), at + pieceLength));
      for (Packet packet : reader.next(piece)) {
        assertThat(broken).as("a packet after a broken one: %s", packet).isFalse();
        broken = packet instanceof Broken;
        if (packet instanceof Broken end) assertThat(REASONS).contains(end.reason());
        packets.add(packet.toString());
      }
    }
    reader.end();
    return packets;
  }
}
