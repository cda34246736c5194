package io.mestral.broker.sys;

import java.time.Duration;

/**
 * How much of something happens in a minute, averaged over the last one, five and fifteen; older
 * minutes count ever less.
 */
final class LoadAverage {
  private static final double MINUTE = 60;

  private final double[] perMinute = new double[Span.values().length];
  private long before;

  /** Over how long it is averaged. */
  enum Span {
    ONE("1min", 1),
    FIVE("5min", 5),
    FIFTEEN("15min", 15);

    final String label;
    private final int minutes;

    Span(String label, int minutes) {
      this.label = label;
      this.minutes = minutes;
    }
  }

  /** Takes in how much there was in all, so long after it was asked last. */
  void update(long total, Duration since) {
    double seconds = Math.max(0.001, since.toNanos() / 1e9);
    double rate = (total - before) * MINUTE / seconds;
    before = total;
    for (Span span : Span.values()) {
      double fading = Math.exp(-seconds / (span.minutes * MINUTE));
      perMinute[span.ordinal()] = rate + fading * (perMinute[span.ordinal()] - rate);
    }
  }

  double perMinute(Span span) {
    return perMinute[span.ordinal()];
  }
}
