package io.mestral.broker.telemetry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How long a client's network took nothing. The connection's event loop writes, any thread reads; a
 * reader may see a turn half done and be off by it, which does no harm in a list of the slowest.
 */
final class Blockage {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long FREE = Long.MIN_VALUE;

  private final LongSupplier nanoTime;
  private final AtomicLong since = new AtomicLong(FREE);
  private final AtomicLong minuteBegan;
  private final AtomicLong inMinute = new AtomicLong();
  private final AtomicLong inMinuteBefore = new AtomicLong();

  Blockage(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.minuteBegan = new AtomicLong(nanoTime.getAsLong());
  }

  /** The network takes no more. */
  void begins() {
    if (since.getPlain() == FREE) since.setOpaque(nanoTime.getAsLong());
  }

  /** The network takes more; for how long it did not. */
  Duration ends() {
    long began = since.getPlain();
    if (began == FREE) return Duration.ZERO;
    long now = nanoTime.getAsLong();
    turn(now);
    long within = now - Math.max(began, minuteBegan.getPlain());
    inMinute.setOpaque(inMinute.getPlain() + within);
    since.setOpaque(FREE);
    return Duration.ofNanos(now - began);
  }

  /**
   * Of the last minute. What the previous calendar minute holds counts as far as that minute still
   * lies in the last sixty seconds.
   */
  Duration ofLate() {
    long now = nanoTime.getAsLong();
    long began = since.getOpaque();
    long age = now - minuteBegan.getOpaque();
    long before = age < MINUTE ? inMinuteBefore.getOpaque() : inMinute.getOpaque();
    long current = age < MINUTE ? inMinute.getOpaque() : 0;
    double share = age < 2 * MINUTE ? 1 - (double) (age % MINUTE) / MINUTE : 0;
    long running = began == FREE ? 0 : now - began;
    return Duration.ofNanos(Math.min(MINUTE, current + (long) (before * share) + running));
  }

  /** Begins another minute when one is over; what is blocked just now counts from there on. */
  private void turn(long now) {
    long age = now - minuteBegan.getPlain();
    if (age < MINUTE) return;
    inMinuteBefore.setOpaque(age < 2 * MINUTE ? inMinute.getPlain() : 0);
    inMinute.setOpaque(0);
    minuteBegan.setOpaque(now - age % MINUTE);
  }
}
