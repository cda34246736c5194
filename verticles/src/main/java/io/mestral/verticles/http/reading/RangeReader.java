package io.mestral.verticles.http.reading;

import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/**
 * Rolls a range of a series up piece by piece, so that a decade of minutes is never in memory at
 * once; and off the event loop, unless that is quicker.
 */
final class RangeReader {
  private static final int PIECE = 100_000;
  private static final int QUICK = 2_000;
  private static final int MOST_POINTS = 1_000_000;

  private final Vertx vertx;
  private final ReadingStore readings;
  private final Series series;
  private final Rollup rollup;

  RangeReader(Vertx vertx, ReadingStore readings, Series series, Rollup rollup) {
    this.vertx = vertx;
    this.readings = readings;
    this.series = series;
    this.rollup = rollup;
  }

  /**
   * Succeeds when the rollup has the range's readings, at most {@code limit} from the oldest on.
   */
  Future<Void> read(TimeRange range, int limit) {
    if (range.from() > range.to()) return Future.succeededFuture();
    int piece = Math.min(limit, PIECE);
    return readings
        .read(series, range, piece)
        .compose(samples -> take(samples).map(samples))
        .compose(
            samples -> {
              int left = limit - samples.size();
              if (samples.size() < piece || left == 0) return Future.succeededFuture();
              long last = samples.time(samples.size() - 1);
              return read(new TimeRange(last + 1, range.to()), left);
            });
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
    return work(
        samples.size(),
        () -> {
          rollup.add(samples);
          if (rollup.pointCount() > MOST_POINTS)
            throw Problem.short400(
                "That is more than " + MOST_POINTS + " points; ask for a longer rollup.");
          return null;
        });
  }
}
