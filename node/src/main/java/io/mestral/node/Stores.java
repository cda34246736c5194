package io.mestral.node;

import io.mestral.config.CassandraOptions;
import io.mestral.config.MestralConfig;
import io.mestral.config.PostgresOptions;
import io.mestral.node.moving.MetadataInUse;
import io.mestral.node.moving.ReadingsInUse;
import io.mestral.storage.Metadata;
import io.mestral.storage.MovableMetadata;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.cassandra.CannotStart;
import io.mestral.storage.embedded.backup.Sources;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.mestral.storage.postgresql.schema.SchemaMismatch;
import io.mestral.storage.postgresql.schema.ServerUnusable;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stores of a node, opened together and closed in the order that loses nothing.
 *
 * @param whereabouts where they are, as far as they were moved
 */
record Stores(
    MetadataInUse metadataInUse,
    ReadingsInUse readings,
    EmbeddedJournal journal,
    Whereabouts whereabouts) {

  /**
   * Opens the stores that the configuration names; blocks while they recover what a crash left.
   *
   * @throws StartFailure when a server can't be used
   */
  static Stores open(Vertx vertx, MestralConfig config, MeterRegistry meters, Clock clock) {
    Path folder = config.storage().dataDir();
    Whereabouts whereabouts = Whereabouts.in(folder);
    Whereabouts.Place place = Whereabouts.Place.ofMetadata(config.metadata());
    whereabouts.require(place);
    whereabouts.require(Whereabouts.Place.ofReadings(config.readings()));
    Leftovers.clearMetadata(folder, place, whereabouts);
    MetadataHomes metadataHomes = new MetadataHomes(vertx, folder, meters, clock);
    metadataHomes.requireMoved(whereabouts);
    MovableMetadata metadata = metadata(metadataHomes, config.metadata());
    try {
      EmbeddedJournal journal =
          EmbeddedJournal.open(
              vertx, folder.resolve("journal"), JournalOptions.from(config.storage()), meters);
      ReadingsHomes homes = new ReadingsHomes(vertx, config.storage(), journal, meters, clock);
      ReadingsInUse readings =
          new ReadingsInUse(vertx, readings(homes, config.readings(), whereabouts));
      return new Stores(new MetadataInUse(metadata), readings, journal, whereabouts);
    } catch (RuntimeException failure) {
      metadata.close();
      throw failure;
    }
  }

  private static MovableReadings readings(
      ReadingsHomes homes, Optional<CassandraOptions> cluster, Whereabouts whereabouts) {
    try {
      new Leftovers(homes.options().dataDir(), homes.journal())
          .clearReadings(Whereabouts.Place.ofReadings(cluster), whereabouts);
      Optional<String> ours = whereabouts.moved("readings").map(Whereabouts.Move::id);
      MovableReadings opened = homes.open(cluster, ours);
      ours.ifPresent(id -> KeyspaceTenancy.leave(opened, id)); // a kill came between
      return opened;
    } catch (CannotStart unusable) {
      homes.journal().close();
      throw StartFailure.cannotUse("storage.readings", unusable);
    } catch (RuntimeException failure) {
      homes.journal().close();
      throw failure;
    }
  }

  private static MovableMetadata metadata(MetadataHomes homes, Optional<PostgresOptions> server) {
    try {
      MovableMetadata metadata = homes.open(server);
      homes.measure(metadata);
      return metadata;
    } catch (ServerUnusable
        | SchemaMismatch
        | io.mestral.storage.embedded.metadata.sqlite.SchemaMismatch unusable) {
      throw StartFailure.cannotUse("storage.metadata", unusable);
    }
  }

  /** The ports, whichever engine is behind them. */
  Metadata metadata() {
    return metadataInUse.ports();
  }

  /** Readings first: they still write to the journal. */
  Future<Void> close() {
    return readings.close().eventually(journal::close).eventually(metadata()::close);
  }

  /** The highest number of a device whose readings are in the data folder; 0 without any. */
  Future<Long> highestDevice() {
    return readings.store() instanceof EmbeddedReadingStore own
        ? own.highestDevice()
        : Future.succeededFuture(0L);
  }

  /** What of it lies in the data folder. */
  Sources sources(Path folder) {
    List<String> elsewhere = new ArrayList<>();
    Optional<EmbeddedReadingStore> ownReadings =
        readings.store() instanceof EmbeddedReadingStore own ? Optional.of(own) : Optional.empty();
    if (ownReadings.isEmpty()) elsewhere.add("readings: storage.readings names a server");
    Optional<EmbeddedMetadata> ownMetadata =
        metadataInUse.engine() instanceof EmbeddedMetadata own
            ? Optional.of(own)
            : Optional.empty();
    if (ownMetadata.isEmpty()) elsewhere.add("metadata: storage.metadata names a server");
    return new Sources(
        folder, journal, ownReadings, ownMetadata, elsewhere, DataFolder.FILES_TO_KEEP);
  }

  /** What of it can be moved, by name. */
  Map<String, Cargo> cargoes(Vertx vertx, MestralConfig config, MeterRegistry meters, Clock clock) {
    Leftovers leftovers = new Leftovers(config.storage().dataDir(), journal);
    return Map.of(
        "readings",
        new ReadingsCargo(
            readings,
            new ReadingsHomes(vertx, config.storage(), journal, meters, clock),
            leftovers,
            config.readings()),
        "metadata",
        new MetadataCargo(
            metadataInUse,
            new MetadataHomes(vertx, config.storage().dataDir(), meters, clock),
            leftovers,
            config.metadata()));
  }

  /** Succeeds when both stores take writes. */
  Future<Void> check() {
    return Future.all(metadata().check(), readings.check()).mapEmpty();
  }
}
