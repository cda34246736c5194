package io.mestral.verticles.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Which uses of tokens were written down of late: one an hour is enough to tell an idle one. */
final class NotedUses {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int REMEMBERED = 100_000;

  private final Clock clock;
  private final Lock lock = new ReentrantLock();
  private final Map<String, Instant> noted = new LinkedHashMap<>(16, 0.75f, true);

  NotedUses(Clock clock) {
    this.clock = clock;
  }

  /** Whether this use is to be written down; then it counts as done. */
  boolean isDue(String hash) {
    Instant now = clock.instant();
    lock.lock();
    try {
      Instant last = noted.get(hash);
      if (last != null && now.isBefore(last.plus(EVERY))) return false;
      noted.put(hash, now);
      if (noted.size() > REMEMBERED) noted.remove(noted.keySet().iterator().next());
      return true;
    } finally {
      lock.unlock();
    }
  }
}
