package io.mestral.verticles.http.door;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts requests of each asker in fixed windows of a minute. Shared by all instances of the HTTP
 * verticle.
 */
public final class RateLimit {
  /** Beyond so many askers a minute the rest share one count. */
  static final int ASKERS = 100_000;

  private static final String THE_REST = "";

  private final int perMinute;
  private final Clock clock;
  private final AtomicReference<Window> current = new AtomicReference<>(new Window(Long.MIN_VALUE));

  /**
   * @param perMinute 0 is no limit
   */
  public RateLimit(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** Counts a request; whether it is within the limit. */
  boolean take(String asker) {
    return perMinute == 0 || window().count(asker).incrementAndGet() <= perMinute;
  }

  /** Seconds until the next window. */
  long secondsToWait() {
    return 60 - Math.floorMod(clock.instant().getEpochSecond(), 60L);
  }

  private Window window() {
    long minute = Math.floorDiv(clock.instant().getEpochSecond(), 60L);
    return current.updateAndGet(now -> now.minute == minute ? now : new Window(minute));
  }

  private static final class Window {
    private final long minute;
    private final ConcurrentMap<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    Window(long minute) {
      this.minute = minute;
    }

    AtomicInteger count(String asker) {
      String key = counts.size() < ASKERS || counts.containsKey(asker) ? asker : THE_REST;
      return counts.computeIfAbsent(key, none -> new AtomicInteger());
    }
  }
}
