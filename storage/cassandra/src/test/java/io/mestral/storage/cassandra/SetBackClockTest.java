package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableClock;
import io.mestral.storage.Settled;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The machine's clock is set back while the node is down: what comes later still counts. */
class SetBackClockTest {
  private static final long NOW = 1_775_001_600;
  private static final DeviceId KIT = new DeviceId(20);
  private static final SensorId NOISE = new SensorId(53);
  private static final Series KIT_NOISE = new Series(KIT, NOISE);

  @RegisterExtension static final Keyspace keyspace = new Keyspace("small");

  private final MemoryJournal journal = new MemoryJournal(64 << 20);
  private final MovableClock clock = new MovableClock(NOW);
  private CassandraReadingStore store;

  @BeforeEach
  void open() {
    store = keyspace.open(journal, clock);
  }

  @Test
  void aReadingCountsMoreThanThoseThatWaitInTheJournal() {
    Settled.value(store.close());
    Arrivals arrivals = new Arrivals(clock);
    for (int i = 0; i < 3000; i++) // more than are carried over at once
    for (Buffer body : Entry.bodies(Row.of(List.of(reading(NOW + i, 1)), arrivals), 1 << 20))
        Settled.value(journal.append(CassandraReadingStore.STREAM, body));
    openAnHourEarlier();
    append(reading(NOW + 2999, 2));
    Settled.value(store.settled());
    assertThat(readings(NOW + 2999)).isEqualTo(samples(NOW + 2999, 2));
  }

  @Test
  void aReadingThatComesAfterARemovalStays() {
    append(reading(NOW, 1));
    Settled.value(store.delete(KIT_NOISE, TimeRange.ALWAYS));
    closeAndOpenAnHourEarlier();
    append(reading(NOW, 2));
    Settled.value(store.settled());
    assertThat(readings(NOW)).isEqualTo(samples(NOW, 2));
  }

  @Test
  void hoursAndNewestReadingsFollowWhatComesLater() {
    List<Reading> many = new ArrayList<>();
    for (int device = 1; device <= KIT.value(); device++)
      many.add(new Reading(new DeviceId(device), NOISE, NOW, 1));
    Settled.value(store.append(many));
    Settled.value(store.settled());
    closeAndOpenAnHourEarlier();
    append(reading(NOW, 2));
    Settled.value(store.settled());
    closeAndOpenAnHourEarlier();
    for (Span span : Span.values())
      assertThat(Settled.value(store.summaries(KIT_NOISE, span, TimeRange.ALWAYS)))
          .isEqualTo(Summary.of(samples(NOW, 2), span));
    assertThat(Settled.value(store.latest(List.of(KIT))).get(KIT))
        .containsEntry(NOISE, new Latest(NOW, 2, OptionalDouble.empty()));
  }

  private void closeAndOpenAnHourEarlier() {
    Settled.value(store.close());
    openAnHourEarlier();
  }

  private void openAnHourEarlier() {
    clock.forward(-3600);
    store = keyspace.open(journal, clock);
  }

  private void append(Reading reading) {
    Settled.value(store.append(List.of(reading)));
  }

  private Samples readings(long second) {
    return Settled.value(store.read(KIT_NOISE, new TimeRange(second, second), 10));
  }

  private static Reading reading(long second, double value) {
    return new Reading(KIT, NOISE, second, value);
  }

  private static Samples samples(long second, double value) {
    return new Samples(new long[] {second}, new double[] {value}, 1);
  }
}
