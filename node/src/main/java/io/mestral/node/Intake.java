package io.mestral.node;

import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.routing.Router;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.forwarding.ForwardingStream;
import io.mestral.verticles.forwarding.ForwardingVerticle;
import io.mestral.verticles.http.device.ForwardedDevices;
import io.mestral.verticles.ingestion.DeviceHomes;
import io.mestral.verticles.ingestion.IngestClient;
import io.mestral.verticles.ingestion.IngestMetrics;
import io.mestral.verticles.ingestion.IngestionVerticle;
import io.mestral.verticles.ingestion.OrphanCareVerticle;
import io.mestral.verticles.ingestion.ReadingNews;
import io.mestral.verticles.watch.DeviceWatchVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** How readings come in, and what follows from them: forwarding, care for orphans, watching. */
final class Intake {
  private final Vertx vertx;
  private final Metadata metadata;
  private final ReadingStore readings;
  private final TokenVault vault;
  private final DeviceTopics topics;
  private final MeterRegistry meters;
  private final Clock clock;
  private final ForwardingStream stream;
  private final IngestClient client;
  private final ReadingNews news = new ReadingNews();
  private final int shards;
  private final List<String> followers = new ArrayList<>();

  /**
   * Whose messages they are, and what shows how it goes.
   *
   * @param forwardingMaxBytes what may wait to be forwarded
   */
  record Parts(
      TokenVault vault,
      DeviceTopics topics,
      long forwardingMaxBytes,
      MeterRegistry meters,
      Clock clock) {}

  /**
   * @param readings the store as verticles see it
   */
  Intake(Runtime runtime, Stores stores, ReadingStore readings, Parts parts) {
    this.vertx = runtime.vertx();
    this.metadata = stores.metadata();
    this.readings = readings;
    this.vault = parts.vault();
    this.topics = parts.topics();
    this.meters = parts.meters();
    this.clock = parts.clock();
    this.shards = runtime.eventLoops();
    this.stream = new ForwardingStream(stores.journal(), parts.forwardingMaxBytes(), meters);
    this.client =
        new IngestClient(vertx, topics, new DeviceHomes(metadata.devices(), vault::open), shards);
  }

  /** Where messages of devices go. */
  IngestClient client() {
    return client;
  }

  /** Who hears of which devices readings were kept. */
  ReadingNews news() {
    return news;
  }

  /** Has every message of a kit come here. */
  void subscribe(Router router) {
    for (TopicFilter filter : topics.filters())
      router.subscribe(client, filter, Subscription.at(QoS.EXACTLY_ONCE));
  }

  /** Succeeds when readings may come. */
  Future<Void> open() {
    IngestionVerticle.Parts parts =
        new IngestionVerticle.Parts(
            metadata, readings, stream, vault, new IngestMetrics(meters), news, clock);
    return stream
        .open()
        .compose(
            done -> {
              List<Future<?>> ready = new ArrayList<>();
              for (int shard = 0; shard < shards; shard++)
                ready.add(vertx.deployVerticle(new IngestionVerticle(shard, parts)));
              return Future.all(ready).mapEmpty();
            });
  }

  /** Starts what follows from readings; partners' sessions must be there. */
  Future<Void> follow(Router router) {
    ForwardingVerticle.Parts forwarding =
        new ForwardingVerticle.Parts(
            stream,
            new ForwardedDevices(metadata, readings, clock),
            metadata.forwarding(),
            vault::open,
            router,
            meters);
    return follow(new ForwardingVerticle(forwarding))
        .compose(done -> follow(new OrphanCareVerticle(metadata, vault::open, client, clock)))
        .compose(
            done ->
                follow(
                    new DeviceWatchVerticle(
                        metadata.notices(), readings, meters, clock, DeviceWatchVerticle.PAUSE)));
  }

  private Future<Void> follow(Deployable verticle) {
    return vertx.deployVerticle(verticle).onSuccess(followers::add).mapEmpty();
  }

  /** Ends what follows, while the stores are there still. */
  Future<Void> close() {
    return Future.join(followers.stream().map(vertx::undeploy).toList()).mapEmpty();
  }
}
