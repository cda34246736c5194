package io.mestral.storage.cassandra;

import java.time.Clock;

/**
 * Numbers what arrives, in microseconds of the clock that never come twice nor go back: of two
 * writes to the same place Cassandra keeps the one with the higher number.
 */
final class Arrivals {
  private final Clock clock;
  private long last;

  Arrivals(Clock clock) {
    this.clock = clock;
  }

  long next() {
    last = Math.max(last + 1, clock.millis() * 1000);
    return last;
  }

  /** What was numbered before a restart; a clock that was set back doesn't go below. */
  void seen(long arrival) {
    last = Math.max(last, arrival);
  }
}
