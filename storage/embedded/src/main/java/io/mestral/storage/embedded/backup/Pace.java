package io.mestral.storage.embedded.backup;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Holds work on many bytes to so many a second, so that the disk stays free for what can't wait.
 * For one thread.
 */
public final class Pace implements LongConsumer {
  private static final long LONGEST_PAUSE = 1_000_000_000;

  /** Pauses shorter than this are saved up. */
  private static final long SHORTEST_PAUSE = 2_000_000;

  private final double nanosPerByte;
  private final BooleanSupplier hurried;
  private long due = System.nanoTime();

  private Pace(double nanosPerByte, BooleanSupplier hurried) {
    this.nanosPerByte = nanosPerByte;
    this.hurried = hurried;
  }

  /**
   * At most so many bytes a second.
   *
   * @param hurried says when it is time to be done with it
   */
  public static Pace of(long bytesPerSecond, BooleanSupplier hurried) {
    return new Pace(1e9 / bytesPerSecond, hurried);
  }

  /** As fast as it goes. */
  public static Pace unbounded() {
    return new Pace(0, () -> false);
  }

  /** So many bytes are done; comes back when it is time for more. */
  @Override
  public void accept(long bytes) {
    due += (long) (bytes * nanosPerByte);
    long now = System.nanoTime();
    if (due < now) due = now;
    if (due - now < SHORTEST_PAUSE) return;
    while (due - System.nanoTime() > 0 && !hurried.getAsBoolean())
      LockSupport.parkNanos(Math.min(due - System.nanoTime(), LONGEST_PAUSE));
  }
}
