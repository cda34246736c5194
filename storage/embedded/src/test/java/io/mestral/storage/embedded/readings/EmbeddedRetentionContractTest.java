package io.mestral.storage.embedded.readings;

import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.storage.MovableClock;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.RetentionContract;
import io.mestral.storage.Settled;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRetentionContractTest extends RetentionContract {
  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock(NOW);
  private StoreOnDisk disk;

  @AfterEach
  void close() {
    disk.close();
    Settled.value(vertx.close());
  }

  @Override
  protected ReadingStore store() {
    return disk.store;
  }

  @Override
  protected int tooLate() {
    return (int) disk.meters.counter("mestral.readings.too.late").count();
  }

  @Override
  protected void open(int rawDays, int rollupDays) {
    if (disk != null) disk.close();
    Retention retention = new Retention(days(rawDays), days(rollupDays));
    disk =
        StoreOnDisk.open(
            vertx,
            new StorageOptions(folder, Optional.empty(), 100_000, 64 << 20, retention),
            clock);
    pass(0);
  }

  private static Optional<Duration> days(int days) {
    return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
  }

  @Override
  protected void settle() {
    Settled.value(disk.store.seal());
  }

  /** Letting go is done in steps; sealing gets its turns between them. */
  @Override
  protected void pass(long seconds) {
    clock.forward(seconds);
    disk.store.lookAround();
    for (int turn = 0; turn < 20; turn++) settle();
  }
}
