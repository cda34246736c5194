package io.mestral.broker.keeping;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all queues of the node hold together, and how much of it may be in memory. Any thread may
 * count.
 */
final class Totals {
  /** Bytes of memory that a place in a queue takes, whether the body is there or not. */
  static final int PLACE = 96;

  private final long memory;
  private final AtomicLong places = new AtomicLong();
  private final AtomicLong bodies = new AtomicLong();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder live = new LongAdder();

  /**
   * Nothing yet.
   *
   * @param memory bytes of it for all queues; places come first, and bodies for which nothing is
   *     left are only in the journal
   */
  Totals(long memory) {
    this.memory = memory;
  }

  /** Books a place in a queue; false when there is no memory for it. */
  boolean takePlace() {
    if (places.incrementAndGet() * PLACE <= memory) return true;
    places.decrementAndGet();
    return false;
  }

  /** A message that was queued before the node was started has its place in any case. */
  void needPlace() {
    places.incrementAndGet();
  }

  /** A message of this size has its place. */
  void queued(long size) {
    bytes.add(size);
  }

  void gone(long size) {
    places.decrementAndGet();
    bytes.add(-size);
  }

  /** Books room for a body in memory; false when there is none. */
  boolean takeBody(long size) {
    if (bodies.addAndGet(size) + places.get() * PLACE <= memory) return true;
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
    return places.get();
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
