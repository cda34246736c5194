package io.mestral.node;

import io.mestral.config.MestralConfig;
import io.mestral.config.PostgresOptions;
import io.mestral.config.StorageOptions;
import io.mestral.node.moving.ReadingsInUse;
import io.mestral.storage.Metadata;
import io.mestral.storage.cassandra.CannotStart;
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

/** The stores of a node, opened together and closed in the order that loses nothing. */
record Stores(
    Metadata metadata,
    ReadingsInUse readings,
    EmbeddedJournal journal,
    ReadingsHomes homes,
    Whereabouts whereabouts) {

  /**
   * Opens the stores that the configuration names; blocks while they recover what a crash left.
   *
   * @throws StartFailure when a server can't be used
   */
  static Stores open(Vertx vertx, MestralConfig config, MeterRegistry meters, Clock clock) {
    Whereabouts whereabouts = Whereabouts.in(config.storage().dataDir());
    whereabouts.require(new Whereabouts.Place(config.readings()));
    Metadata metadata = metadata(vertx, config, meters, clock);
    try {
      return open(vertx, config, metadata, whereabouts, new Probes(meters, clock));
    } catch (RuntimeException failure) {
      metadata.close();
      throw failure;
    }
  }

  private record Probes(MeterRegistry meters, Clock clock) {}

  private static Stores open(
      Vertx vertx,
      MestralConfig config,
      Metadata metadata,
      Whereabouts whereabouts,
      Probes probes) {
    StorageOptions options = config.storage();
    EmbeddedJournal journal =
        EmbeddedJournal.open(
            vertx,
            options.dataDir().resolve("journal"),
            JournalOptions.from(options),
            probes.meters);
    try {
      Whereabouts.Place place = new Whereabouts.Place(config.readings());
      Leftovers leftovers = new Leftovers(options.dataDir(), journal);
      leftovers.clear(place, whereabouts);
      ReadingsHomes homes = new ReadingsHomes(vertx, options, journal, probes.meters, probes.clock);
      return new Stores(
          metadata, new ReadingsInUse(vertx, homes.open(place)), journal, homes, whereabouts);
    } catch (CannotStart unusable) {
      journal.close();
      throw StartFailure.cannotUse("storage.readings", unusable);
    } catch (RuntimeException failure) {
      journal.close();
      throw failure;
    }
  }

  private static Metadata metadata(
      Vertx vertx, MestralConfig config, MeterRegistry meters, Clock clock) {
    if (config.metadata().isPresent()) return metadata(vertx, config.metadata().get(), meters);
    EmbeddedMetadata metadata = EmbeddedMetadata.open(vertx, config.storage().dataDir(), clock);
    metadata.measureIn(meters);
    return metadata;
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

  /** What of it lies in the data folder. */
  Sources sources(Path folder) {
    List<String> elsewhere = new ArrayList<>();
    Optional<EmbeddedReadingStore> ownReadings =
        readings.store() instanceof EmbeddedReadingStore own ? Optional.of(own) : Optional.empty();
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
