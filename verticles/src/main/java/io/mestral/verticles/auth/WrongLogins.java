package io.mestral.verticles.auth;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How often something went wrong of late, by key: each may go wrong so many times at once, and one
 * time more after each pause. It remembers so many keys, those to which it happened last.
 */
final class WrongLogins {
  private final int most;
  private final long pause;
  private final int keys;
  private final Clock clock;
  private final Lock lock = new ReentrantLock();
  private final Map<String, Tally> tallies = new LinkedHashMap<>(); // the oldest first

  /** So many were left at that time; one less after each pause. */
  private record Tally(int wrong, long at) {}

  /**
   * @param most at once
   * @param pause milliseconds until one is forgotten
   * @param keys how many are remembered
   */
  WrongLogins(int most, long pause, int keys, Clock clock) {
    this.most = most;
    this.pause = pause;
    this.keys = keys;
    this.clock = clock;
  }

  /** Whether it went wrong as often as it may. */
  boolean isTooMany(String key) {
    lock.lock();
    try {
      Tally tally = tallies.get(key);
      return tally != null && left(tally, clock.millis()).wrong >= most;
    } finally {
      lock.unlock();
    }
  }

  /** It went wrong once more. */
  void add(String key) {
    long now = clock.millis();
    lock.lock();
    try {
      Tally before = tallies.remove(key);
      Tally left = before == null ? new Tally(0, now) : left(before, now);
      tallies.put(key, new Tally(Math.min(most, left.wrong + 1), left.wrong == 0 ? now : left.at));
      if (tallies.size() > keys) tallies.remove(tallies.keySet().iterator().next());
    } finally {
      lock.unlock();
    }
  }

  /** It went right. */
  void forget(String key) {
    lock.lock();
    try {
      tallies.remove(key);
    } finally {
      lock.unlock();
    }
  }

  private Tally left(Tally tally, long now) {
    long forgotten = Math.max(0, (now - tally.at) / pause);
    int wrong = (int) Math.max(0, tally.wrong - forgotten);
    return new Tally(wrong, tally.at + forgotten * pause);
  }
}
