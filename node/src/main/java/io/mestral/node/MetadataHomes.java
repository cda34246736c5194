package io.mestral.node;

import io.mestral.config.PostgresOptions;
import io.mestral.storage.MovableMetadata;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.postgresql.PostgresMetadata;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Opens the metadata: in the data folder, or on a server. */
record MetadataHomes(Vertx vertx, Path folder, MeterRegistry meters, Clock clock) {
  private static final String METERS = "mestral.metadata.";

  /**
   * Opens it; blocks while a schema is brought up to date.
   *
   * @throws io.mestral.storage.postgresql.schema.ServerUnusable when there is no way in
   * @throws io.mestral.storage.postgresql.schema.SchemaMismatch when somebody else's is there
   */
  MovableMetadata open(Optional<PostgresOptions> server) {
    return server.isPresent()
        ? PostgresMetadata.open(vertx, server.get())
        : EmbeddedMetadata.open(vertx, folder, clock);
  }

  /**
   * Refuses to make anew in the folder what was moved into it.
   *
   * @throws StartFailure when it isn't there
   */
  void requireMoved(Whereabouts whereabouts) {
    if (whereabouts.isMovedHere("metadata") && !EmbeddedMetadata.isIn(folder, clock))
      throw StartFailure.dataFolder(
          "the metadata went into the data folder "
              + folder
              + " (data.dir), but metadata.db isn't there: bring it back, or restore a backup that"
              + " has it");
  }

  /** Shows how it goes, in the place of what was used before. */
  void measure(MovableMetadata metadata) {
    for (Meter meter : meters.getMeters())
      if ((meter instanceof Gauge || meter instanceof FunctionCounter)
          && meter.getId().getName().startsWith(METERS)) meters.remove(meter);
    if (metadata instanceof EmbeddedMetadata own) own.measureIn(meters);
    if (metadata instanceof PostgresMetadata others) others.measureIn(meters);
  }
}
