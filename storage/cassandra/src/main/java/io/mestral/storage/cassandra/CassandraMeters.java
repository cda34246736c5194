package io.mestral.storage.cassandra;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** The store in figures. */
final class CassandraMeters {
  private final MeterRegistry meters;
  private final Counter appended;
  private final Counter refused;
  private final Counter carried;
  private final Counter failures;
  private final Counter damaged;
  private final Counter tooLate;

  CassandraMeters(MeterRegistry meters) {
    this.meters = meters;
    appended = meters.counter("mestral.readings.appended");
    refused = meters.counter("mestral.readings.refused");
    tooLate = meters.counter("mestral.readings.too.late");
    damaged = meters.counter("mestral.readings.damaged");
    carried = meters.counter("mestral.cassandra.carried");
    failures = meters.counter("mestral.cassandra.failures");
  }

  /** Shows what waits. */
  void watch(Forwarder forwarder, Pending pending, DirtyHours dirty) {
    meters.gauge("mestral.cassandra.backlog", forwarder, Forwarder::backlog);
    meters.gauge("mestral.cassandra.pending", pending, Pending::readings);
    meters.gauge("mestral.cassandra.dirty.hours", dirty, DirtyHours::size);
  }

  void appended(int readings) {
    appended.increment(readings);
  }

  void refused(int readings) {
    refused.increment(readings);
  }

  void carried(List<Row> rows) {
    carried.increment(readingsOf(rows));
  }

  /** They are of a time whose readings were let go of. */
  void tooLate(int readings) {
    tooLate.increment(readings);
  }

  private static int readingsOf(List<Row> rows) {
    return rows.stream().mapToInt(row -> row.sensors().length).sum();
  }

  void failed() {
    failures.increment();
  }

  void damaged() {
    damaged.increment();
  }
}
