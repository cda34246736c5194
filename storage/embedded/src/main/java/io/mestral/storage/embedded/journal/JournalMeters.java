package io.mestral.storage.embedded.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** The journal in figures. */
final class JournalMeters {
  private final Counter appended;
  private final Counter bytes;
  private final Counter syncs;
  private final Counter refused;

  JournalMeters(
      MeterRegistry meters, JournalFolder folder, SegmentFiles files, WaitingCalls waiting) {
    appended = meters.counter("mestral.journal.appended");
    bytes = meters.counter("mestral.journal.bytes");
    syncs = meters.counter("mestral.journal.syncs");
    refused = meters.counter("mestral.journal.refused");
    FunctionCounter.builder("mestral.journal.set.aside", folder, JournalFolder::recordsAside)
        .register(meters);
    meters.gauge("mestral.journal.size.bytes", files, SegmentFiles::size);
    meters.gauge("mestral.journal.waiting", waiting, WaitingCalls::size);
  }

  void synced() {
    syncs.increment();
  }

  void refused() {
    refused.increment();
  }

  void wrote(List<Command<?>> group) {
    int records = 0;
    long size = 0;
    for (Command<?> each : group)
      if (each instanceof Commands.Append && !each.hasFailed()) {
        records++;
        size += each.bytes();
      }
    appended.increment(records);
    bytes.increment(size);
  }
}
