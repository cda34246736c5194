package io.mestral.broker.telemetry;

import io.mestral.model.outcome.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The broker's meters, {@code mestral.mqtt.…}; all its verticles count into the same ones. */
public final class BrokerMetrics {
  private static final String PREFIX = "mestral.mqtt.";

  private final MeterRegistry registry;
  private final Counter received;
  private final Counter sent;
  private final Counter dropped;
  private final Counter takeovers;
  private final Counter paused;
  private final Map<Refusal, Counter> notSubscribed = new EnumMap<>(Refusal.class);
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

  /**
   * Makes the meters.
   *
   * @param connections how many clients are connected
   */
  public BrokerMetrics(MeterRegistry registry, Supplier<Number> connections) {
    this.registry = registry;
    Gauge.builder(PREFIX + "connections", connections).register(registry);
    received = registry.counter(PREFIX + "publishes.received");
    sent = registry.counter(PREFIX + "publishes.sent");
    dropped = registry.counter(PREFIX + "publishes.dropped");
    takeovers = registry.counter(PREFIX + "takeovers");
    paused = registry.counter(PREFIX + "paused");
    for (Refusal refusal : Refusal.values()) {
      String reason = label(refusal);
      refused.put(refusal, registry.counter(PREFIX + "publishes.refused", "reason", reason));
      notSubscribed.put(refusal, registry.counter(PREFIX + "subscribes.refused", "reason", reason));
    }
  }

  /** A client was let in. */
  public void accepted() {
    registry.counter(PREFIX + "connects", "result", "accepted").increment();
  }

  /** A client was not let in; the code is the one of MQTT 5. */
  public void turnedAway(int code) {
    registry.counter(PREFIX + "connects", "result", String.format("0x%02x", code)).increment();
  }

  /** A connection ended. */
  public void ended(String reason) {
    registry.counter(PREFIX + "disconnects", "reason", reason).increment();
  }

  /** A PUBLISH came in. */
  public void received() {
    received.increment();
  }

  /** A PUBLISH went out. */
  public void sent() {
    sent.increment();
  }

  /** A PUBLISH was left out: too slow or too narrow a receiver, or it was too old. */
  public void dropped() {
    dropped.increment();
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

  /** A socket is not read for a while. */
  public void paused() {
    paused.increment();
  }

  /** A connection ended before it could carry packets: no TLS, no PROXY header, or in vain. */
  public void neverOpened() {
    registry.counter(PREFIX + "connections.unopened").increment();
  }

  /** The files of the TLS port have changed and were read; they are in use, or unusable. */
  public void certificatesRead(boolean usable) {
    registry.counter(PREFIX + "tls.reads", "result", usable ? "used" : "unusable").increment();
  }

  private static String label(Refusal refusal) {
    return refusal.name().toLowerCase(Locale.ROOT);
  }
}
