package io.mestral.storage.embedded.metadata.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bounded queue that says no when it is full or closed, and lets its takers finish the rest. */
final class UnitQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Unit<?>> waiting = new ArrayDeque<>();
  private final int capacity;
  private boolean closed;

  UnitQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Whether the unit was taken in. */
  boolean offer(Unit<?> unit) {
    lock.lock();
    try {
      if (closed || waiting.size() >= capacity) return false;
      waiting.addLast(unit);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** As {@link #take}, but leaves half of what waits to another taker. */
  List<Unit<?>> takeShare(int most) {
    lock.lock();
    try {
      awaitUnits();
      return taken(Math.min(most, (waiting.size() + 1) / 2));
    } finally {
      lock.unlock();
    }
  }

  /** Waits for units and takes up to {@code most}; empty once the queue is closed and drained. */
  List<Unit<?>> take(int most) {
    lock.lock();
    try {
      awaitUnits();
      return taken(most);
    } finally {
      lock.unlock();
    }
  }

  private void awaitUnits() {
    while (waiting.isEmpty() && !closed) changed.awaitUninterruptibly();
  }

  private List<Unit<?>> taken(int most) {
    List<Unit<?>> taken = new ArrayList<>(Math.min(most, waiting.size()));
    while (taken.size() < most && !waiting.isEmpty()) taken.add(waiting.removeFirst());
    return taken;
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
