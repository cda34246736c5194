package io.mestral.broker.telemetry;

import io.mestral.broker.telemetry.Traffic.Figure;
import io.mestral.broker.telemetry.event.BrokerEvent.Access;
import io.mestral.broker.telemetry.event.Drop;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.outcome.Refusal;
import io.mestral.routing.Router;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The broker's meters, {@code mestral.mqtt.…}; all its verticles count into the same ones. What
 * happens with every message is counted by its event loop and only added up here, when asked.
 */
public final class BrokerMetrics {
  private static final String PREFIX = "mestral.mqtt.";

  private final MeterRegistry registry;
  private final List<Traffic> loops = new CopyOnWriteArrayList<>(); // one for each event loop
  private final Map<Drop, Counter> dropped = new EnumMap<>(Drop.class);
  private final Map<List<String>, AtomicInteger> connected = new ConcurrentHashMap<>();
  private final AtomicInteger here = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Counter accepted;
  private final Counter takeovers;
  private final Counter held;
  private final Timer lag;
  private final Map<Refusal, Counter> notSubscribed = new EnumMap<>(Refusal.class);
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

  /**
   * Makes the meters.
   *
   * @param sessions how many there are, of connected clients and of others
   */
  public BrokerMetrics(MeterRegistry registry, Supplier<Number> sessions) {
    this.registry = registry;
    Gauge.builder(PREFIX + "sessions", sessions).register(registry);
    total("packets.received", Figure.PACKETS_IN);
    total("packets.sent", Figure.PACKETS_OUT);
    total("bytes.received", Figure.BYTES_IN);
    total("bytes.sent", Figure.BYTES_OUT);
    for (QoS qos : QoS.values()) {
      String level = Integer.toString(qos.level());
      total("publishes.received", Figure.received(qos), "qos", level);
      total("publishes.sent", Figure.sent(qos), "qos", level);
    }
    for (Drop why : Drop.values())
      dropped.put(why, registry.counter(PREFIX + "publishes.dropped", "reason", why.label()));
    accepted = registry.counter(PREFIX + "connects", "result", "accepted");
    held = registry.counter(PREFIX + "connections.held");
    takeovers = registry.counter(PREFIX + "takeovers");
    lag = registry.timer(PREFIX + "event.loop.lag");
    total("paused", Figure.PAUSES);
    for (Refusal refusal : Refusal.values()) {
      String reason = label(refusal);
      refused.put(refusal, registry.counter(PREFIX + "publishes.refused", "reason", reason));
      notSubscribed.put(refusal, registry.counter(PREFIX + "subscribes.refused", "reason", reason));
    }
  }

  /** The figures of the calling event loop, whose lag is measured from now on. */
  public Traffic ofLoop(Vertx vertx) {
    Traffic traffic = new Traffic();
    loops.add(traffic);
    new LoopLag(lag).watch(vertx);
    return traffic;
  }

  /** Shows how much the router holds. */
  public void watch(Router router) {
    Gauge.builder(PREFIX + "subscriptions", router, Router::subscriptions).register(registry);
    Gauge.builder(PREFIX + "retained.messages", router, all -> all.retained().count())
        .register(registry);
    Gauge.builder(PREFIX + "retained.bytes", router, all -> all.retained().bytes())
        .register(registry);
  }

  /** A client proved again who it is, or failed to. */
  public void provedAgain(boolean proved) {
    String result = proved ? "accepted" : "refused";
    registry.counter(PREFIX + "reauthentications", "result", result).increment();
  }

  /** A figure over all event loops. */
  public long total(Figure figure) {
    long total = 0;
    for (Traffic loop : loops) total += loop.get(figure);
    return total;
  }

  /** PUBLISH from clients. */
  public long received() {
    return loops.stream().mapToLong(Traffic::received).sum();
  }

  /** PUBLISH to clients. */
  public long sent() {
    return loops.stream().mapToLong(Traffic::sent).sum();
  }

  /** How many clients were let in. */
  public long accepted() {
    return (long) accepted.count();
  }

  /** How many clients are connected. */
  public int connections() {
    return here.get();
  }

  /** How many clients were connected at once at most. */
  public int mostConnections() {
    return most.get();
  }

  /** How many messages were left out for a receiver. */
  public long dropped() {
    return (long) dropped.values().stream().mapToDouble(Counter::count).sum();
  }

  /** A client was let in. */
  void accepted(Access access) {
    accepted.increment();
    connected(access).incrementAndGet();
    most.accumulateAndGet(here.incrementAndGet(), Math::max);
  }

  /** A client that was let in is gone. */
  void left(Access access) {
    connected(access).decrementAndGet();
    here.decrementAndGet();
  }

  /** A client was not let in; the code is the one of MQTT 5. */
  void turnedAway(int code) {
    registry.counter(PREFIX + "connects", "result", String.format("0x%02x", code)).increment();
  }

  /** A socket waits before anything is read of it, for too many of its address were in vain. */
  public void heldBack() {
    held.increment();
  }

  /** A connection ended. */
  public void ended(String reason) {
    registry.counter(PREFIX + "disconnects", "reason", reason).increment();
  }

  /** A PUBLISH was left out for one of its receivers. */
  public void dropped(Drop why) {
    dropped.get(why).increment();
  }

  /** A PUBLISH was not kept, and its publisher was told as far as MQTT can say it. */
  public void refused(Refusal reason) {
    refused.get(reason).increment();
  }

  /** A filter of a SUBSCRIBE was not granted. */
  public void notSubscribed(Refusal reason) {
    notSubscribed.get(reason).increment();
  }

  /** A client came again while it was still here. */
  public void takenOver() {
    takeovers.increment();
  }

  /** As many as there are protocols and transports. */
  private AtomicInteger connected(Access access) {
    return connected.computeIfAbsent(
        List.of(access.transport(), access.protocol()),
        kind -> {
          AtomicInteger count = new AtomicInteger();
          Gauge.builder(PREFIX + "connections", count, AtomicInteger::get)
              .tag("transport", access.transport())
              .tag("version", access.protocol())
              .register(registry);
          return count;
        });
  }

  private void total(String name, Figure figure, String... tags) {
    FunctionCounter.builder(PREFIX + name, this, metrics -> metrics.total(figure))
        .tags(tags)
        .register(registry);
  }

  /** A connection ended before it could carry packets: no TLS, no PROXY header, or in vain. */
  public void neverOpened() {
    registry.counter(PREFIX + "connections.unopened").increment();
  }

  private static String label(Refusal refusal) {
    return refusal.name().toLowerCase(Locale.ROOT);
  }
}
