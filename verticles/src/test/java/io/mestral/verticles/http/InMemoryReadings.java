package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Time series in maps; can be told to be full or broken. */
public final class InMemoryReadings implements ReadingStore {
  private final Map<Series, NavigableMap<Long, Double>> series = new ConcurrentHashMap<>();
  private static final long FAR = 1L << 40; // seconds
  final AtomicInteger refusals = new AtomicInteger();
  volatile boolean full;
  volatile boolean broken;

  @Override
  public Future<Void> append(List<Reading> readings) {
    if (full) {
      refusals.incrementAndGet();
      return Future.failedFuture(
          new RefusedException(Refusal.QUOTA_EXCEEDED, "no room for readings"));
    }
    for (Reading reading : readings)
      series
          .computeIfAbsent(
              new Series(reading.device(), reading.sensor()), none -> new ConcurrentSkipListMap<>())
          .put(reading.epochSecond(), reading.value());
    return Future.succeededFuture();
  }

  @Override
  public Future<Samples> read(Series asked, TimeRange range, int limit) {
    NavigableMap<Long, Double> all = series.getOrDefault(asked, new ConcurrentSkipListMap<>());
    var inside =
        all.subMap(range.from(), true, range.to(), true).entrySet().stream().limit(limit).toList();
    return Future.succeededFuture(
        new Samples(
            inside.stream().mapToLong(Map.Entry::getKey).toArray(),
            inside.stream().mapToDouble(Map.Entry::getValue).toArray(),
            inside.size()));
  }

  @Override
  public Future<List<Summary>> summaries(Series asked, Span span, TimeRange range) {
    long first = span.startAtOrAfter(Math.max(range.from(), -FAR));
    long last = span.startOf(Math.min(range.to(), FAR)) + span.seconds() - 1;
    if (first > last) return Future.succeededFuture(List.of());
    return read(asked, new TimeRange(first, last), Integer.MAX_VALUE)
        .map(samples -> Summary.of(samples, span));
  }

  @Override
  public Future<Void> delete(Series asked, TimeRange range) {
    if (series.containsKey(asked))
      series.get(asked).subMap(range.from(), true, range.to(), true).clear();
    return Future.succeededFuture();
  }

  @Override
  public Future<Map<DeviceId, Map<SensorId, Latest>>> latest(Collection<DeviceId> devices) {
    if (broken) return Future.failedFuture(new IllegalStateException("/secret/path is gone"));
    Map<DeviceId, Map<SensorId, Latest>> found = new HashMap<>();
    for (DeviceId device : devices) found.put(device, new HashMap<>());
    series.forEach(
        (name, values) -> {
          if (found.containsKey(name.device()) && !values.isEmpty())
            found.get(name.device()).put(name.sensor(), latest(values));
        });
    return Future.succeededFuture(found);
  }

  private static Latest latest(NavigableMap<Long, Double> values) {
    var newest = values.lastEntry();
    var before = values.lowerEntry(newest.getKey());
    return new Latest(
        newest.getKey(),
        newest.getValue(),
        before == null ? OptionalDouble.empty() : OptionalDouble.of(before.getValue()));
  }

  @Override
  public Future<Void> check() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
