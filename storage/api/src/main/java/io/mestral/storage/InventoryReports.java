package io.mestral.storage;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** What the factory's test jig reports (spec 1.7). */
public interface InventoryReports {
  /**
   * Keeps a report.
   *
   * @param json empty when the message was no JSON
   */
  Future<Void> add(Optional<String> json, Instant createdAt);

  /** How many are kept. */
  Future<Long> count();
}
