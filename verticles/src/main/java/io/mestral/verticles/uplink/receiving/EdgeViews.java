package io.mestral.verticles.uplink.receiving;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.routing.Origin;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.verticles.uplink.state.EdgeProgress;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each edge is, by what it says and by what came from it since this node was started. Any
 * thread may ask.
 */
public final class EdgeViews implements Subscriber {
  private static final Logger log = LoggerFactory.getLogger(EdgeViews.class);

  private final Router router;
  private final Clock clock;
  private final Map<String, View> views = new ConcurrentHashMap<>();

  /**
   * What is known of an edge.
   *
   * @param progress what it said last
   * @param heardAt when that was, by this node's clock
   * @param receivedReadings that were kept
   * @param receivedBytes of batches, as they came over the link
   * @param refusedBatches that can never be kept
   */
  public record View(
      Optional<EdgeProgress> progress,
      Optional<Instant> heardAt,
      long receivedReadings,
      long receivedBytes,
      long refusedBatches) {
    static final View NONE = new View(Optional.empty(), Optional.empty(), 0, 0, 0);

    View heard(EdgeProgress said, Instant at) {
      return new View(
          Optional.of(said), Optional.of(at), receivedReadings, receivedBytes, refusedBatches);
    }

    View kept(long readings, long bytes) {
      return new View(
          progress, heardAt, receivedReadings + readings, receivedBytes + bytes, refusedBatches);
    }

    View refused() {
      return new View(progress, heardAt, receivedReadings, receivedBytes, refusedBatches + 1);
    }
  }

  /** Of the edges that speak over that router. */
  public EdgeViews(Router router, Clock clock) {
    this.router = router;
    this.clock = clock;
  }

  /** Has what every edge says of itself come here. */
  public void subscribe() {
    router.subscribe(
        this,
        new TopicFilter(EdgeTopic.all(Direction.UP, EdgeTopic.PROGRESS)),
        Subscription.at(QoS.EXACTLY_ONCE));
  }

  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    Optional<EdgeTopic> topic = EdgeTopic.parse(publish.topic().value());
    if (topic.isEmpty()) return Future.succeededFuture(Delivery.NOBODY);
    try {
      EdgeProgress said = EdgeProgress.read(publish.payload());
      change(topic.get().edge(), view -> view.heard(said, clock.instant()));
    } catch (Unreadable broken) {
      log.warn(
          "edge {} says of itself what can't be read: {}", topic.get().edge(), broken.getMessage());
    }
    return Future.succeededFuture(Delivery.DONE);
  }

  void change(String edge, UnaryOperator<View> change) {
    views.compute(edge, (same, known) -> change.apply(known == null ? View.NONE : known));
  }

  /** Empty when it wasn't heard since this node was started. */
  public Optional<View> of(String edge) {
    return Optional.ofNullable(views.get(edge));
  }

  /**
   * Tells an edge to bring nothing from now on, or everything again.
   *
   * @return whether it is connected, so that it heard
   */
  public Future<Boolean> pause(String edge, boolean isPaused) {
    Topic topic = new Topic(new EdgeTopic(edge, Direction.DOWN, EdgeTopic.CONTROL).text());
    JsonObject wanted = new JsonObject().put("version", 1).put("is_paused", isPaused);
    return router
        .route(Publish.of(topic, wanted.toBuffer(), QoS.AT_LEAST_ONCE), Origin.NOBODY)
        .map(Delivery::isTaken);
  }
}
