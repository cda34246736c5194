package io.mestral.model.reading;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known about the readings of one bucket without looking at them. Two of them that follow
 * one another make one of both; the sum of squares is that about the mean, for one about zero would
 * lose the spread of large values that hardly differ.
 *
 * @param start the bucket's first second
 * @param count how many readings, at least 1
 * @param sum of the values
 * @param squares the sum of the squared differences from the mean
 * @param min the smallest value
 * @param max the largest value
 * @param firstTime epoch second of the oldest reading
 * @param first value of the oldest reading
 * @param lastTime epoch second of the newest reading
 * @param last value of the newest reading
 */
public record Summary(
    long start,
    long count,
    double sum,
    double squares,
    double min,
    double max,
    long firstTime,
    double first,
    long lastTime,
    double last) {

  /** The summaries of all buckets that have readings, oldest first. */
  public static List<Summary> of(Samples samples, Span span) {
    List<Summary> summaries = new ArrayList<>();
    for (int from = 0; from < samples.size(); ) {
      long start = span.startOf(samples.time(from));
      int to = samples.firstAtOrAfter(start + span.seconds());
      summaries.add(of(samples, start, from, to));
      from = to;
    }
    return summaries;
  }

  private static Summary of(Samples samples, long start, int from, int to) {
    double min = samples.value(from);
    double max = min;
    double sum = 0;
    double lost = 0; // by rounding: Neumaier's sum
    for (int i = from; i < to; i++) {
      double value = samples.value(i);
      double next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    sum += lost;
    double mean = sum / (to - from);
    double squares = 0;
    for (int i = from; i < to; i++) {
      double difference = samples.value(i) - mean;
      squares += difference * difference;
    }
    return new Summary(
        start,
        to - from,
        sum,
        squares,
        min,
        max,
        samples.time(from),
        samples.value(from),
        samples.time(to - 1),
        samples.value(to - 1));
  }

  /** This one and a later one in one, which starts where this one does. */
  public Summary and(Summary later) {
    long both = count + later.count;
    double apart = later.sum / later.count - sum / count;
    return new Summary(
        start,
        both,
        sum + later.sum,
        squares + later.squares + apart * apart * count / both * later.count,
        Math.min(min, later.min),
        Math.max(max, later.max),
        firstTime,
        first,
        later.lastTime,
        later.last);
  }

  /** The same readings in a bucket that starts elsewhere. */
  public Summary startingAt(long epochSecond) {
    return new Summary(
        epochSecond, count, sum, squares, min, max, firstTime, first, lastTime, last);
  }

  /** The mean of the values. */
  public double mean() {
    return sum / count;
  }
}
