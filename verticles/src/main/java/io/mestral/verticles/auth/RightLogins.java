package io.mestral.verticles.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Who logged in where within the last day and made no mistake there since; so many at most. */
final class RightLogins {
  private static final long REMEMBERED = Duration.ofDays(1).toMillis();

  private final int keys;
  private final Clock clock;
  private final Lock lock = new ReentrantLock();
  private final Map<String, Long> times = new LinkedHashMap<>(); // the oldest first

  RightLogins(int keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  void add(String key) {
    long now = clock.millis();
    lock.lock();
    try {
      times.remove(key);
      times.put(key, now);
      Iterator<Long> oldest = times.values().iterator();
      for (int i = 0; i < 2 && oldest.hasNext(); i++) {
        boolean isOver = now - oldest.next() > REMEMBERED;
        if (!isOver && times.size() <= keys) return;
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(String key) {
    lock.lock();
    try {
      times.remove(key);
    } finally {
      lock.unlock();
    }
  }

  boolean knows(String key) {
    lock.lock();
    try {
      Long time = times.get(key);
      return time != null && clock.millis() - time <= REMEMBERED;
    } finally {
      lock.unlock();
    }
  }
}
