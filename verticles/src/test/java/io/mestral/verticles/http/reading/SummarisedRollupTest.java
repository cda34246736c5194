package io.mestral.verticles.http.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** What summaries answer is what the readings answer. */
class SummarisedRollupTest {
  private static final long START = Instant.parse("2024-02-28T00:00:00Z").getEpochSecond();
  private static final long DAYS = 40 * 86_400L;
  private static final Vertx VERTX = Vertx.vertx();
  private static final Series SERIES = new Series(new DeviceId(1), new SensorId(2));

  @AfterContainer
  static void close() {
    settle(VERTX.close());
  }

  @Property(tries = 300)
  void summariesAnswerWhatReadingsAnswer(
      @ForAll("readings") SortedMap<Long, Double> readings,
      @ForAll("intervals") String interval,
      @ForAll Aggregate aggregate,
      @ForAll @LongRange(min = -3_000, max = DAYS) long from,
      @ForAll @LongRange(min = 0, max = DAYS) long length) {
    Kept store = new Kept(readings);
    TimeRange range = new TimeRange(START + from, START + from + length);
    Rollup summarised = rolledUp(store, interval, aggregate, range, Integer.MAX_VALUE);
    long rawSeconds = store.rawSeconds;
    Rollup raw = rolledUp(store, interval, aggregate, range, Integer.MAX_VALUE - 1);
    Samples points = summarised.points();
    Samples expected = raw.points();
    assertThat(points.size()).isEqualTo(expected.size());
    assertThat(summarised.sampleSize()).isEqualTo(raw.sampleSize());
    for (int i = 0; i < points.size(); i++) {
      assertThat(points.time(i)).isEqualTo(expected.time(i));
      double close = 1e-12 * Math.max(500, Math.abs(expected.value(i)));
      assertThat(points.value(i)).isCloseTo(expected.value(i), within(close));
    }
    Span longest = new Buckets(Interval.parse(interval).orElseThrow(), range.from()).spans().get();
    if (length >= 2 * longest.seconds()) assertThat(store.summarised).isPositive();
    assertThat(rawSeconds).isLessThan(2 * 3600);
  }

  private static Rollup rolledUp(
      Kept store, String interval, Aggregate aggregate, TimeRange range, int limit) {
    store.rawSeconds = 0;
    Buckets buckets = new Buckets(Interval.parse(interval).orElseThrow(), range.from());
    Rollup rollup = new Rollup(buckets, aggregate);
    settle(new RangeReader(VERTX, store, SERIES, rollup, bytes -> {}).read(range, limit));
    return rollup;
  }

  private static void settle(Future<?> future) {
    future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  @Provide
  Arbitrary<SortedMap<Long, Double>> readings() {
    Arbitrary<Long> near = Arbitraries.longs().between(START, START + 20_000);
    Arbitrary<Long> far = Arbitraries.longs().between(START, START + DAYS);
    Arbitrary<Double> values = Arbitraries.integers().between(-5000, 5000).map(n -> n / 10.0);
    return Arbitraries.maps(Arbitraries.oneOf(near, far), values).ofMaxSize(150).map(TreeMap::new);
  }

  @Provide
  Arbitrary<String> intervals() {
    return Arbitraries.of(
        "1h", "2h", "5h", "60m", "7200s", "24h", "1d", "3d", "1w", "2w", "1M", "1y");
  }

  /** Readings in a map, with a look at how they are asked for. */
  private static final class Kept implements ReadingStore {
    private final TreeMap<Long, Double> readings;
    private int summarised;
    private long rawSeconds;

    Kept(SortedMap<Long, Double> readings) {
      this.readings = new TreeMap<>(readings);
    }

    @Override
    public Future<Samples> read(Series series, TimeRange range, int limit) {
      if (limit > 1) rawSeconds += range.to() - range.from() + 1;
      List<Map.Entry<Long, Double>> inside =
          new ArrayList<>(readings.subMap(range.from(), true, range.to(), true).entrySet());
      return Future.succeededFuture(
          new Samples(
              inside.stream().mapToLong(Map.Entry::getKey).toArray(),
              inside.stream().mapToDouble(Map.Entry::getValue).toArray(),
              inside.size()));
    }

    @Override
    public Future<List<Summary>> summaries(Series series, Span span, TimeRange range) {
      summarised++;
      long first = span.startAtOrAfter(range.from());
      long last = span.startOf(range.to()) + span.seconds() - 1;
      if (first > last) return Future.succeededFuture(List.of());
      return read(series, new TimeRange(first, last), 1).map(samples -> Summary.of(samples, span));
    }

    @Override
    public Future<Void> append(List<Reading> more) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> delete(Series series, TimeRange range) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Map<DeviceId, Map<SensorId, Latest>>> latest(Collection<DeviceId> devices) {
      throw new UnsupportedOperationException();
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
}
