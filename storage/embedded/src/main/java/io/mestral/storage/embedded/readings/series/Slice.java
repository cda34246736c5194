package io.mestral.storage.embedded.readings.series;

import io.mestral.model.reading.Samples;
import java.util.Arrays;

/**
 * A part of two columns: readings in strictly ascending time. The arrays belong to somebody else
 * and are only read.
 *
 * @param from index of the first reading
 * @param to index behind the last one
 */
public record Slice(long[] times, double[] values, int from, int to) {
  public int size() {
    return to - from;
  }

  /** A copy. */
  public Samples toSamples() {
    return new Samples(
        Arrays.copyOfRange(times, from, to), Arrays.copyOfRange(values, from, to), size());
  }

  public long first() {
    return times[from];
  }

  public long last() {
    return times[to - 1];
  }

  /** The readings from one second to another, both included; perhaps none. */
  public Slice between(long first, long last) {
    int start = indexAtOrAfter(first);
    int end = last == Long.MAX_VALUE ? to : indexAtOrAfter(last + 1);
    return new Slice(times, values, start, Math.max(start, end));
  }

  /** The index of the first reading at or after a second. */
  public int indexAtOrAfter(long second) {
    int found = Arrays.binarySearch(times, from, to, second);
    return found >= 0 ? found : -found - 1;
  }
}
