package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableClock;
import io.mestral.storage.Settled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hours that wait to be summed up, and the journal that both they and readings stand in. */
class DirtyMarksTest {
  private static final long NOW = 1_775_001_600;
  private static final DeviceId KIT = new DeviceId(20);
  private static final SensorId NOISE = new SensorId(53);
  private static final Series KIT_NOISE = new Series(KIT, NOISE);

  @RegisterExtension static final Keyspace keyspace = new Keyspace("small");

  private final MemoryJournal journal = new MemoryJournal(256 << 10);
  private final MovableClock clock = new MovableClock(NOW);
  private CassandraReadingStore store;

  @BeforeEach
  void open() {
    store = keyspace.open(journal, clock);
  }

  @Test
  void hoursThatWaitLeaveTheJournalToReadings() {
    int readings = 0;
    for (int round = 0; round < 12; round++) { // 40 KB each
      Settled.value(store.append(readings(readings, 1000)));
      Settled.value(store.carried());
      readings += 1000;
      assertThat(store.dirtyHours()).isPositive();
      clock.forward(5);
      Settled.value(store.lookedAround());
    }
    assertThat(journal.records(DirtyHours.STREAM)).isPositive();
    store.abandon();
    store = keyspace.open(journal, clock);
    assertThat(store.dirtyHours()).isEqualTo(4);
    countsAre(readings);
    Settled.value(store.settled());
    assertThat(journal.records(DirtyHours.STREAM)).isZero();
    countsAre(readings);
  }

  @Test
  void hoursThatFindNoRoomInTheJournalAreSummedUpAtOnce() {
    journal.keepsRoom(false);
    Settled.value(store.append(readings(0, 1000)));
    Settled.value(store.carried());
    assertThat(journal.records(CassandraReadingStore.STREAM)).isZero();
    assertThat(store.dirtyHours()).isZero();
    store.abandon();
    store = keyspace.open(journal, clock);
    countsAre(1000);
  }

  private void countsAre(int readings) {
    assertThat(
            Settled.value(store.summaries(KIT_NOISE, Span.HOUR, TimeRange.ALWAYS)).stream()
                .mapToLong(hour -> hour.count())
                .sum())
        .isEqualTo(readings);
  }

  private static List<Reading> readings(int from, int count) {
    List<Reading> readings = new ArrayList<>();
    for (int i = from; i < from + count; i++) readings.add(new Reading(KIT, NOISE, NOW + i, i));
    return readings;
  }
}
