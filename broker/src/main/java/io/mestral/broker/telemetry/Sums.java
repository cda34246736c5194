package io.mestral.broker.telemetry;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sums up what may happen with every message, cause by cause: the first is told at once, those
 * within the next second together. Any thread may count.
 */
final class Sums<C extends Enum<C>> {
  /** Hears so many of one cause. */
  interface Teller<C> {
    void tell(C cause, long count);
  }

  private static final long SECOND = Duration.ofSeconds(1).toMillis();

  private final Clock clock;
  private final Teller<C> teller;
  private final AtomicReference<Map<C, Sum>> sums = new AtomicReference<>(); // null: all zero

  Sums(Clock clock, Teller<C> teller) {
    this.clock = clock;
    this.teller = teller;
  }

  void count(C cause) {
    Sum sum = sums().computeIfAbsent(cause, first -> new Sum());
    sum.all.increment();
    sum.untold.incrementAndGet();
    long now = clock.millis();
    long due = sum.due.get();
    if (now >= due && sum.due.compareAndSet(due, now + SECOND)) tell(cause, sum);
  }

  /** Tells what wasn't told, so that nothing is missing when somebody looks. */
  void settle() {
    Map<C, Sum> counted = sums.get();
    if (counted != null) counted.forEach(this::tell);
  }

  long of(C cause) {
    Map<C, Sum> counted = sums.get();
    Sum sum = counted == null ? null : counted.get(cause);
    return sum == null ? 0 : sum.all.sum();
  }

  /** As many as there are causes; there are none until one is counted, as for most clients. */
  private Map<C, Sum> sums() {
    if (sums.get() == null) sums.compareAndSet(null, new ConcurrentHashMap<>(2));
    return sums.get();
  }

  private void tell(C cause, Sum sum) {
    long count = sum.untold.getAndSet(0);
    if (count > 0) teller.tell(cause, count);
  }

  private static final class Sum {
    final LongAdder all = new LongAdder();
    final AtomicLong untold = new AtomicLong();
    final AtomicLong due = new AtomicLong(Long.MIN_VALUE);
  }
}
