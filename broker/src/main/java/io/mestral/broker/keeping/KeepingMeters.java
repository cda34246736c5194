package io.mestral.broker.keeping;

import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.broker.telemetry.event.Drop;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** The meters of what is kept, {@code mestral.mqtt.…}. */
public final class KeepingMeters {
  private static final String PREFIX = "mestral.mqtt.";

  private final MeterRegistry registry;
  private final BrokerMetrics broker;
  private final Counter damaged;
  private final Counter moved;

  /** Makes the meters. */
  public KeepingMeters(MeterRegistry registry, BrokerMetrics broker) {
    this.registry = registry;
    this.broker = broker;
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

  /** A message for a client that is away is left out. */
  void dropped(Drop why) {
    broker.dropped(why);
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
