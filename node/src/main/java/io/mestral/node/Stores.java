package io.mestral.node;

import io.mestral.config.StorageOptions;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.embedded.backup.Sources;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stores of a node, opened together and closed in the order that loses nothing. */
record Stores(Metadata metadata, ReadingStore readings, EmbeddedJournal journal) {

  /** Opens the embedded stores; blocks while they recover what a crash left. */
  static Stores embedded(Vertx vertx, StorageOptions options, MeterRegistry meters, Clock clock) {
    Path folder = options.dataDir();
    EmbeddedMetadata metadata = EmbeddedMetadata.open(vertx, folder, clock);
    metadata.measureIn(meters);
    EmbeddedJournal journal =
        EmbeddedJournal.open(
            vertx, folder.resolve("journal"), JournalOptions.from(options), meters);
    EmbeddedReadingStore readings =
        EmbeddedReadingStore.open(vertx, journal, options, meters, clock);
    return new Stores(metadata, readings, journal);
  }

  /** Readings first: they still write to the journal. */
  Future<Void> close() {
    return readings.close().eventually(journal::close).eventually(metadata::close);
  }

  /** What of it lies in the data folder. */
  Sources sources(Path folder) {
    List<String> elsewhere = new ArrayList<>();
    Optional<EmbeddedReadingStore> ownReadings =
        readings instanceof EmbeddedReadingStore own ? Optional.of(own) : Optional.empty();
    if (ownReadings.isEmpty()) elsewhere.add("readings: storage.readings names a server");
    Optional<EmbeddedMetadata> ownMetadata =
        metadata instanceof EmbeddedMetadata own ? Optional.of(own) : Optional.empty();
    if (ownMetadata.isEmpty()) elsewhere.add("metadata: storage.metadata names a server");
    return new Sources(
        folder, journal, ownReadings, ownMetadata, elsewhere, DataFolder.FILES_TO_KEEP);
  }

  /** Succeeds when both stores take writes. */
  Future<Void> check() {
    return Future.all(metadata.check(), readings.check()).mapEmpty();
  }
}
