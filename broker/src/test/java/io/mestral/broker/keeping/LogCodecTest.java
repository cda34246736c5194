package io.mestral.broker.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.keeping.LogEntry.Done;
import io.mestral.broker.keeping.LogEntry.Message;
import io.mestral.broker.keeping.LogEntry.Piece;
import io.mestral.broker.keeping.LogEntry.Receipt;
import io.mestral.broker.keeping.LogEntry.ReceiptReleased;
import io.mestral.broker.keeping.LogEntry.Received;
import io.mestral.broker.keeping.LogEntry.SessionEnded;
import io.mestral.broker.keeping.LogEntry.SessionState;
import io.mestral.broker.keeping.LogEntry.Subscribed;
import io.mestral.broker.keeping.LogEntry.Unsubscribed;
import io.mestral.broker.session.Terms.LastWill;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.mqtt.UserProperty;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogCodecTest {
  private static final Publish PLAIN =
      Publish.of(new Topic("a/ö"), Buffer.buffer("x"), QoS.AT_LEAST_ONCE);
  private static final Publish RICH =
      new Publish(
          new Topic("t"),
          Buffer.buffer(),
          QoS.EXACTLY_ONCE,
          true,
          new PublishProperties(
              OptionalInt.of(1),
              Optional.of(Duration.ofSeconds(300)),
              Optional.of("text"),
              Optional.of(new Topic("answer")),
              Optional.of(Buffer.buffer("id")),
              List.of(new UserProperty("b", "1"), new UserProperty("a", ""))));
  private static final Subscription OPTIONS =
      new Subscription(QoS.EXACTLY_ONCE, true, true, List.of(1, 268_435_455));

  static List<LogEntry> entries() {
    return List.of(
        new SessionState(
            300,
            "user:1",
            "c",
            Duration.ofDays(7),
            OptionalLong.of(5),
            Optional.empty(),
            7,
            9,
            true),
        new SessionState(
            1,
            "anonymous",
            "",
            Duration.ZERO,
            OptionalLong.empty(),
            Optional.of(new LastWill(RICH, Duration.ofSeconds(10))),
            0,
            1,
            true),
        new SessionState(
            1, "anonymous", "", Duration.ZERO, OptionalLong.empty(), Optional.empty(), 0, 1, false),
        new SessionEnded(1),
        new Subscribed(2, new TopicFilter("a/#"), OPTIONS),
        new Unsubscribed(2, new TopicFilter("+")),
        new Message(PLAIN, 1_700_000_000_000L, false, List.of(), Optional.empty()),
        new Message(
            RICH,
            1,
            true,
            List.of(
                new Copy(1, 2, Subscription.at(QoS.AT_LEAST_ONCE)),
                new Copy(Long.MAX_VALUE, 70_000, OPTIONS)),
            Optional.of(new Receipt(4, 65_535))),
        new Message(
            PLAIN,
            1,
            false,
            List.of(
                new Copy(1, 2, OPTIONS.sharing(new TopicFilter("$share/g/#"))),
                new Copy(2, 1, Subscription.at(QoS.AT_LEAST_ONCE))),
            Optional.of(new Receipt(4, 1)),
            Piece.FIRST),
        new Message(PLAIN, 1, true, List.of(), Optional.of(new Receipt(4, 1)), Piece.LAST),
        new Receipt(4, 1),
        new ReceiptReleased(4, 1),
        new Received(4, 128),
        new Done(4, List.of(1L, 127L, 128L, 1L << 40)));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void whatWasWrittenIsRead(LogEntry entry) {
    assertThat(LogReader.read(LogWriter.write(entry))).isEqualTo(entry);
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aRecordThatIsCutIsNotTakenForAnother(LogEntry entry) {
    Buffer whole = LogWriter.write(entry);
    for (int length = 0; length < whole.length(); length++) {
      Buffer cut = whole.getBuffer(0, length);
      assertThatThrownBy(() -> LogReader.read(cut)).isInstanceOf(DamagedEntry.class);
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void damageIsNamedOrReadAsSomethingElseButNeverThrowsUnforeseen(LogEntry entry) {
    Random random = new Random(1);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = LogWriter.write(entry).getBytes();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        assertThat(LogReader.read(Buffer.buffer(bytes))).isNotNull();
      } catch (DamagedEntry named) {
        assertThat(named).hasMessageContainingAll("");
      }
    }
  }

  @Test
  void aRecordOfALaterVersionIsLeftAlone() {
    assertThatThrownBy(() -> LogReader.read(hex("02 02 01")))
        .isInstanceOf(DamagedEntry.class)
        .hasMessage("kind 2 of version 2");
  }

  /** These stand on disks: every version of the program reads them. */
  @Test
  void theFirstVersionStaysAsItIs() {
    Message message =
        new Message(
            PLAIN,
            258,
            true,
            List.of(new Copy(3, 200, Subscription.at(QoS.AT_LEAST_ONCE))),
            Optional.of(new Receipt(4, 5)));
    assertThat(
            LogReader.read(
                hex(
                    "05 01 03 00 00 00 00 00 00 01 02 04 00 05 01 03 c8 01 01 01 04 61 2f c3 b6 01 78")))
        .isEqualTo(message);
    assertThat(LogReader.read(hex("09 01 04 02 01 80 01")))
        .isEqualTo(new Done(4, List.of(1L, 128L)));
  }

  private static Buffer hex(String hex) {
    return Buffer.buffer(HexFormat.ofDelimiter(" ").parseHex(hex));
  }
}
