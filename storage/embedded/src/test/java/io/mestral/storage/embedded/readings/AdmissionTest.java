package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.readings.format.BatchCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings that come faster than they are sealed, in a store that holds a thousand of them. */
class AdmissionTest {
  private static final long APRIL = 1_775_001_600L; // 2026-04-01T00:00:00Z
  private static final Series SERIES = new Series(new DeviceId(1), new SensorId(53));

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private StoreOnDisk disk;

  @BeforeEach
  void open() {
    disk = StoreOnDisk.open(vertx, StoreOnDisk.options(folder, 1000), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    disk.close();
    Settled.value(vertx.close());
  }

  @Test
  void whenSealingFailsAppendsAreBoundedAndNothingIsLost() throws IOException {
    Path obstacle = folder.resolve("readings/readings-2026-04.db");
    Files.createDirectories(obstacle.resolve("in-the-way"));
    int kept = 0;
    while (kept < 10_000
        && Settled.value(disk.store.append(batch(kept, 100, kept)).map(true).otherwise(false)))
      kept += 100;
    assertThat(kept).isBetween(2000, 3300);
    Settled.isRefused(disk.store.append(batch(kept, 100, kept)), Refusal.QUOTA_EXCEEDED);
    Settled.isRefused(disk.store.check(), Refusal.QUOTA_EXCEEDED);
    assertThat(read().size()).isEqualTo(kept);
    Files.delete(obstacle.resolve("in-the-way"));
    Files.delete(obstacle);
    Settled.value(disk.store.seal());
    Settled.value(disk.store.seal());
    Settled.value(disk.store.check());
    Settled.value(disk.store.append(batch(kept, 100, kept)));
    assertThat(read().size()).isEqualTo(kept + 100);
  }

  @Test
  void whatComesFasterThanItIsSealedIsAllKeptAndTheLastCounts() {
    for (int round = 0; round < 2000; round++)
      Settled.value(
          Future.all(
              disk.store.append(batch(0, 100, -1)), disk.store.append(batch(0, 100, round))));
    assertThat(read().size()).isEqualTo(100);
    assertThat(read().value(99)).isEqualTo(1999);
    Settled.value(disk.store.check());
  }

  @Test
  void aBatchLargerThanAllTablesIsTakenInWheneverThereIsATurn() {
    Settled.value(disk.store.append(batch(-1, 1, 0))); // the open table is not empty
    Settled.value(disk.store.append(batch(0, 10_000, 1)));
    assertThat(read().size()).isEqualTo(10_001);
    Settled.value(disk.store.seal());
    Settled.value(disk.store.append(batch(0, 10_000, 2)));
    assertThat(read().size()).isEqualTo(10_001);
  }

  @Test
  void ofHugeBatchesAtOnceOneWaitsForATurn() {
    Future<Void> first = disk.store.append(batch(0, 10_000, 1));
    Settled.value(disk.store.append(batch(0, 10_000, 2)));
    Settled.value(first);
    assertThat(read().size()).isEqualTo(10_000);
    assertThat(read().value(9_999)).isEqualTo(2);
  }

  @Test
  void whoFindsNoPlaceWaitsForTheTurnInTheOrderOfComing() {
    Memory memory = full();
    Admission admission = new Admission(vertx, memory, () -> true);
    List<Integer> in = new CopyOnWriteArrayList<>();
    Future<Void> first = admission.enter(300).onSuccess(place -> in.add(1));
    Future<Void> second = admission.enter(300).onSuccess(place -> in.add(2));
    Settled.isRefused(admission.enter(1), Refusal.QUOTA_EXCEEDED);
    assertThat(admission.waiting()).isEqualTo(600);
    assertThat(first.isComplete()).isFalse();
    assertThat(admission.isClosed()).isTrue();
    assertThat(memory.turn()).isTrue();
    admission.lookAround();
    Settled.value(Future.all(first, second));
    assertThat(in).containsExactly(1, 2);
    assertThat(admission.waiting()).isZero();
    assertThat(admission.isClosed()).isFalse();
    Settled.value(admission.enter(1));
  }

  @Test
  void whoWaitsIsSentAwayWhenSealingFailsOrTheStoreIsClosed() {
    AtomicBoolean flowing = new AtomicBoolean(true);
    Admission admission = new Admission(vertx, full(), flowing::get);
    Future<Void> first = admission.enter(1);
    flowing.set(false);
    Settled.isRefused(admission.enter(1), Refusal.QUOTA_EXCEEDED);
    admission.lookAround();
    Settled.isRefused(first, Refusal.QUOTA_EXCEEDED);
    flowing.set(true);
    Future<Void> second = admission.enter(1);
    admission.close(new RefusedException(Refusal.UNAVAILABLE, "closed"));
    Settled.isRefused(second, Refusal.UNAVAILABLE);
    assertThat(admission.waiting()).isZero();
  }

  /** Twice a table's readings, the most there may be beside a table that is being sealed. */
  private static Memory full() {
    Memory memory = new Memory(1000, Clock.systemUTC());
    for (Buffer body : BatchCodec.encode(batch(0, 2000, 1), 1 << 20)) memory.take(1, body);
    return memory;
  }

  private static List<Reading> batch(int from, int count, double value) {
    List<Reading> batch = new ArrayList<>();
    for (int i = from; i < from + count; i++)
      batch.add(new Reading(SERIES.device(), SERIES.sensor(), APRIL + i, value));
    return batch;
  }

  private Samples read() {
    return Settled.value(disk.store.read(SERIES, TimeRange.ALWAYS, Integer.MAX_VALUE));
  }
}
