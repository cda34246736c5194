package io.mestral.storage.embedded.readings;

import io.mestral.config.Retention;
import io.mestral.config.StorageOptions;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** A store and its journal in one folder. */
final class StoreOnDisk {
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final EmbeddedJournal journal;
  final EmbeddedReadingStore store;

  private StoreOnDisk(Vertx vertx, StorageOptions options, Clock clock) {
    journal =
        EmbeddedJournal.open(
            vertx, options.dataDir().resolve("journal"), JournalOptions.from(options), meters);
    store = EmbeddedReadingStore.open(vertx, journal, options, meters, clock);
  }

  static StoreOnDisk open(Vertx vertx, Path folder) {
    return open(vertx, options(folder, 100_000), Clock.systemUTC());
  }

  static StoreOnDisk open(Vertx vertx, StorageOptions options, Clock clock) {
    return new StoreOnDisk(vertx, options, clock);
  }

  static StorageOptions options(Path folder, int openReadings) {
    return new StorageOptions(folder, Optional.empty(), openReadings, 64 << 20, Retention.FOREVER);
  }

  void close() {
    Settled.value(store.close());
    Settled.value(journal.close());
  }

  /** Leaves memory behind, as a kill does: what comes back comes from the journal. */
  void abandon() {
    Settled.value(journal.close());
    Settled.value(store.close());
  }
}
