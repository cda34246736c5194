package io.mestral.storage.embedded.readings.memory;

import io.mestral.storage.embedded.readings.series.Columns;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.Overlay;
import io.mestral.storage.embedded.readings.series.Removals;
import io.mestral.storage.embedded.readings.series.Slice;
import java.util.ArrayList;
import java.util.List;

/** What the tables in memory say about one series, gathered from the oldest table on. */
public final class Layers {
  private final long from;
  private final long to;
  private final List<Slice> slices = new ArrayList<>();
  private Removals removed = Removals.NONE;

  /** Gathers what concerns the seconds from one to another. */
  Layers(long from, long to) {
    this.from = from;
    this.to = to;
  }

  /** All of a series in one table. */
  public static Overlay of(OpenSeries series) {
    Layers layers = new Layers(Days.FIRST_SECOND, Days.LAST_SECOND);
    layers.add(series);
    return layers.merged(Integer.MAX_VALUE);
  }

  /** Lays the series of a later table over what is there. */
  void add(OpenSeries series) {
    OpenSeries.Content content = series.content();
    Removals later = content.removed().between(from, to);
    if (!later.isEmpty()) {
      List<Slice> earlier = List.copyOf(slices);
      slices.clear();
      for (Slice slice : earlier) later.leave(slice, slices);
      removed = removed.and(later);
    }
    content.slices(from, to, slices);
  }

  /**
   * All of it in one.
   *
   * @param limit at most this many readings, the oldest
   */
  public Overlay merged(int limit) {
    return new Overlay(Columns.merged(slices, limit).all(), removed);
  }
}
