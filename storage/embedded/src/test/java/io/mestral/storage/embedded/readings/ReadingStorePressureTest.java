package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readings that come faster than they are sealed, in a store that holds a thousand of them. */
class ReadingStorePressureTest {
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
