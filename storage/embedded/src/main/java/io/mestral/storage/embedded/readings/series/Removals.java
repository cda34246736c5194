package io.mestral.storage.embedded.readings.series;

import io.mestral.model.reading.TimeRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Ranges of a series out of which everything earlier was removed.
 *
 * @param ranges ascending, none touches another
 */
public record Removals(List<TimeRange> ranges) {
  public static final Removals NONE = new Removals(List.of());

  public Removals {
    ranges = List.copyOf(ranges);
  }

  public static Removals of(TimeRange range) {
    return NONE.and(range);
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** These and one more. */
  public Removals and(TimeRange more) {
    if (more.from() > more.to()) return this;
    List<TimeRange> all = new ArrayList<>(ranges.size() + 1);
    long from = more.from();
    long to = more.to();
    int place = 0;
    for (TimeRange range : ranges) {
      if (range.from() - 1 <= to && from <= range.to() + 1) {
        from = Math.min(from, range.from());
        to = Math.max(to, range.to());
      } else {
        all.add(range);
        if (range.to() < from) place = all.size();
      }
    }
    all.add(place, new TimeRange(from, to));
    return new Removals(all);
  }

  /** These and more. */
  public Removals and(Removals more) {
    Removals all = this;
    for (TimeRange range : more.ranges) all = all.and(range);
    return all;
  }

  /** What of these lies from one second to another. */
  public Removals between(long first, long last) {
    if (isEmpty()) return this;
    List<TimeRange> inside = new ArrayList<>();
    for (TimeRange range : ranges)
      if (range.from() <= last && first <= range.to())
        inside.add(new TimeRange(Math.max(range.from(), first), Math.min(range.to(), last)));
    return new Removals(inside);
  }

  boolean contains(long second) {
    for (TimeRange range : ranges) if (range.contains(second)) return true;
    return false;
  }

  /** Adds what is left of a slice. */
  public void leave(Slice slice, List<Slice> into) {
    int start = slice.from();
    for (TimeRange range : ranges) {
      int end = slice.indexAtOrAfter(range.from());
      if (end > start) into.add(new Slice(slice.times(), slice.values(), start, end));
      start = Math.max(start, slice.indexAtOrAfter(range.to() + 1));
    }
    if (slice.to() > start) into.add(new Slice(slice.times(), slice.values(), start, slice.to()));
  }
}
