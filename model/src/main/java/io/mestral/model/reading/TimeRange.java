package io.mestral.model.reading;

/**
 * A span of whole seconds, both ends included; empty when it ends before it starts.
 *
 * @param from epoch second
 * @param to epoch second
 */
public record TimeRange(long from, long to) {
  /** All of time. */
  public static final TimeRange ALWAYS = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  /** Whether the second lies inside. */
  public boolean contains(long epochSecond) {
    return from <= epochSecond && epochSecond <= to;
  }
}
