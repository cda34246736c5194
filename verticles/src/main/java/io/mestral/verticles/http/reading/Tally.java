package io.mestral.verticles.http.reading;

import io.mestral.model.reading.Summary;

/** What is known of the readings of one bucket, whichever aggregate is asked for. */
final class Tally {
  private long firstTime;
  private long count;
  private double first;
  private double last;
  private double min;
  private double max;
  private double sum;
  private double mean;
  private double squares; // of the distances from the mean (Welford)

  void clear() {
    count = 0;
    sum = 0;
    mean = 0;
    squares = 0;
  }

  void add(long time, double value) {
    if (count == 0) {
      firstTime = time;
      first = value;
      min = value;
      max = value;
    }
    count++;
    last = value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    double distance = value - mean;
    mean += distance / count;
    squares += distance * (value - mean);
  }

  /** Adds later readings that somebody else has summarised. */
  void add(Summary later) {
    if (count == 0) {
      firstTime = later.firstTime();
      first = later.first();
      min = later.min();
      max = later.max();
    }
    long both = count + later.count();
    double distance = later.mean() - mean;
    mean += distance * later.count() / both;
    squares += later.squares() + distance * distance * count / both * later.count();
    count = both;
    last = later.last();
    min = Math.min(min, later.min());
    max = Math.max(max, later.max());
    sum += later.sum();
  }

  boolean isEmpty() {
    return count == 0;
  }

  long firstTime() {
    return firstTime;
  }

  double result(Aggregate aggregate) {
    return switch (aggregate) {
      case AVG -> sum / count;
      case MAX -> max;
      case MIN -> min;
      case SUM -> sum;
      case COUNT -> count;
      case DEV -> count < 2 ? 0 : Math.sqrt(squares / (count - 1)); // of a sample, as KairosDB's
      case FIRST -> first;
      case LAST -> last;
    };
  }
}
