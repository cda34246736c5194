package io.mestral.broker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.wire.Packet.Broken;
import io.mestral.broker.wire.Packet.Publication;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {
  private static final int MAX_PACKET = 4096;

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void aStreamIsReadTheSameHoweverItIsCut(int level) {
    Buffer stream = conversation(level);
    List<String> whole = read(List.of(stream));
    assertThat(whole).hasSize(11).noneMatch(packet -> packet.startsWith("Broken"));
    for (int cut = 1; cut < stream.length(); cut++)
      assertThat(read(List.of(stream.slice(0, cut), stream.slice(cut, stream.length()))))
          .isEqualTo(whole);
    List<Buffer> bytes = new ArrayList<>();
    for (int i = 0; i < stream.length(); i++) bytes.add(stream.slice(i, i + 1));
    assertThat(read(bytes)).isEqualTo(whole);
  }

  @Test
  void anythingThatIsNoConnectIsRefusedAtItsFirstByte() {
    for (int first = 0; first < 256; first++)
      if (first != 0x10)
        assertThat(packets(List.of(Buffer.buffer(new byte[] {(byte) first})))).hasSize(1);
  }

  @Test
  void aPacketThatIsTooLargeIsRefusedBeforeItsContentComes() {
    Buffer stream = Packets.connect(5).id("abc").bytes();
    stream.appendBytes(new byte[] {0x30, (byte) 0xFE, 0x1F}); // one byte more than fits
    assertThat(packets(List.of(stream)).get(1))
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.reason()).isEqualTo(0x95));
  }

  @Test
  void theTopicThatIsRememberedIsNotMistakenForAnother() {
    Buffer stream = Packets.connect(4).id("abc").bytes();
    List<String> topics = List.of("a/b", "a/b", "a/c", "a/bc", "a", "a/b", "ä/b", "ä/b");
    for (String topic : topics)
      stream.appendBuffer(Packets.publish(4, 0, topic, -1).raw("x").bytes());
    List<String> read =
        packets(List.of(stream)).stream()
            .skip(1)
            .map(packet -> ((Publication) packet).message().topic().value())
            .toList();
    assertThat(read).isEqualTo(topics);
  }

  /** Whatever comes, the decoder neither fails nor goes on after a broken packet. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void damagedStreamsEndInOneBrokenPacketAtMost(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      byte[] stream = conversation(random.nextBoolean() ? 5 : 4).getBytes();
      int damages = 1 + random.nextInt(3);
      for (int i = 0; i < damages; i++)
        stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
      List<Packet> packets = packets(List.of(Buffer.buffer(stream)));
      for (Packet packet : packets.subList(0, Math.max(0, packets.size() - 1)))
        assertThat(packet).as("seed %d round %d", seed, round).isNotInstanceOf(Broken.class);
    }
  }

  private static Buffer conversation(int level) {
    boolean v5 = level == 5;
    Packets connect = Packets.connect(level).flags(0x04 | 0x80 | 0x40).id("zoë");
    if (v5) connect.properties("18 00 00 00 05 26 00 01 61 00 01 62");
    Packets subscribe = Packets.of(0x82).two(1);
    if (v5) subscribe.properties("0b 07");
    return connect
        .text("will")
        .text("gone")
        .text("name")
        .text("word")
        .bytes()
        .appendBuffer(subscribe.text("a/+").octet(1).text("#").octet(2).bytes())
        .appendBuffer(Packets.publish(level, 0, "a/b", -1).raw("x").bytes())
        .appendBuffer(Packets.publish(level, 2, "grün", 2).raw(new byte[300]).bytes())
        .appendBuffer(
            v5
                ? Packets.publish5(4, "a", 3, "01 01 02 00 00 00 3c 09 00 01 00").raw("y").bytes()
                : Packets.publish(level, 4, "a", 3).raw("y").bytes())
        .appendBuffer(Packets.of(0x62).two(3).bytes())
        .appendBuffer(Packets.of(0x40).two(4).bytes())
        .appendBuffer(Packets.of(0x50).two(5).bytes())
        .appendBuffer(Packets.unsubscribe(level, 6, "#").bytes())
        .appendBuffer(Packets.of(0xC0).bytes())
        .appendBuffer(Packets.of(0xE0).bytes());
  }

  private static List<String> read(List<Buffer> pieces) {
    return packets(pieces).stream().map(Object::toString).toList();
  }

  private static List<Packet> packets(List<Buffer> pieces) {
    ReadPackets reader = new ReadPackets(MAX_PACKET);
    List<Packet> packets = new ArrayList<>();
    for (Buffer piece : pieces) packets.addAll(reader.next(piece));
    reader.end();
    return packets;
  }
}
