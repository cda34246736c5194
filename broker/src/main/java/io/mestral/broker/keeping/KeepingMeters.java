package io.mestral.broker.keeping;

import io.mestral.broker.keeping.MessageQueue.Loss;
import io.mestral.broker.telemetry.BrokerMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of what is kept, {@code mestral.mqtt.…}. */
public final class KeepingMeters {
  private static final String PREFIX = "mestral.mqtt.";

  private final MeterRegistry registry;
  private final BrokerMetrics broker;
  private final Map<Loss, Counter> losses = new EnumMap<>(Loss.class);
  private final Counter damaged;
  private final Counter moved;

  /** Makes the meters. */
  public KeepingMeters(MeterRegistry registry, BrokerMetrics broker) {
    this.registry = registry;
    this.broker = broker;
    for (Loss loss : Loss.values())
      losses.put(
          loss,
          registry.counter(
              PREFIX + "queue.dropped", "reason", loss.name().toLowerCase(Locale.ROOT)));
    damaged = registry.counter(PREFIX + "log.damaged");
    moved = registry.counter(PREFIX + "log.moved");
  }

  void measure(Totals totals, LogStream log) {
    gauge("queue.messages", totals::messages);
    gauge("queue.bytes", totals::bytes);
    gauge("queue.bodies.bytes", totals::bodies);
    gauge("log.bytes", log::bytes);
    gauge("log.live.bytes", totals::live);
  }

  void measureSessions(Supplier<Number> kept) {
    gauge("sessions.kept", kept);
  }

  private void gauge(String name, Supplier<Number> value) {
    Gauge.builder(PREFIX + name, value).register(registry);
  }

  void sent() {
    broker.sent();
  }

  /** QoS 0 for a client that is away or slow. */
  void dropped() {
    broker.dropped();
  }

  void lost(Loss why) {
    losses.get(why).increment();
    broker.dropped();
  }

  /** A record could not be read. */
  void damaged() {
    damaged.increment();
  }

  /** So many records were written anew so that the front of the stream can go. */
  void moved(int records) {
    moved.increment(records);
  }
}
