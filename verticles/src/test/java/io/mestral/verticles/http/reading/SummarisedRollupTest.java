package io.mestral.verticles.http.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.stores.Detours;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
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
  private static final TestStores STORES = TestStores.open(VERTX, Clock.systemUTC());
  private static final AtomicLong DEVICES = new AtomicLong();

  @AfterContainer
  static void close() {
    STORES.close();
    settle(VERTX.close());
  }

  @Property(tries = 300)
  void summariesAnswerWhatReadingsAnswer(
      @ForAll("readings") SortedMap<Long, Double> readings,
      @ForAll("intervals") String interval,
      @ForAll Aggregate aggregate,
      @ForAll @LongRange(min = -3_000, max = DAYS) long from,
      @ForAll @LongRange(min = 0, max = DAYS) long length) {
    Kept kept = new Kept(readings);
    TimeRange range = new TimeRange(START + from, START + from + length);
    Rollup summarised = rolledUp(kept, interval, aggregate, range, Integer.MAX_VALUE);
    long secondsRead = kept.rawSeconds.sum();
    long summaries = kept.detours.count(ReadingStore.class, "summaries");
    Rollup raw = rolledUp(kept, interval, aggregate, range, Integer.MAX_VALUE - 1);
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
    if (length >= 2 * longest.seconds()) assertThat(summaries).isPositive();
    assertThat(secondsRead).isLessThan(2 * 3600);
  }

  private static Rollup rolledUp(
      Kept kept, String interval, Aggregate aggregate, TimeRange range, int limit) {
    Buckets buckets = new Buckets(Interval.parse(interval).orElseThrow(), range.from());
    Rollup rollup = new Rollup(buckets, aggregate);
    settle(new RangeReader(VERTX, kept.store, kept.series, rollup, bytes -> {}).read(range, limit));
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

  /** Readings of a device of their own, with a look at how they are asked for. */
  private static final class Kept {
    private final Detours detours = new Detours();
    private final ReadingStore store = detours.to(ReadingStore.class, STORES.readings());
    private final Series series =
        new Series(new DeviceId(DEVICES.incrementAndGet()), new SensorId(2));
    private final LongAdder rawSeconds = new LongAdder();

    Kept(SortedMap<Long, Double> readings) {
      List<Reading> kept = new ArrayList<>();
      readings.forEach(
          (second, value) ->
              kept.add(new Reading(series.device(), series.sensor(), second, value)));
      settle(store.append(kept));
      detours.always(
          ReadingStore.class,
          "read",
          asked -> {
            TimeRange range = (TimeRange) asked.arguments().get(1);
            rawSeconds.add(range.to() - range.from() + 1);
            return asked.answer();
          });
    }
  }
}
