package io.mestral.storage.embedded.readings.series;

/**
 * What is laid over the blocks of a series.
 *
 * @param readings that are not in blocks, or later than those; ascending
 * @param removed ranges of which the blocks count no more
 */
public record Overlay(Slice readings, Removals removed) {
  public static final Overlay NOTHING = new Overlay(new Columns(0).all(), Removals.NONE);

  public boolean isNothing() {
    return readings.size() == 0 && removed.isEmpty();
  }

  /** What of it lies from one second to another. */
  public Overlay between(long first, long last) {
    return new Overlay(readings.between(first, last), removed.between(first, last));
  }
}
