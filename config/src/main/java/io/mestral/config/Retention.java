package io.mestral.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How long readings are kept.
 *
 * @param raw {@code storage.retention.raw}: the readings themselves; empty is for ever
 * @param rollup {@code storage.retention.rollup}: their hours and days; empty is for ever, else not
 *     shorter than {@code raw}
 */
public record Retention(Optional<Duration> raw, Optional<Duration> rollup) {
  /** Everything is kept. */
  public static final Retention FOREVER = new Retention(Optional.empty(), Optional.empty());

  /** Refuses summaries that would go before their readings. */
  public Retention {
    if (!isInOrder(raw, rollup))
      throw new IllegalArgumentException("rollup " + rollup + " is shorter than raw " + raw);
  }

  static boolean isInOrder(Optional<Duration> raw, Optional<Duration> rollup) {
    return rollup.isEmpty() || raw.isPresent() && raw.get().compareTo(rollup.get()) <= 0;
  }
}
