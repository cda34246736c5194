package io.mestral.broker.connection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How fast packets of one client may come: so many in a second, and those of one second at once.
 */
final class Pace {
  private static final long BURST = Duration.ofSeconds(1).toNanos();
  private static final long SHORTEST_WAIT = Duration.ofMillis(20).toNanos(); // not one per packet

  private final long interval;
  private final LongSupplier nanoTime;
  private long due; // when the next packet would come from a client that keeps an even pace

  /** The time as {@link System#nanoTime} tells it. */
  Pace(int packetsPerSecond, LongSupplier nanoTime) {
    this.interval = BURST / packetsPerSecond;
    this.nanoTime = nanoTime;
    this.due = nanoTime.getAsLong();
  }

  /** Counts a packet; how long to wait before the next one is taken, often not at all. */
  Duration next() {
    long now = nanoTime.getAsLong();
    if (due - now < 0) due = now;
    due += interval;
    long ahead = due - now - BURST;
    return ahead <= 0 ? Duration.ZERO : Duration.ofNanos(Math.max(ahead, SHORTEST_WAIT));
  }
}
