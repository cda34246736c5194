package io.mestral.verticles.ingestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What ingestion counts. */
public final class IngestMetrics {
  final Counter messages;
  final Counter readings;
  final Counter unknownTokens;
  final Counter unknownSensors;
  final Counter valuesSkipped;
  final Counter entriesSkipped;
  final Counter malformed;
  final Counter untimed;
  final Counter errorsNotKept;
  final Counter quarantined;
  final Counter held;
  final Counter replayed;
  final Counter repeats;

  /** Counts there. */
  public IngestMetrics(MeterRegistry registry) {
    messages = registry.counter("mestral.ingest.messages");
    readings = registry.counter("mestral.ingest.readings");
    unknownTokens = registry.counter("mestral.ingest.unknown.tokens");
    unknownSensors = registry.counter("mestral.ingest.unknown.sensors");
    valuesSkipped = registry.counter("mestral.ingest.values.skipped");
    entriesSkipped = registry.counter("mestral.ingest.entries.skipped");
    malformed = registry.counter("mestral.ingest.malformed");
    untimed = registry.counter("mestral.ingest.untimed");
    errorsNotKept = registry.counter("mestral.ingest.errors.not.kept");
    quarantined = registry.counter("mestral.ingest.entries.quarantined");
    held = registry.counter("mestral.ingest.orphans.held");
    replayed = registry.counter("mestral.ingest.orphans.replayed");
    repeats = registry.counter("mestral.ingest.repeats");
  }
}
