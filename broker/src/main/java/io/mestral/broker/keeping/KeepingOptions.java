package io.mestral.broker.keeping;

import io.mestral.config.SessionOptions;
import java.time.Duration;

/**
 * How sessions are kept.
 *
 * @param memory bytes for what all sessions have queued. Places in queues come first, and when they
 *     fill it every queue is full; bodies for which nothing is left are read from the journal when
 *     their turn comes
 * @param cleanFrom bytes of the journal from which on it is looked at whether cleaning pays
 * @param cleanSlack bytes of the journal beyond those in use that are always too many
 * @param period how often is looked at what is due: wills, ends of sessions, messages too old
 */
public record KeepingOptions(
    SessionOptions sessions, long memory, long cleanFrom, long cleanSlack, Duration period) {
  private static final long CLEAN_FROM = 64L << 20;
  private static final long CLEAN_SLACK = 256L << 20;
  private static final int SHARE_OF_MEMORY = 8;

  /** As a node keeps them: an eighth of its memory for queues. */
  public static KeepingOptions of(SessionOptions sessions) {
    return new KeepingOptions(
        sessions,
        Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY,
        CLEAN_FROM,
        CLEAN_SLACK,
        Duration.ofSeconds(1));
  }

  /** Refuses values out of range. */
  public KeepingOptions {
    if (memory < 0) throw new IllegalArgumentException("memory " + memory);
    if (cleanFrom < 1) throw new IllegalArgumentException("cleanFrom " + cleanFrom);
    if (cleanSlack < 1) throw new IllegalArgumentException("cleanSlack " + cleanSlack);
    if (period.toMillis() < 1) throw new IllegalArgumentException("period " + period);
  }
}
