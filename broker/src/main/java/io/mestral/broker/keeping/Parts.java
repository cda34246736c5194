package io.mestral.broker.keeping;

import io.mestral.storage.JournalRecord;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all kept sessions use. */
record Parts(
    LogStream log,
    Settlements settlements,
    Totals totals,
    KeepingOptions options,
    Clock clock,
    KeepingMeters meters) {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  /** What a record says; one that can't be read is kept apart, counted and named. */
  Optional<LogEntry> reading(JournalRecord record) {
    try {
      return Optional.of(LogReader.read(record.body()));
    } catch (DamagedEntry damaged) {
      meters.damaged();
      LOG.error("record {} can't be read: {}", record.sequence(), damaged.getMessage());
      log.setAside(record)
          .onFailure(cause -> LOG.error("it isn't kept apart either: {}", cause.getMessage()));
      return Optional.empty();
    }
  }
}
