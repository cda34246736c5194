package io.mestral.verticles.http.reading;

import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** Rolls series up as {@link ReadingsResource} does, for whoever asks by another way. */
public final class SeriesRollup {
  private final Vertx vertx;
  private final ReadingStore readings;
  private final Clock clock;

  /** Reads what a store holds. */
  public SeriesRollup(Vertx vertx, ReadingStore readings, Clock clock) {
    this.vertx = vertx;
    this.readings = readings;
    this.clock = clock;
  }

  /**
   * How a series is rolled up.
   *
   * @param interval such as {@code 4h} or {@code 1M} (spec 2.6)
   * @param function one of {@link #functions}
   * @param range both ends included
   */
  public record Manner(String interval, String function, TimeRange range) {}

  /** What can become of the readings of a bucket. */
  public static List<String> functions() {
    return Arrays.stream(Aggregate.values()).map(Aggregate::label).toList();
  }

  /**
   * Succeeds with one point for each bucket that has readings: at the first of them, of the stored
   * values. Fails with a {@link io.mestral.verticles.http.exchange.Problem} when these are too
   * many.
   */
  public Future<Samples> of(Series series, Manner manner) {
    Interval interval = Interval.parse(manner.interval()).orElseThrow();
    Aggregate aggregate = Aggregate.parse(manner.function()).orElseThrow();
    Buckets buckets = new Buckets(interval, manner.range().from());
    Rollup rollup = new Rollup(buckets, aggregate);
    RangeReader reader = new RangeReader(vertx, readings, series, rollup, bytes -> {});
    return reader
        .read(inhabited(manner.range(), clock), Integer.MAX_VALUE)
        .compose(done -> reader.work(rollup.pointCount(), rollup::points));
  }

  /** What of a range can have readings in it: none are taken of other times. */
  static TimeRange inhabited(TimeRange range, Clock clock) {
    long latest = clock.instant().plus(ReadingIngest.TOLERANCE).getEpochSecond();
    return new TimeRange(
        Math.max(range.from(), ReadingIngest.EARLIEST.getEpochSecond()),
        Math.min(range.to(), latest));
  }
}
