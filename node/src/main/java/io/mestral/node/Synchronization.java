package io.mestral.node;

import io.mestral.config.MestralConfig;
import io.mestral.config.NodeOptions.Profile;
import io.mestral.routing.Router;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.ingestion.IngestClient;
import io.mestral.verticles.uplink.ReadingUplink;
import io.mestral.verticles.uplink.UplinkedReadings;
import io.mestral.verticles.uplink.receiving.EdgeDevices;
import io.mestral.verticles.uplink.receiving.UplinkReceiver;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;

/** How readings go to the node above, and come from those below. */
final class Synchronization {
  private final Stores stores;
  private final MeterRegistry meters;
  private final Clock clock;
  private final ReadingStore readings;
  private final Optional<ReadingUplink> uplink;

  /** Whose readings they are: those of an edge go up, if there is an uplink. */
  record Parts(Vertx vertx, Stores stores, MeterRegistry meters, Clock clock) {}

  /**
   * @param readings the store as verticles see it
   */
  Synchronization(MestralConfig config, Parts parts, ReadingStore readings) {
    this.stores = parts.stores();
    this.meters = parts.meters();
    this.clock = parts.clock();
    this.readings = readings;
    boolean isEdge = config.node().profile() == Profile.EDGE && config.uplink().isPresent();
    this.uplink =
        isEdge
            ? Optional.of(
                new ReadingUplink(
                    new ReadingUplink.Ground(
                        parts.vertx(), stores.journal(), readings, stores.metadata(), clock),
                    meters))
            : Optional.empty();
  }

  /** The store for those who write into it. */
  ReadingStore readings() {
    return uplink.<ReadingStore>map(up -> new UplinkedReadings(readings, up)).orElse(readings);
  }

  /** What brings readings to the node above; empty where there is none, or this is no edge. */
  Optional<ReadingUplink> uplink() {
    return uplink;
  }

  /** Has the readings of edges come here. */
  void receive(Router router, IngestClient ingest) {
    EdgeDevices devices = new EdgeDevices(stores.metadata(), ingest, clock);
    new UplinkReceiver(devices, stores.metadata().catalogue(), ingest, meters).subscribe(router);
  }
}
