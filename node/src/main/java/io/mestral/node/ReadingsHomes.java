package io.mestral.node;

import io.mestral.config.CassandraOptions;
import io.mestral.config.StorageOptions;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.cassandra.CannotStart;
import io.mestral.storage.cassandra.CassandraReadingStore;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.readings.EmbeddedReadingStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Opens the readings: in the node, or in a cluster. */
record ReadingsHomes(
    Vertx vertx,
    StorageOptions options,
    EmbeddedJournal journal,
    MeterRegistry meters,
    Clock clock) {

  /**
   * Opens it; blocks while it recovers what a crash left.
   *
   * @param ours the move that fills the place or filled it; empty when none of this folder's did
   * @throws CannotStart when a server can't be used
   */
  MovableReadings open(Optional<CassandraOptions> cluster, Optional<String> ours) {
    return cluster.isPresent()
        ? cassandra(cluster.get(), ours)
        : EmbeddedReadingStore.open(vertx, journal, options, meters, clock);
  }

  /** Closes a store that isn't used; what would show how it goes goes, too. */
  void close(MovableReadings store, Optional<CassandraOptions> cluster) {
    store.close().toCompletionStage().toCompletableFuture().join();
    String gauges = cluster.isPresent() ? "mestral.cassandra." : "mestral.readings.open";
    for (Meter meter : meters.getMeters())
      if (meter instanceof Gauge && meter.getId().getName().startsWith(gauges))
        meters.remove(meter);
  }

  private MovableReadings cassandra(CassandraOptions cluster, Optional<String> ours) {
    try {
      return CassandraReadingStore.open(
              new CassandraReadingStore.Ground(
                  vertx, journal, options.openReadings(), options.retention(), meters, clock),
              cluster,
              ours)
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof CannotStart unusable) throw unusable;
      throw failure;
    }
  }
}
