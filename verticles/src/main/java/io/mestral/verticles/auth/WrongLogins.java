package io.mestral.verticles.auth;

import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How often something went wrong of late, by key: each may go wrong so many times at once, and one
 * time more after each pause. What is being tried counts as if it had gone wrong, so that no more
 * than that is tried at once either. It remembers so many keys, those that were tried last.
 */
final class WrongLogins {
  private static final long MINUTE = 60_000;

  private final int most;
  private final long pause; // milliseconds until one is forgotten
  private final int keys;
  private final Clock clock;
  private final Lock lock = new ReentrantLock();
  private final Map<String, Tally> tallies = new LinkedHashMap<>(); // the oldest first

  /** So many were left at that time, one less after each pause; so many are being tried. */
  private record Tally(int wrong, long at, int open) {}

  /**
   * @param most at once, and in a minute
   * @param keys how many are remembered
   */
  WrongLogins(int most, int keys, Clock clock) {
    this.most = most;
    this.pause = Math.max(1, MINUTE / most);
    this.keys = keys;
    this.clock = clock;
  }

  /** Whether it may be tried once more; if so, that has begun. */
  boolean begin(String key) {
    long now = clock.millis();
    lock.lock();
    try {
      dropForgotten(now);
      Tally left = left(key, now);
      if (left.wrong + left.open >= most) return false;
      put(key, new Tally(left.wrong, left.at, left.open + 1));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What had begun came to its end. */
  void end(String key, boolean wrong) {
    long now = clock.millis();
    lock.lock();
    try {
      Tally left = left(key, now);
      put(key, new Tally(left.wrong + (wrong ? 1 : 0), left.at, Math.max(0, left.open - 1)));
    } finally {
      lock.unlock();
    }
  }

  /** What went wrong so far is made good. */
  void forgive(String key) {
    long now = clock.millis();
    lock.lock();
    try {
      put(key, new Tally(0, now, left(key, now).open));
    } finally {
      lock.unlock();
    }
  }

  /** Whether it went wrong of late. */
  boolean remembers(String key) {
    lock.lock();
    try {
      return left(key, clock.millis()).wrong > 0;
    } finally {
      lock.unlock();
    }
  }

  /** How many keys are held. */
  int size() {
    lock.lock();
    try {
      return tallies.size();
    } finally {
      lock.unlock();
    }
  }

  private void put(String key, Tally tally) {
    tallies.remove(key);
    if (tally.wrong == 0 && tally.open == 0) return;
    tallies.put(key, tally);
    if (tallies.size() > keys) tallies.remove(tallies.keySet().iterator().next());
  }

  private Tally left(String key, long now) {
    Tally tally = tallies.get(key);
    if (tally == null || tally.wrong == 0) return new Tally(0, now, tally == null ? 0 : tally.open);
    long forgotten = Math.max(0, (now - tally.at) / pause);
    int wrong = (int) Math.max(0, tally.wrong - forgotten);
    return new Tally(wrong, wrong == 0 ? now : tally.at + forgotten * pause, tally.open);
  }

  /** Two of the oldest for each that comes, so that none stays much longer than it counts. */
  private void dropForgotten(long now) {
    Iterator<Map.Entry<String, Tally>> oldest = tallies.entrySet().iterator();
    for (int i = 0; i < 2 && oldest.hasNext(); i++) {
      Tally tally = oldest.next().getValue();
      if (tally.open > 0 || tally.at + tally.wrong * pause > now) return;
      oldest.remove();
    }
  }
}
