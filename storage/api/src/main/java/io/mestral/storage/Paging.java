package io.mestral.storage;

/**
 * Which part of a list is asked for.
 *
 * @param number 1 is the first
 * @param size 1 to {@link #MAX_SIZE}
 */
public record Paging(int number, int size) {
  /** The largest page. */
  public static final int MAX_SIZE = 1000;

  /** Refuses numbers out of range. */
  public Paging {
    if (number < 1) throw new IllegalArgumentException("page " + number);
    if (size < 1 || size > MAX_SIZE) throw new IllegalArgumentException("page size " + size);
  }

  /** How many items stand before this page. */
  public long offset() {
    return (long) (number - 1) * size;
  }
}
