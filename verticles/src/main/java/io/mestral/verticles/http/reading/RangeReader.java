package io.mestral.verticles.http.reading;

import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Steps;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Rolls a range of a series up piece by piece, so that a decade of minutes is never in memory at
 * once; and off the event loop, unless that is quicker.
 */
final class RangeReader {
  private static final int PIECE = 100_000;
  private static final int SPANS_AT_ONCE = 10_000;

  /** Beyond these seconds nothing is stored. */
  private static final long FAR = 1L << 39;

  private static final int QUICK = 2_000;
  private static final int MOST_POINTS = 1_000_000;

  /** As numbers, and written down. */
  static final long BYTES_PER_POINT = 64;

  private final Vertx vertx;
  private final ReadingStore readings;
  private final Series series;
  private final Rollup rollup;
  private final LongConsumer room;

  /**
   * @param room is told how many bytes the answer takes so far, and throws when that is too much
   */
  RangeReader(Vertx vertx, ReadingStore readings, Series series, Rollup rollup, LongConsumer room) {
    this.vertx = vertx;
    this.readings = readings;
    this.series = series;
    this.rollup = rollup;
    this.room = room;
  }

  /**
   * Succeeds when the rollup has the range's readings, at most {@code limit} from the oldest on.
   * Without a limit summaries stand for whole hours and days wherever the rollup's buckets consist
   * of such.
   */
  Future<Void> read(TimeRange range, int limit) {
    Optional<Span> spans = rollup.spans();
    if (limit < Integer.MAX_VALUE || spans.isEmpty()) return readRaw(range, limit);
    return spans.get() == Span.DAY
        ? readSpans(range, Span.DAY, edge -> readSpans(edge, Span.HOUR, this::readEdge))
        : readSpans(range, Span.HOUR, this::readEdge);
  }

  private Future<Void> readEdge(TimeRange range) {
    return readRaw(range, Integer.MAX_VALUE);
  }

  /** What of the range is no whole span, at its ends, is read another way. */
  private Future<Void> readSpans(
      TimeRange range, Span span, Function<TimeRange, Future<Void>> edges) {
    long from = Math.max(range.from(), -FAR);
    long to = Math.min(range.to(), FAR);
    long first = span.startAtOrAfter(from);
    long end = span.startOf(to + 1);
    if (first >= end) return edges.apply(new TimeRange(from, to));
    return edges
        .apply(new TimeRange(from, first - 1))
        .compose(before -> readSummaries(span, first, end))
        .compose(inside -> edges.apply(new TimeRange(end, to)));
  }

  private Future<Void> readSummaries(Span span, long first, long end) {
    long length = SPANS_AT_ONCE * span.seconds();
    Iterable<TimeRange> pieces =
        () ->
            LongStream.iterate(first, from -> from < end, from -> from + length)
                .mapToObj(from -> new TimeRange(from, Math.min(end, from + length) - 1))
                .iterator();
    return Steps.forEach(
        pieces, piece -> readings.summaries(series, span, piece).compose(this::take));
  }

  private Future<Void> readRaw(TimeRange range, int limit) {
    return Steps.until(new RawPieces(range, limit)::next);
  }

  /** Readings one by one; where a piece ends shows when it is there. */
  private final class RawPieces {
    private final long to;
    private long from;
    private int left;

    RawPieces(TimeRange range, int limit) {
      this.from = range.from();
      this.to = range.to();
      this.left = limit;
    }

    /** Succeeds with whether this was the last piece. */
    Future<Boolean> next() {
      if (from > to) return Future.succeededFuture(true);
      int most = Math.min(left, PIECE);
      return readings
          .read(series, new TimeRange(from, to), most)
          .compose(samples -> take(samples).map(taken -> isLast(samples, most)));
    }

    private boolean isLast(Samples samples, int most) {
      left -= samples.size();
      if (samples.size() < most || left == 0) return true;
      from = samples.time(samples.size() - 1) + 1;
      return false;
    }
  }

  /** Succeeds with the work's result; a small one is done right here. */
  <T> Future<T> work(int size, Callable<T> work) {
    if (size > QUICK) return vertx.executeBlocking(work, false);
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private Future<Void> take(Samples samples) {
    return take(samples.size(), () -> rollup.add(samples));
  }

  private Future<Void> take(List<Summary> summaries) {
    return take(summaries.size(), () -> rollup.add(summaries));
  }

  private Future<Void> take(int size, Runnable adding) {
    return work(
        size,
        () -> {
          adding.run();
          if (rollup.pointCount() > MOST_POINTS)
            throw Problem.short400(
                "That is more than " + MOST_POINTS + " points; ask for a longer rollup.");
          room.accept(rollup.pointCount() * BYTES_PER_POINT);
          return null;
        });
  }
}
