package io.mestral.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** What the factory's test jig reports (spec 1.7). */
public interface InventoryReports {
  /** How many are kept: anybody may send them, so there is an end. */
  int KEPT = 10_000;

  /** The longest report, in characters. */
  int MAX_LENGTH = 16_384;

  /**
   * Keeps a report, pushing out the oldest when there are more than {@link #KEPT}; refuses one that
   * is longer than {@link #MAX_LENGTH} as {@code TOO_LARGE}.
   *
   * @param json empty when the message was no JSON
   */
  Future<Void> add(Optional<String> json, Instant createdAt);

  /** How many are kept. */
  Future<Long> count();
}
