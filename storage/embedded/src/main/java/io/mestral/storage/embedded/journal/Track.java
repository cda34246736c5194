package io.mestral.storage.embedded.journal;

import java.util.Arrays;
import java.util.List;

/**
 * Where the records of one stream lie in one segment. Not each record has an entry: those that lie
 * close together share one, and a reader skips what is in between, so that a busy stream costs
 * little memory and a rare one is found at once.
 */
final class Track {
  /** Records whose ends are nearer than this to an entry's start belong to it. */
  private static final int SPAN = 16 << 10;

  private final Segment segment;
  private long[] firsts = new long[2];
  private int[] starts = new int[2];
  private int[] ends = new int[2];
  private int size;
  private long last;

  Track(Segment segment) {
    this.segment = segment;
  }

  /** A stretch of a segment that holds at least one record of the stream. */
  record Span(Segment segment, int start, int end) {}

  Segment segment() {
    return segment;
  }

  /** The highest sequence in this segment. */
  long last() {
    return last;
  }

  void add(long sequence, int start, int end) {
    last = sequence;
    if (size > 0 && end - starts[size - 1] <= SPAN) {
      ends[size - 1] = end;
      return;
    }
    if (size == firsts.length) {
      firsts = Arrays.copyOf(firsts, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    firsts[size] = sequence;
    starts[size] = start;
    ends[size++] = end;
  }

  /** Adds the stretches that can hold sequences above {@code after} until there are so many. */
  void spans(long after, int limit, List<Span> into) {
    int found = Arrays.binarySearch(firsts, 0, size, after);
    for (int i = found >= 0 ? found : Math.max(-found - 2, 0); i < size && into.size() < limit; i++)
      into.add(new Span(segment, starts[i], ends[i]));
  }
}
