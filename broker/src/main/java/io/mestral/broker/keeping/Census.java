package io.mestral.broker.keeping;

import io.mestral.broker.session.SessionKey;
import io.mestral.config.SessionOptions;
import io.mestral.model.access.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many sessions are kept, and for whom. Clients without a name are all the same principal and
 * many people, so these are only counted in all. Any thread may count.
 */
final class Census {
  private final SessionOptions options;
  private final AtomicInteger all = new AtomicInteger();
  private final Map<String, Integer> named = new ConcurrentHashMap<>();

  Census(SessionOptions options) {
    this.options = options;
  }

  /** Whether there may be one more; two who ask at the same time may both be admitted. */
  boolean admits(SessionKey key) {
    return all.get() < options.maxSessions()
        && named.getOrDefault(key.principal(), 0) < options.maxPerPrincipal();
  }

  void add(SessionKey key) {
    all.incrementAndGet();
    if (isNamed(key)) named.merge(key.principal(), 1, Integer::sum);
  }

  void remove(SessionKey key) {
    all.decrementAndGet();
    named.computeIfPresent(key.principal(), (name, count) -> count == 1 ? null : count - 1);
  }

  private static boolean isNamed(SessionKey key) {
    return !key.principal().equals(Principal.ANONYMOUS.name());
  }
}
