package io.mestral.verticles.http.reading;

import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Readings rolled up into buckets: one point for each bucket that has any, at the time of the first
 * reading in it. Takes the readings in pieces, oldest first, so that a long range need not be in
 * memory at once.
 */
final class Rollup {
  private final Buckets buckets;
  private final Aggregate aggregate;
  private final Tally tally = new Tally();
  private long[] times = new long[256];
  private double[] values = new double[256];
  private int size;
  private long sampleSize;
  private long bucketEnd = Long.MIN_VALUE;

  Rollup(Buckets buckets, Aggregate aggregate) {
    this.buckets = buckets;
    this.aggregate = aggregate;
  }

  /** Takes the next readings, all later than those before. */
  void add(Samples samples) {
    for (int i = 0; i < samples.size(); i++) {
      long time = samples.time(i);
      if (time >= bucketEnd) nextBucket(time);
      tally.add(time, samples.value(i));
    }
    sampleSize += samples.size();
  }

  /** Takes the next readings summarised; each summary lies in one bucket. */
  void add(List<Summary> summaries) {
    for (Summary summary : summaries) {
      if (summary.firstTime() >= bucketEnd) nextBucket(summary.firstTime());
      tally.add(summary);
      sampleSize += summary.count();
    }
  }

  private void nextBucket(long time) {
    close();
    bucketEnd = buckets.startOf(buckets.indexOf(time) + 1);
  }

  /** The spans whose summaries can stand for readings. */
  Optional<Span> spans() {
    return buckets.spans();
  }

  /** The points so far, oldest first, the last bucket as if it were complete. */
  Samples points() {
    close();
    return new Samples(Arrays.copyOf(times, size), Arrays.copyOf(values, size), size);
  }

  /** How many points there are, the one under way included. */
  int pointCount() {
    return size + (tally.isEmpty() ? 0 : 1);
  }

  /** How many readings were taken. */
  long sampleSize() {
    return sampleSize;
  }

  private void close() {
    if (tally.isEmpty()) return;
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    times[size] = tally.firstTime();
    values[size++] = tally.result(aggregate);
    tally.clear();
  }
}
