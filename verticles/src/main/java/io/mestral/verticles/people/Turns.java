package io.mestral.verticles.people;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How often something may be asked for: so many times at once for each key, and one time more after
 * each equal part of a period. It remembers so many keys, those that asked last.
 */
final class Turns {
  private final long part; // milliseconds for one turn
  private final long period;
  private final int keys;
  private final Clock clock;
  private final Lock lock = new ReentrantLock();
  private final Map<String, Long> paidUntil = new LinkedHashMap<>(); // who asked longest ago first

  /**
   * @param most at once, and in a period
   * @param keys how many are remembered
   */
  Turns(int most, Duration period, int keys, Clock clock) {
    this.part = Math.max(1, period.toMillis() / most);
    this.period = part * most;
    this.keys = keys;
    this.clock = clock;
  }

  /** Takes a turn; false when there is none now. */
  boolean take(String key) {
    long now = clock.millis();
    lock.lock();
    try {
      dropSettled(now);
      long paid = Math.max(now, paidUntil.getOrDefault(key, now)) + part;
      if (paid > now + period) return false;
      paidUntil.remove(key);
      paidUntil.put(key, paid);
      if (paidUntil.size() > keys) paidUntil.remove(paidUntil.keySet().iterator().next());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Two of the oldest for each that comes, so that none stays much longer than it counts. */
  private void dropSettled(long now) {
    Iterator<Long> oldest = paidUntil.values().iterator();
    for (int i = 0; i < 2 && oldest.hasNext(); i++) {
      if (oldest.next() > now) return;
      oldest.remove();
    }
  }
}
