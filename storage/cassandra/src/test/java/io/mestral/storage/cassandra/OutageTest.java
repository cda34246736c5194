package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cluster goes away and comes back; the node goes on. */
class OutageTest {
  private static final long START = 1_775_001_600;
  private static final int DEVICES = 20;
  private static final int IN_MEMORY = 5_000;
  private static final SensorId[] SENSORS = {new SensorId(10), new SensorId(14), new SensorId(55)};

  @RegisterExtension static final Keyspace keyspace = new Keyspace("outage");

  private final MemoryJournal journal = new MemoryJournal(2 << 20);
  private CassandraReadingStore store;

  @BeforeEach
  void open() {
    store = keyspace.open(journal, 4 * IN_MEMORY);
  }

  @Test
  void aClusterThatHangsCostsNothingButTime() {
    append(0);
    Settled.value(store.settled());
    CassandraServer.shared().freeze();
    long before = System.nanoTime();
    List<Future<Samples>> many = new ArrayList<>();
    for (int i = 0; i < 1001; i++) many.add(store.read(series(0, 0), TimeRange.ALWAYS, 10));
    assertThat(Settled.failure(many.get(1000))).hasMessageContaining("too many questions");

    int minutes = 1;
    while (accepts(minutes)) minutes++;
    assertThat(minutes * DEVICES * SENSORS.length)
        .as("readings kept, many times what has room in memory")
        .isGreaterThan(8 * IN_MEMORY);
    assertThat(store.pendingReadings()).isLessThanOrEqualTo(IN_MEMORY);
    Settled.isRefused(store.append(minute(minutes)), Refusal.QUOTA_EXCEEDED);

    Settled.isRefused(many.get(0), Refusal.UNAVAILABLE);
    Settled.isRefused(store.check(), Refusal.UNAVAILABLE);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    // It may be kept and done later, so it concerns nobody who is looked at afterwards.
    Series nobody = new Series(new DeviceId(DEVICES + 1), SENSORS[0]);
    Settled.isRefused(store.delete(nobody, TimeRange.ALWAYS), Refusal.UNAVAILABLE);

    CassandraServer.shared().thaw();
    patiently(store.settled());
    assertThat(journal.records(CassandraReadingStore.STREAM)).isZero();
    everythingIsThere(minutes);
    append(minutes);
    everythingIsThere(minutes + 1);
  }

  @Test
  void aClusterThatCrashedAndCameBackHasEverything() throws IOException {
    append(0);
    append(1);
    CassandraServer.shared().kill();
    for (int minute = 2; minute < 100; minute++) append(minute);
    Settled.isRefused(store.read(series(0, 0), TimeRange.ALWAYS, 10), Refusal.UNAVAILABLE);
    CassandraServer.shared().start();
    patiently(store.settled());
    everythingIsThere(100);
    append(100);
    everythingIsThere(101);
    Settled.value(store.check());
  }

  private boolean accepts(int minute) {
    return Settled.value(store.append(minute(minute)).map(true).otherwise(false));
  }

  private void append(int minute) {
    Settled.value(store.append(minute(minute)));
  }

  private static List<Reading> minute(int minute) {
    List<Reading> readings = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++)
      for (SensorId sensor : SENSORS)
        readings.add(
            new Reading(
                new DeviceId(device + 1), sensor, START + minute * 60L, value(device, minute)));
    return readings;
  }

  private static double value(int device, int minute) {
    return device * 1000 + minute / 7.0;
  }

  private static Series series(int device, int sensor) {
    return new Series(new DeviceId(device + 1), SENSORS[sensor]);
  }

  private void everythingIsThere(int minutes) {
    for (int device = 0; device < DEVICES; device++) {
      long[] times = new long[minutes];
      double[] values = new double[minutes];
      for (int minute = 0; minute < minutes; minute++) {
        times[minute] = START + minute * 60L;
        values[minute] = value(device, minute);
      }
      Samples all = new Samples(times, values, minutes);
      Series series = series(device, device % SENSORS.length);
      assertThat(Settled.value(store.read(series, TimeRange.ALWAYS, Integer.MAX_VALUE)))
          .isEqualTo(all);
      assertThat(Settled.value(store.summaries(series, Span.HOUR, TimeRange.ALWAYS)))
          .isEqualTo(Summary.of(all, Span.HOUR));
    }
    newestIs(minutes - 1);
    Settled.value(store.close());
    store = keyspace.open(journal);
    newestIs(minutes - 1);
  }

  private void newestIs(int minute) {
    List<DeviceId> devices = new ArrayList<>();
    for (int device = 0; device < DEVICES; device++) devices.add(new DeviceId(device + 1));
    assertThat(Settled.value(store.latest(devices)).values())
        .hasSize(DEVICES)
        .allSatisfy(
            sensors ->
                assertThat(sensors.values())
                    .hasSize(SENSORS.length)
                    .extracting(Latest::epochSecond)
                    .containsOnly(START + minute * 60L));
  }

  /** The driver's connections and the back-off take some seconds to come back. */
  private static void patiently(Future<Void> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
