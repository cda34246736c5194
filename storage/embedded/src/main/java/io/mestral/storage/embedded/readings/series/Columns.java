package io.mestral.storage.embedded.readings.series;

import io.mestral.model.reading.Samples;
import java.util.Arrays;
import java.util.List;

/** Readings of one series in two arrays that grow; one per second, ascending. */
public final class Columns {
  private long[] times;
  private double[] values;
  private int size;

  public Columns(int capacity) {
    times = new long[capacity];
    values = new double[capacity];
  }

  /**
   * Merges slices; where the same second comes twice the later slice wins.
   *
   * @param limit at most this many readings, the oldest
   */
  public static Columns merged(List<Slice> oldestArrivalFirst, int limit) {
    int total = 0;
    for (Slice slice : oldestArrivalFirst) total += slice.size();
    Columns merged = new Columns(Math.min(total, limit));
    if (oldestArrivalFirst.size() == 1) merged.addAll(oldestArrivalFirst.get(0), limit);
    else if (total > 0) merged.merge(oldestArrivalFirst.toArray(Slice[]::new), limit);
    return merged;
  }

  private void merge(Slice[] slices, int limit) {
    int[] heads = new int[slices.length];
    for (int i = 0; i < slices.length; i++) heads[i] = slices[i].from();
    while (size < limit) {
      int winner = -1;
      long second = Long.MAX_VALUE;
      for (int i = 0; i < slices.length; i++)
        if (heads[i] < slices[i].to() && slices[i].times()[heads[i]] <= second) {
          second = slices[i].times()[heads[i]];
          winner = i;
        }
      if (winner < 0) return;
      add(second, slices[winner].values()[heads[winner]]);
      for (int i = 0; i < slices.length; i++)
        if (heads[i] < slices[i].to() && slices[i].times()[heads[i]] == second) heads[i]++;
    }
  }

  public int size() {
    return size;
  }

  /** Adds a reading behind all others. */
  public void add(long second, double value) {
    room(1);
    times[size] = second;
    values[size++] = value;
  }

  /** Adds the first readings of a slice, up to {@code most}, behind all others. */
  public void addAll(Slice slice, int most) {
    int count = Math.min(most, slice.size());
    room(count);
    System.arraycopy(slice.times(), slice.from(), times, size, count);
    System.arraycopy(slice.values(), slice.from(), values, size, count);
    size += count;
  }

  private void room(int more) {
    if (size + more <= times.length) return;
    int capacity = Math.max(size + more, Math.max(16, size + (size >> 1)));
    times = Arrays.copyOf(times, capacity);
    values = Arrays.copyOf(values, capacity);
  }

  public Slice all() {
    return new Slice(times, values, 0, size);
  }

  public Samples toSamples() {
    return size == 0 ? Samples.EMPTY : new Samples(times, values, size);
  }
}
