package io.mestral.storage.embedded.readings;

import io.mestral.model.reading.Samples;
import java.util.Arrays;

/**
 * A part of two columns: readings in strictly ascending time. The arrays belong to somebody else
 * and are only read.
 *
 * @param from index of the first reading
 * @param to index behind the last one
 */
record Slice(long[] times, double[] values, int from, int to) {
  int size() {
    return to - from;
  }

  /** A copy. */
  Samples toSamples() {
    return new Samples(
        Arrays.copyOfRange(times, from, to), Arrays.copyOfRange(values, from, to), size());
  }

  long first() {
    return times[from];
  }

  long last() {
    return times[to - 1];
  }

  /** The readings from one second to another, both included; perhaps none. */
  Slice between(long first, long last) {
    int start = indexAtOrAfter(first);
    int end = last == Long.MAX_VALUE ? to : indexAtOrAfter(last + 1);
    return new Slice(times, values, start, Math.max(start, end));
  }

  /** The index of the first reading at or after a second. */
  int indexAtOrAfter(long second) {
    int found = Arrays.binarySearch(times, from, to, second);
    return found >= 0 ? found : -found - 1;
  }
}
