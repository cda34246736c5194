package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.SlowKeeper;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Promise;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retained messages behind one that waits for a receiver which keeps for itself. */
class KeptRetainedTest {
  private static final int QOS1_RETAIN = 0x03;
  private static final int QOS2_RETAIN = 0x05;

  @TempDir Path folder;
  private final SlowKeeper slow = new SlowKeeper();
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.keeping(folder);
    broker.receive("a", slow);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void whatWasRetainedLastIsThereAfterARestart() throws Exception {
    setBehind("y", "x");
    assertRetainedAfterRestart();
  }

  @Test
  void anEarlierClearingOfAnEmptyTopicDoesNotTakeAwayWhatCameAfterIt() throws Exception {
    setBehind("", "x");
    assertRetainedAfterRestart();
  }

  @Test
  void whoIsThereGetsBothWithoutWaiting() throws Exception {
    try (RawClient watcher = RawClient.v3(broker, "watcher")) {
      watcher.send(Packets.subscribe(4, 1, "a", 1)).expect("90 03 00 01 01");
      setBehind("y", "x", () -> watcher.expect("32 06 00 01 61 00 01 79"));
      watcher.expect("32 06 00 01 61 00 02 78").expectNothing();
    }
  }

  private void setBehind(String first, String second) throws Exception {
    setBehind(first, second, () -> {});
  }

  /** One exactly once, and while it waits another one, whose receivers answer first. */
  private void setBehind(String first, String second, Between between) throws Exception {
    try (RawClient kept = RawClient.to(broker).send(Packets.connect(4).onlyFlags(0).id("kept"));
        RawClient other = RawClient.v3(broker, "other")) {
      kept.expect("20 02 00 00").send(Packets.publish(4, QOS2_RETAIN, "a", 7).raw(first));
      Promise<Delivery> earlier = slow.next();
      between.happens();
      other.send(Packets.publish(4, QOS1_RETAIN, "a", 1).raw(second));
      slow.next().complete(Delivery.DONE);
      other.expectNothing();
      assertThat(earlier.tryComplete(Delivery.DONE)).isTrue();
      kept.expect("50 02 00 07");
      other.expect("40 02 00 01");
    }
  }

  /** What is seen between the two messages. */
  private interface Between {
    void happens() throws Exception;
  }

  private void assertRetainedAfterRestart() throws Exception {
    broker.close();
    broker = TestBroker.keeping(folder);
    try (RawClient late = RawClient.v3(broker, "late")) {
      late.send(Packets.subscribe(4, 1, "a", 1)).expect("90 03 00 01 01");
      late.expect("33 06 00 01 61 00 01 78");
    }
  }
}
