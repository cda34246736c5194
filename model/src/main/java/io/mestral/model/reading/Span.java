package io.mestral.model.reading;

/** The buckets that a series is summarised by; both begin with the UTC clock. */
public enum Span {
  HOUR(3_600),
  DAY(86_400);

  private final long seconds;

  Span(long seconds) {
    this.seconds = seconds;
  }

  /** How long a bucket is. */
  public long seconds() {
    return seconds;
  }

  /** The first second of the bucket that a second lies in. */
  public long startOf(long epochSecond) {
    return Math.floorDiv(epochSecond, seconds) * seconds;
  }

  /** The first bucket that begins at a second or later. */
  public long startAtOrAfter(long epochSecond) {
    return -Math.floorDiv(-epochSecond, seconds) * seconds;
  }
}
