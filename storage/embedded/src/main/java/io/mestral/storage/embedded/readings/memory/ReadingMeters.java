package io.mestral.storage.embedded.readings.memory;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The store in figures. */
public final class ReadingMeters {
  private final Counter appended;
  private final Counter refused;
  private final Counter removals;
  private final Counter sealed;
  private final Counter tooLate;
  private final Counter failures;
  private final Counter damaged;

  public ReadingMeters(MeterRegistry meters, Memory memory, Admission admission) {
    appended = meters.counter("mestral.readings.appended");
    refused = meters.counter("mestral.readings.refused");
    removals = meters.counter("mestral.readings.removals");
    sealed = meters.counter("mestral.readings.sealed");
    tooLate = meters.counter("mestral.readings.too.late");
    failures = meters.counter("mestral.readings.seal.failures");
    damaged = meters.counter("mestral.readings.damaged");
    meters.gauge("mestral.readings.open", memory, Memory::weight);
    meters.gauge("mestral.readings.waiting", admission, Admission::waiting);
  }

  public void appended(int readings) {
    appended.increment(readings);
  }

  public void refused(int readings) {
    refused.increment(readings);
  }

  public void removal() {
    removals.increment();
  }

  public void sealed(int readings) {
    sealed.increment(readings);
  }

  /** Readings of days that retention let go of. */
  public void tooLate(int readings) {
    tooLate.increment(readings);
  }

  public void sealingFailed() {
    failures.increment();
  }

  public void damaged() {
    damaged.increment();
  }
}
