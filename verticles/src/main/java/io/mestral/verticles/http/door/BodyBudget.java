package io.mestral.verticles.http.door;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of request bodies may be in memory at one time, all requests together: one large
 * body is fine, a hundred of them at once are not.
 */
public final class BodyBudget {
  private final AtomicLong left;

  /**
   * @param bytes for all requests together
   */
  public BodyBudget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** Whether so many bytes were free; they are taken then. */
  boolean take(long bytes) {
    return left.getAndUpdate(free -> free >= bytes ? free - bytes : free) >= bytes;
  }

  /** Gives bytes back. */
  void give(long bytes) {
    left.addAndGet(bytes);
  }
}
