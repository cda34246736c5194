package io.mestral.node;

import io.mestral.config.CassandraOptions;
import io.mestral.config.MestralConfig;
import io.mestral.config.PostgresOptions;
import io.mestral.config.StorageOptions;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.cassandra.CannotStart;
import io.mestral.storage.cassandra.CassandraReadingStore;
import io.mestral.storage.embedded.backup.Sources;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.mestral.storage.postgresql.PostgresMetadata;
import io.mestral.storage.postgresql.schema.SchemaMismatch;
import io.mestral.storage.postgresql.schema.ServerUnusable;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The stores of a node, opened together and closed in the order that loses nothing. */
record Stores(Metadata metadata, ReadingStore readings, EmbeddedJournal journal) {

  /**
   * Opens the stores that the configuration names; blocks while they recover what a crash left.
   *
   * @throws StartFailure when a server can't be used
   */
  static Stores open(Vertx vertx, MestralConfig config, MeterRegistry meters, Clock clock) {
    Metadata metadata = metadata(vertx, config, meters, clock);
    try {
      return open(vertx, config, metadata, meters, clock);
    } catch (RuntimeException failure) {
      metadata.close();
      throw failure;
    }
  }

  private static Stores open(
      Vertx vertx, MestralConfig config, Metadata metadata, MeterRegistry meters, Clock clock) {
    StorageOptions options = config.storage();
    EmbeddedJournal journal =
        EmbeddedJournal.open(
            vertx, options.dataDir().resolve("journal"), JournalOptions.from(options), meters);
    try {
      ReadingStore readings =
          config.readings().isPresent()
              ? cassandra(
                  config.readings().get(),
                  new CassandraReadingStore.Ground(
                      vertx, journal, options.openReadings(), options.retention(), meters, clock))
              : EmbeddedReadingStore.open(vertx, journal, options, meters, clock);
      return new Stores(metadata, readings, journal);
    } catch (RuntimeException failure) {
      journal.close();
      throw failure;
    }
  }

  private static ReadingStore cassandra(
      CassandraOptions cluster, CassandraReadingStore.Ground ground) {
    try {
      return CassandraReadingStore.open(ground, cluster)
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof CannotStart unusable)
        throw StartFailure.cannotUse("storage.readings", unusable);
      throw failure;
    }
  }

  private static Metadata metadata(
      Vertx vertx, MestralConfig config, MeterRegistry meters, Clock clock) {
    if (config.metadata().isPresent()) return metadata(vertx, config.metadata().get(), meters);
    try {
      EmbeddedMetadata metadata = EmbeddedMetadata.open(vertx, config.storage().dataDir(), clock);
      metadata.measureIn(meters);
      return metadata;
    } catch (io.mestral.storage.embedded.metadata.sqlite.SchemaMismatch newer) {
      throw StartFailure.cannotUse("storage.metadata", newer);
    }
  }

  private static Metadata metadata(Vertx vertx, PostgresOptions server, MeterRegistry meters) {
    try {
      PostgresMetadata metadata = PostgresMetadata.open(vertx, server);
      metadata.measureIn(meters);
      return metadata;
    } catch (ServerUnusable | SchemaMismatch unusable) {
      throw StartFailure.cannotUse("storage.metadata", unusable);
    }
  }

  /** Readings first: they still write to the journal. */
  Future<Void> close() {
    return readings.close().eventually(journal::close).eventually(metadata::close);
  }

  /** The highest number of a device whose readings are in the data folder; 0 without any. */
  Future<Long> highestDevice() {
    return readings instanceof EmbeddedReadingStore own
        ? own.highestDevice()
        : Future.succeededFuture(0L);
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
