package io.mestral.verticles.uplink.receiving;

import io.mestral.model.UserId;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.model.platform.Gateway;
import io.mestral.routing.Origin;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.storage.Metadata;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.uplink.state.EdgeStanding;
import io.mestral.verticles.uplink.state.StateFormat;
import io.mestral.verticles.uplink.state.StateMessage;
import io.mestral.verticles.uplink.state.StateRecord;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells edges of users, devices and the catalogue: all of it when an edge has something else than
 * what it should have, and then what changes. An edge says what it has whenever it is connected,
 * and after each message; nothing is remembered of one that is away.
 */
public final class EdgeStates extends VerticleBase implements Subscriber {
  private static final Logger log = LoggerFactory.getLogger(EdgeStates.class);
  private static final long SOON_MILLIS = 50; // changes that belong together go together
  private static final long LOOK_MILLIS = 30_000; // for what nobody told of
  private static final long PATIENCE_MILLIS = 10_000; // for an answer
  private static final int NUMBERS = 1_000;

  private final Metadata metadata;
  private final EdgeState state;
  private final SecretMultikey key;
  private final Router router;
  private final Clock clock;
  private final Map<String, Edge> edges = new HashMap<>();

  /** An edge that is connected, as far as is known. */
  private static final class Edge {
    private final String name;
    private String has = "";
    private long number;
    private Optional<Map<ReplicaName, String>> known = Optional.empty(); // what it has, if known
    private Optional<Sent> sent = Optional.empty(); // and not acknowledged
    private Optional<UserId> owner = Optional.empty();
    private boolean isBusy;
    private boolean isStale; // something may have changed
    private boolean isDue; // and is looked at soon

    Edge(String name) {
      this.name = name;
    }
  }

  private record Sent(Map<ReplicaName, String> tags, String digest, long atMillis) {}

  /** Tells over that router, and signs with a key that follows from the node's own. */
  public EdgeStates(Metadata metadata, TokenVault vault, Router router, Clock clock) {
    this.metadata = metadata;
    this.state = new EdgeState(metadata, vault, clock);
    this.key = SecretMultikey.of(KeyType.ED25519, vault.derived("mestral edge state"));
    this.router = router;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    router.subscribe(
        this,
        new TopicFilter(EdgeTopic.all(Direction.UP, EdgeTopic.STATE)),
        Subscription.at(QoS.EXACTLY_ONCE));
    vertx.setPeriodic(LOOK_MILLIS, timer -> lookAtAll());
    LocalBus bus = LocalBus.of(vertx);
    return Future.all(
        List.of(
            bus.listen(Addresses.DEVICE_CHANGED, device -> changed(((Device) device).owner())),
            bus.listen(Addresses.USER_CHANGED, user -> changed((UserId) user)),
            bus.listen(Addresses.STANDING_ENDED, ended -> look(edge -> true)),
            bus.listen(Addresses.CATALOGUE_CHANGED, changed -> look(edge -> true)),
            bus.listen(Addresses.GATEWAY_ENDED, gone -> edges.remove(((Gateway) gone).name()))));
  }

  /** Not all in one moment. */
  private void lookAtAll() {
    for (Edge edge : List.copyOf(edges.values()))
      vertx.setTimer(
          1 + Math.floorMod(edge.name.hashCode(), LOOK_MILLIS),
          timer -> {
            edge.isStale = true;
            refresh(edge);
          });
  }

  private void changed(UserId user) {
    look(edge -> edge.owner.isEmpty() || edge.owner.get().equals(user));
  }

  private void look(Predicate<Edge> which) {
    for (Edge edge : List.copyOf(edges.values())) {
      if (!which.test(edge)) continue;
      edge.isStale = true;
      if (edge.isDue) continue;
      edge.isDue = true;
      vertx.setTimer(
          SOON_MILLIS,
          timer -> {
            edge.isDue = false;
            refresh(edge);
          });
    }
  }

  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    Optional<EdgeTopic> topic = EdgeTopic.parse(publish.topic().value());
    if (topic.isEmpty()) return Future.succeededFuture(Delivery.NOBODY);
    try {
      EdgeStanding standing = EdgeStanding.read(publish.payload());
      context.runOnContext(turn -> heard(topic.get().edge(), standing));
    } catch (Unreadable broken) {
      log.warn("edge {} says what can't be read: {}", topic.get().edge(), broken.getMessage());
    }
    return Future.succeededFuture(Delivery.DONE);
  }

  private void heard(String name, EdgeStanding standing) {
    Edge edge = edges.computeIfAbsent(name, Edge::new);
    edge.number = Math.max(edge.number, standing.number());
    edge.known =
        edge.sent
            .filter(one -> one.digest().equals(standing.digest()))
            .map(Sent::tags)
            .or(() -> edge.known.filter(tags -> edge.has.equals(standing.digest())));
    edge.has = standing.digest();
    edge.sent = Optional.empty();
    edge.isStale = true;
    numbers(name, standing).onComplete(done -> home(() -> refresh(edge)));
  }

  /** An edge has enough of them to be alone for long. */
  private Future<?> numbers(String edge, EdgeStanding standing) {
    if (standing.numbersLeft().filter(left -> left >= NUMBERS / 2).isPresent())
      return Future.succeededFuture();
    return metadata
        .replica()
        .givenTo(edge)
        .compose(
            given ->
                standing.numbersLeft().isEmpty() && !given.isEmpty()
                    ? Future.succeededFuture(given) // it hears of these just now
                    : metadata.replica().give(edge, NUMBERS))
        .onFailure(
            failure -> log.warn("edge {} gets no numbers now: {}", edge, failure.toString()));
  }

  private void home(Runnable task) {
    context.runOnContext(turn -> task.run());
  }

  private void refresh(Edge edge) {
    if (!edge.isStale || edge.isBusy || edges.get(edge.name) != edge) return;
    if (edge.sent.filter(one -> now() - one.atMillis() < PATIENCE_MILLIS).isPresent()) return;
    edge.isStale = false;
    edge.isBusy = true;
    state
        .of(edge.name)
        .onComplete(
            done ->
                home(
                    () -> {
                      edge.isBusy = false;
                      if (done.failed())
                        log.warn(
                            "what edge {} has to know can't be read: {}",
                            edge.name,
                            done.cause().toString());
                      else done.result().ifPresent(whole -> tell(edge, whole));
                      refresh(edge);
                    }));
  }

  private long now() {
    return clock.millis();
  }

  private void tell(Edge edge, EdgeState.Whole whole) {
    edge.owner = Optional.of(whole.owner());
    Map<ReplicaName, String> tags = whole.tags();
    String digest = StateRecord.digest(tags);
    if (digest.equals(edge.has)) {
      edge.known = Optional.of(tags);
      return;
    }
    edge.number++;
    Sent sent = new Sent(tags, digest, now());
    edge.sent = Optional.of(sent);
    send(edge, sent, message(edge, whole, digest));
  }

  private StateMessage message(Edge edge, EdgeState.Whole whole, String digest) {
    Map<ReplicaName, String> known = edge.known.orElse(Map.of());
    Map<ReplicaName, String> tags = whole.tags();
    return new StateMessage(
        edge.name,
        edge.number,
        edge.known.map(any -> edge.has),
        digest,
        state.tokenKey(edge.name),
        whole.records().stream().filter(one -> !one.tag().equals(known.get(one.name()))).toList(),
        known.keySet().stream().filter(one -> !tags.containsKey(one)).toList());
  }

  /**
   * One that isn't connected any more says what it has when it is again; it may have done so while
   * this was under way, and stays known then.
   */
  private void send(Edge edge, Sent sent, StateMessage message) {
    Topic topic = new Topic(new EdgeTopic(edge.name, Direction.DOWN, EdgeTopic.STATE).text());
    Publish publish = Publish.of(topic, StateFormat.write(message, key), QoS.AT_LEAST_ONCE);
    router
        .route(publish, Origin.NOBODY)
        .onComplete(
            done -> {
              if (done.failed() || !done.result().isTaken()) home(() -> forget(edge, sent));
            });
  }

  private void forget(Edge edge, Sent lost) {
    if (edge.sent.filter(one -> one == lost).isPresent()) edges.remove(edge.name, edge);
  }
}
