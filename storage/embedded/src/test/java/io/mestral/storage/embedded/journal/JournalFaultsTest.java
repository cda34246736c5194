package io.mestral.storage.embedded.journal;

import static io.mestral.storage.embedded.journal.Journals.OTHER;
import static io.mestral.storage.embedded.journal.Journals.STREAM;
import static io.mestral.storage.embedded.journal.Journals.append;
import static io.mestral.storage.embedded.journal.Journals.segments;
import static io.mestral.storage.embedded.journal.Journals.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.mestral.storage.Settled;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFaultsTest {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final FailingDisk disk = new FailingDisk();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void afterAHalfWriteTheFileIsCutBackAndGoodRecordsFollow() {
    EmbeddedJournal journal = open(Journals.SMALL);
    append(journal, STREAM, "before");
    disk.writesFail = true;
    Settled.isRefused(journal.append(STREAM, Buffer.buffer("lost")), Refusal.UNAVAILABLE);
    Settled.isRefused(journal.check(), Refusal.UNAVAILABLE);
    assertThat(texts(journal, STREAM)).containsExactly("before");
    disk.writesFail = false;
    append(journal, STREAM, "behind");
    Settled.value(journal.check());
    Settled.value(journal.close());
    assertReopens("before", "behind");
    assertThat(meters.counter("mestral.journal.refused").count()).isEqualTo(2);
  }

  /** The answer can be there before the caller looks: that is no second refusal. */
  @RepeatedTest(20)
  void aRefusalIsCountedOnce() {
    EmbeddedJournal journal = open(Journals.SMALL);
    disk.writesFail = true;
    for (int i = 0; i < 50; i++)
      Settled.isRefused(journal.append(STREAM, Buffer.buffer("lost")), Refusal.UNAVAILABLE);
    disk.writesFail = false;
    assertThat(meters.counter("mestral.journal.refused").count()).isEqualTo(50);
    Settled.value(journal.close());
  }

  @Test
  void aStreamThatBeganWithAFailureIsStillNamedOnDisk() {
    EmbeddedJournal journal = open(Journals.SMALL);
    disk.writesFail = true;
    Settled.isRefused(journal.append(STREAM, Buffer.buffer("lost")), Refusal.UNAVAILABLE);
    disk.writesFail = false;
    append(journal, STREAM, "kept");
    Settled.value(journal.close());
    assertReopens("kept");
  }

  @Test
  void afterAFailedSyncAnotherSegmentIsUsedAndNoNumberComesTwice() {
    EmbeddedJournal journal = open(Journals.SMALL);
    assertThat(append(journal, STREAM, "before")).isEqualTo(1);
    disk.syncsFail = true;
    Settled.isRefused(journal.append(STREAM, Buffer.buffer("unknown")), Refusal.UNAVAILABLE);
    disk.syncsFail = false;
    assertThat(append(journal, STREAM, "behind")).isEqualTo(3);
    assertThat(segments(folder)).hasSize(2);
    Settled.value(journal.close());
    assertReopens("before", "behind");
  }

  @Test
  void aDiskThatTakesNoFileStillStartsAndStillTrims() {
    EmbeddedJournal journal = open(Journals.SMALL);
    for (int i = 0; i < 30; i++) append(journal, STREAM, "x".repeat(500));
    append(journal, OTHER, "last");
    Settled.value(journal.close());
    int files = segments(folder).size();
    disk.createsFail = true;
    EmbeddedJournal again = open(Journals.SMALL);
    assertThat(texts(again, STREAM)).hasSize(30);
    Settled.isRefused(again.append(STREAM, Buffer.buffer("more")), Refusal.UNAVAILABLE);
    Settled.isRefused(again.trim(STREAM, 30), Refusal.UNAVAILABLE); // not noted, and yet:
    Settled.isRefused(again.check(), Refusal.UNAVAILABLE);
    assertThat(segments(folder)).hasSizeLessThan(files);
    disk.createsFail = false;
    append(again, STREAM, "more");
    assertThat(texts(again, STREAM)).containsExactly("more");
    assertThat(texts(again, OTHER)).containsExactly("last");
    Settled.value(again.close());
  }

  @Test
  void callsThatWaitAreBoundedByNumberAndBytes() {
    JournalOptions narrow = new JournalOptions(4096, 1 << 20, 4096, Optional.empty(), 10, 1000);
    EmbeddedJournal journal = open(narrow);
    CountDownLatch gate = new CountDownLatch(1);
    disk.syncsWaitFor = gate;
    Future<Long> syncing = journal.append(STREAM, Buffer.buffer("held"));
    await(disk.syncing);
    List<Future<Long>> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) waiting.add(journal.append(STREAM, Buffer.buffer("w")));
    assertThat(waiting.stream().filter(Future::failed)).hasSizeBetween(10, 11);
    assertThat(meters.get("mestral.journal.waiting").gauge().value()).isEqualTo(10);
    waiting.stream()
        .filter(Future::failed)
        .forEach(refused -> Settled.isRefused(refused, Refusal.QUOTA_EXCEEDED));
    gate.countDown();
    assertThat(Settled.value(syncing)).isEqualTo(1);
    Settled.isRefused(
        journal.append(STREAM, Buffer.buffer(new byte[1001])), Refusal.QUOTA_EXCEEDED);
    Settled.value(journal.close());
  }

  @Test
  void whatGathersDuringASyncIsWrittenWithOne() {
    EmbeddedJournal journal = open(Journals.SMALL);
    append(journal, STREAM, "first");
    double before = meters.counter("mestral.journal.syncs").count();
    CountDownLatch gate = new CountDownLatch(1);
    disk.syncsWaitFor = gate;
    List<Future<Long>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) answers.add(journal.append(STREAM, Buffer.buffer("b" + i)));
    gate.countDown();
    Settled.value(Future.all(answers));
    assertThat(meters.counter("mestral.journal.syncs").count() - before).isLessThanOrEqualTo(2);
    assertThat(meters.counter("mestral.journal.appended").count()).isEqualTo(101);
    Settled.value(journal.close());
  }

  @Test
  void withAnIntervalRecordsAreAcknowledgedBeforeTheSyncAndSyncedByClose() {
    JournalOptions lazy =
        new JournalOptions(4096, 1 << 20, 4096, Optional.of(Duration.ofHours(1)), 100, 1 << 20);
    EmbeddedJournal journal = open(lazy);
    append(journal, STREAM, "a");
    assertThat(meters.counter("mestral.journal.syncs").count()).isZero();
    assertThat(texts(journal, STREAM)).containsExactly("a");
    Settled.value(journal.close());
    assertReopens("a");
  }

  @Test
  void withAnIntervalTheSyncComesByItself() {
    JournalOptions soon =
        new JournalOptions(4096, 1 << 20, 4096, Optional.of(Duration.ofMillis(5)), 100, 1 << 20);
    EmbeddedJournal journal = open(soon);
    append(journal, STREAM, "a");
    await(disk.syncing);
    Settled.value(journal.close());
  }

  private EmbeddedJournal open(JournalOptions options) {
    meters.clear();
    return EmbeddedJournal.open(vertx, folder, options, meters, disk);
  }

  private void assertReopens(String... expected) {
    EmbeddedJournal again = Journals.open(vertx, folder);
    assertThat(again.report().damages()).isEmpty();
    assertThat(texts(again, STREAM)).containsExactly(expected);
    Settled.value(again.close());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
