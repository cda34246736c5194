package io.mestral.node;

import io.mestral.config.MestralConfig;
import io.mestral.config.NodeOptions.Profile;
import io.mestral.routing.Router;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.http.Platform;
import io.mestral.verticles.ingestion.IngestClient;
import io.mestral.verticles.uplink.EdgeReplica;
import io.mestral.verticles.uplink.ReadingUplink;
import io.mestral.verticles.uplink.Uplink;
import io.mestral.verticles.uplink.UplinkDesk;
import io.mestral.verticles.uplink.UplinkedReadings;
import io.mestral.verticles.uplink.proof.HourReader;
import io.mestral.verticles.uplink.receiving.EdgeDevices;
import io.mestral.verticles.uplink.receiving.EdgeStates;
import io.mestral.verticles.uplink.receiving.EdgeViews;
import io.mestral.verticles.uplink.receiving.EnrolmentDesk;
import io.mestral.verticles.uplink.receiving.ProofDesk;
import io.mestral.verticles.uplink.receiving.UplinkReceiver;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;

/**
 * How nodes keep in step: readings go to the node above, users and devices come from it, and the
 * other way round with those below.
 */
final class Synchronization {
  private final Stores stores;
  private final MeterRegistry meters;
  private final Clock clock;
  private final ReadingStore readings;
  private final Vertx vertx;
  private final Optional<ReadingUplink> uplink;
  private final Optional<UplinkDesk> desk;
  private Optional<EdgeReplica> replica = Optional.empty();
  private Optional<EdgeViews> views = Optional.empty();
  private Optional<EdgeStates> below = Optional.empty();

  /** Whose readings they are: those of an edge go up, if there is an uplink. */
  record Parts(Vertx vertx, Stores stores, MeterRegistry meters, Clock clock) {}

  /**
   * @param readings the store as verticles see it
   */
  Synchronization(MestralConfig config, Parts parts, ReadingStore readings) {
    this.vertx = parts.vertx();
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
    this.desk = uplink.map(one -> new UplinkDesk(vertx, one));
  }

  /** The store for those who write into it. */
  ReadingStore readings() {
    return uplink.<ReadingStore>map(up -> new UplinkedReadings(readings, up)).orElse(readings);
  }

  /** What goes over the uplink; empty where there is none, or this is no edge. */
  Optional<Uplink.Edge> edge() {
    return uplink.flatMap(
        readings -> replica.map(one -> new Uplink.Edge(readings, one, desk.orElseThrow())));
  }

  /** Has what edges bring come here, and says who hears of what the node above tells. */
  void join(Router router, IngestClient ingest, TokenVault vault) {
    Metadata metadata = stores.metadata();
    EdgeDevices devices = new EdgeDevices(metadata, ingest, clock);
    EdgeViews seen = new EdgeViews(router, clock);
    seen.subscribe();
    views = Optional.of(seen);
    new EnrolmentDesk(
            vertx,
            metadata.gateways(),
            vault,
            gone -> LocalBus.of(vertx).tell(Addresses.GATEWAY_ENDED, gone),
            clock)
        .subscribe(router);
    new UplinkReceiver(devices, metadata.catalogue(), ingest, seen, meters).subscribe(router);
    new ProofDesk(devices, new HourReader(metadata, readings), router).subscribe();
    below = Optional.of(new EdgeStates(metadata, vault, router, clock));
    LocalBus bus = LocalBus.of(vertx);
    replica =
        uplink.map(
            one ->
                new EdgeReplica(
                    new EdgeReplica.Ground(vertx, metadata.replica(), vault, clock),
                    new EdgeReplica.News(
                        ingest, ingest, user -> bus.tell(Addresses.USER_CHANGED, user))));
  }

  /** What is known of edges here, and of this node's own uplink. */
  Platform.Edges platform() {
    return new Platform.Edges(views.orElseThrow(), desk);
  }

  /** Succeeds when tokens of the node above are known here, and edges can be told. */
  Future<Void> open() {
    return replica
        .map(EdgeReplica::load)
        .orElseGet(Future::succeededFuture)
        .compose(done -> vertx.deployVerticle(below.orElseThrow()))
        .mapEmpty();
  }
}
