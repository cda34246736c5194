package io.mestral.broker.keeping;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all queues of the node hold together, and how much of it may be in memory. Any thread may
 * count.
 */
final class Totals {
  private final long bodyBudget;
  private final AtomicLong bodies = new AtomicLong();
  private final LongAdder messages = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder live = new LongAdder();

  /**
   * Nothing yet.
   *
   * @param bodyBudget bytes of queued bodies in memory; beyond it they are only in the journal
   */
  Totals(long bodyBudget) {
    this.bodyBudget = bodyBudget;
  }

  void queued(long size) {
    messages.increment();
    bytes.add(size);
  }

  void gone(long size) {
    messages.decrement();
    bytes.add(-size);
  }

  /** Books room for a body in memory; false when there is none. */
  boolean takeBody(long size) {
    if (bodies.addAndGet(size) <= bodyBudget) return true;
    bodies.addAndGet(-size);
    return false;
  }

  /** A body was read because it is needed now. */
  void needBody(long size) {
    bodies.addAndGet(size);
  }

  void bodyGone(long size) {
    bodies.addAndGet(-size);
  }

  /** So many more bytes of the journal are needed, or fewer. */
  void live(long change) {
    live.add(change);
  }

  long messages() {
    return messages.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long bodies() {
    return bodies.get();
  }

  long live() {
    return live.sum();
  }
}
