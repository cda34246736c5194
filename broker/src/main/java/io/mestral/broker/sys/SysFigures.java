package io.mestral.broker.sys;

import io.mestral.broker.connection.Services;
import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.broker.telemetry.Traffic.Figure;
import io.mestral.config.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The figures by the names of their topics, without {@code $SYS/broker/}. Lives on one context. */
final class SysFigures {
  private final Services services;
  private final Instant started;
  private final Map<String, LoadAverage> loads = new LinkedHashMap<>();
  private Instant asked;
  private long mostHeap;

  SysFigures(Services services) {
    this.services = services;
    this.started = services.clock().instant();
    this.asked = started;
  }

  /** All as they are now; the load goes on from when they were asked last. */
  Map<String, String> now() {
    Instant now = services.clock().instant();
    Map<String, Long> counts = counts();
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("version", "mestral " + Release.version());
    figures.put("uptime", Duration.between(started, now).toSeconds() + " seconds");
    clients(figures);
    put(figures, "subscriptions/count", services.router().subscriptions());
    put(figures, "retained messages/count", services.router().retained().count());
    heap(figures);
    counts.forEach((name, count) -> put(figures, name, count));
    counts.put("connections", services.metrics().accepted()); // told as a load only
    loads(figures, counts, Duration.between(asked, now));
    asked = now;
    return figures;
  }

  /** What only grows, and of which a load can be told. */
  private Map<String, Long> counts() {
    BrokerMetrics metrics = services.metrics();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("messages/received", metrics.total(Figure.PACKETS_IN));
    counts.put("messages/sent", metrics.total(Figure.PACKETS_OUT));
    counts.put("bytes/received", metrics.total(Figure.BYTES_IN));
    counts.put("bytes/sent", metrics.total(Figure.BYTES_OUT));
    counts.put("publish/messages/received", metrics.received());
    counts.put("publish/messages/sent", metrics.sent());
    counts.put("publish/messages/dropped", metrics.dropped());
    return counts;
  }

  private void clients(Map<String, String> figures) {
    int connected = services.metrics().connections();
    long away =
        services.sessions().store().all().stream().filter(session -> !session.isPresent()).count();
    put(figures, "clients/connected", connected);
    put(figures, "clients/disconnected", away);
    put(figures, "clients/total", connected + away);
    put(figures, "clients/maximum", services.metrics().mostConnections());
  }

  private void heap(Map<String, String> figures) {
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    mostHeap = Math.max(mostHeap, used);
    put(figures, "heap/current", used);
    put(figures, "heap/maximum", mostHeap);
  }

  private void loads(Map<String, String> figures, Map<String, Long> counts, Duration since) {
    counts.forEach(
        (name, count) -> {
          LoadAverage load = loads.computeIfAbsent(loadName(name), first -> new LoadAverage());
          load.update(count, since);
          for (LoadAverage.Span span : LoadAverage.Span.values())
            figures.put(
                loadName(name) + "/" + span.label,
                String.format(Locale.ROOT, "%.2f", load.perMinute(span)));
        });
  }

  /** {@code publish/messages/sent} is averaged as {@code load/publish/sent}. */
  private static String loadName(String name) {
    return "load/" + name.replace("publish/messages", "publish");
  }

  private static void put(Map<String, String> figures, String name, long value) {
    figures.put(name, Long.toString(value));
  }
}
