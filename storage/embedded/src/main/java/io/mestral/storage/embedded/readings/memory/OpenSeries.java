package io.mestral.storage.embedded.readings.memory;

import io.mestral.model.reading.TimeRange;
import io.mestral.storage.embedded.readings.series.Columns;
import io.mestral.storage.embedded.readings.series.NewestTwo;
import io.mestral.storage.embedded.readings.series.Removals;
import io.mestral.storage.embedded.readings.series.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Readings of one series in memory: one thread adds, any number read without a lock. They stand in
 * runs of ascending time. A reading that is newer than the newest run's end extends that run; a
 * late one starts another, and runs are merged so that each is more than twice as long as the next:
 * even readings that come backwards cost only a logarithm each. What is removed goes at once; that
 * it was removed is remembered for what lies beneath, in older tables and in blocks.
 */
public final class OpenSeries {
  private static final VarHandle SIZE;

  static {
    try {
      SIZE = MethodHandles.lookup().findVarHandle(Run.class, "size", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private volatile Content content = new Content(new Run[] {new Run(4)}, Removals.NONE);
  private long newest = Long.MIN_VALUE;

  /** Entries below the published size never change. */
  private static final class Run {
    final long[] times;
    final double[] values;
    int size;

    Run(int capacity) {
      this(new long[capacity], new double[capacity], 0);
    }

    Run(long[] times, double[] values, int size) {
      this.times = times;
      this.values = values;
      this.size = size;
    }

    boolean isFull() {
      return size == times.length;
    }

    Run grown() {
      int capacity = times.length * 2;
      return new Run(Arrays.copyOf(times, capacity), Arrays.copyOf(values, capacity), size);
    }

    void add(long second, double value) {
      times[size] = second;
      values[size] = value;
      SIZE.setRelease(this, size + 1);
    }

    Slice slice() {
      return new Slice(times, values, 0, (int) SIZE.getAcquire(this));
    }
  }

  /**
   * What there is at one moment; runs may grow afterwards.
   *
   * @param removed out of what lies beneath, not out of the runs
   */
  public static final class Content {
    private final Run[] runs;
    private final Removals removed;

    private Content(Run[] runs, Removals removed) {
      this.runs = runs;
      this.removed = removed;
    }

    public Removals removed() {
      return removed;
    }

    /** Adds the readings between two seconds, in slices ordered by arrival. */
    void slices(long from, long to, List<Slice> into) {
      for (Run run : runs) {
        Slice slice = run.slice().between(from, to);
        if (slice.size() > 0) into.add(slice);
      }
    }

    /** Tells the last two readings of every run, in the order of arrival. */
    public void newest(NewestTwo into) {
      for (Run run : runs) {
        Slice slice = run.slice();
        for (int i = Math.max(0, slice.to() - 2); i < slice.to(); i++)
          into.offer(slice.times()[i], slice.values()[i]);
      }
    }
  }

  public Content content() {
    return content;
  }

  /**
   * Adds a reading; it replaces what is there for its second.
   *
   * @return whether that changed anything
   */
  boolean add(long second, double value) {
    Run[] runs = content.runs;
    Run tail = runs[runs.length - 1];
    if (second > newest) newest = second;
    else if (isThere(runs, second, value)) return false;
    if (tail.size > 0 && second <= tail.times[tail.size - 1]) startRun(runs, second, value);
    else extend(runs, second, value);
    return true;
  }

  private static boolean isThere(Run[] runs, long second, double value) {
    for (int i = runs.length - 1; i >= 0; i--) {
      Run run = runs[i];
      int found = Arrays.binarySearch(run.times, 0, run.size, second);
      if (found >= 0)
        return Double.doubleToRawLongBits(run.values[found]) == Double.doubleToRawLongBits(value);
    }
    return false;
  }

  private void extend(Run[] runs, long second, double value) {
    Run tail = runs[runs.length - 1];
    if (!tail.isFull()) {
      tail.add(second, value);
      return;
    }
    Run grown = tail.grown();
    grown.add(second, value);
    Run[] next = runs.clone();
    next[next.length - 1] = grown;
    content = new Content(next, content.removed);
  }

  private void startRun(Run[] runs, long second, double value) {
    Run[] stack = runs.clone();
    int count = stack.length;
    while (count >= 2 && stack[count - 2].size <= 2L * stack[count - 1].size) {
      stack[count - 2] = merge(stack[count - 2], stack[count - 1]);
      count--;
    }
    Run late = new Run(4);
    late.add(second, value);
    Run[] next = Arrays.copyOf(stack, count + 1);
    next[count] = late;
    content = new Content(next, content.removed);
  }

  private static Run merge(Run older, Run newer) {
    Slice all = Columns.merged(List.of(older.slice(), newer.slice()), Integer.MAX_VALUE).all();
    return new Run(all.times(), all.values(), all.size());
  }

  /** Removes what is here of a range, and remembers to remove what is beneath. */
  void remove(TimeRange range) {
    List<Slice> slices = new ArrayList<>();
    content.slices(Long.MIN_VALUE, Long.MAX_VALUE, slices);
    List<Slice> left = new ArrayList<>();
    Removals gone = Removals.of(range);
    for (Slice slice : slices) gone.leave(slice, left);
    Slice rest = Columns.merged(left, Integer.MAX_VALUE).all();
    Run run = rest.size() == 0 ? new Run(4) : new Run(rest.times(), rest.values(), rest.size());
    newest = rest.size() == 0 ? Long.MIN_VALUE : rest.last();
    content = new Content(new Run[] {run}, content.removed.and(range));
  }
}
