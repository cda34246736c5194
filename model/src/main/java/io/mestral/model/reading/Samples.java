package io.mestral.model.reading;

import java.util.Arrays;

/**
 * Readings of one series in ascending time, one per second, as two columns: a year of minutes is
 * half a million readings, too many for an object each.
 */
public final class Samples {
  /** No readings. */
  public static final Samples EMPTY = new Samples(new long[0], new double[0], 0);

  private final long[] times;
  private final double[] values;
  private final int size;

  /**
   * Takes the arrays over: the giver doesn't write the first {@code size} entries any more.
   *
   * @param times epoch seconds, strictly ascending
   */
  public Samples(long[] times, double[] values, int size) {
    if (size < 0 || size > times.length || size > values.length)
      throw new IllegalArgumentException("size " + size);
    this.times = times;
    this.values = values;
    this.size = size;
  }

  /** How many readings. */
  public int size() {
    return size;
  }

  /** The epoch second of reading {@code index}. */
  public long time(int index) {
    return times[index];
  }

  /** The value of reading {@code index}. */
  public double value(int index) {
    return values[index];
  }

  /** The index of the first reading at or after a second; {@link #size()} when there is none. */
  public int firstAtOrAfter(long epochSecond) {
    int found = Arrays.binarySearch(times, 0, size, epochSecond);
    return found >= 0 ? found : -found - 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Samples samples
        && Arrays.equals(times, 0, size, samples.times, 0, samples.size)
        && Arrays.equals(values, 0, size, samples.values, 0, samples.size);
  }

  @Override
  public int hashCode() {
    return size == 0 ? 0 : Long.hashCode(times[size - 1]) * 31 + size;
  }

  @Override
  public String toString() {
    return size == 0
        ? "Samples[]"
        : "Samples[" + size + " from " + times[0] + " to " + times[size - 1] + "]";
  }
}
