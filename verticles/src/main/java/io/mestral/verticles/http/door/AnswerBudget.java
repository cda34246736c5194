package io.mestral.verticles.http.door;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of answers may be in memory at one time, all requests together: they stay until
 * the slowest client has taken them. Small ones don't count, and one alone may be of any size.
 */
public final class AnswerBudget {
  /** Answers up to this size don't count. */
  static final long SMALL = 128 * 1024;

  private final long bytes;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param bytes for all requests together
   */
  public AnswerBudget(long bytes) {
    this.bytes = bytes;
  }

  /** Of an answer that holds nothing yet. */
  Share share() {
    return new Share();
  }

  /** What one answer holds. Used by one thread after the other. */
  final class Share {
    private long mine;

    /** Whether the answer may be of this size; it holds so much then, and never less. */
    boolean growTo(long size) {
      long more = size - mine;
      if (size <= SMALL || more <= 0) return true;
      if (!take(more)) return false;
      mine = size;
      return true;
    }

    private boolean take(long more) {
      long before = held.getAndUpdate(now -> fits(now, more) ? now + more : now);
      return fits(before, more);
    }

    private boolean fits(long now, long more) {
      return now == mine || now + more <= bytes;
    }

    /** Gives everything back. */
    void release() {
      held.addAndGet(-mine);
      mine = 0;
    }
  }
}
