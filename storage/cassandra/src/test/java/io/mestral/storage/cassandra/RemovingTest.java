package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What removing readings looks at, rows that nobody can read, and rows that would be too long. */
class RemovingTest {
  /** A Thursday, with which a week begins. */
  private static final long NOW = 1_774_483_200;

  private static final long WEEK = 7 * 86_400;
  private static final DeviceId KIT = new DeviceId(20);
  private static final SensorId NOISE = new SensorId(53);
  private static final Series KIT_NOISE = new Series(KIT, NOISE);
  private static final Series KIT_LIGHT = new Series(KIT, new SensorId(14));

  @RegisterExtension static final Keyspace keyspace = new Keyspace("small");

  private final MemoryJournal journal = new MemoryJournal(64 << 20);
  private CassandraReadingStore store;

  @BeforeEach
  void open() {
    store = keyspace.open(journal);
  }

  @Test
  void aSensorThatTheDeviceLacksCostsNoLookAtItsHistory() {
    append(new Reading(KIT, NOISE, NOW, 1));
    spoil(NOW);
    Settled.value(store.delete(KIT_LIGHT, TimeRange.ALWAYS));
    assertThat(spoiltRowsFound()).isZero();
  }

  @Test
  void whatIsLeftOfASensorIsLookedForWhereItIs() {
    append(new Reading(KIT, NOISE, NOW - 9 * WEEK, 1), new Reading(KIT, NOISE, NOW, 2));
    append(new Reading(KIT, KIT_LIGHT.sensor(), NOW - 5 * WEEK, 3));
    Settled.value(store.settled());
    spoil(NOW - 5 * WEEK);
    Settled.value(store.delete(KIT_NOISE, new TimeRange(NOW, NOW)));
    assertThat(Settled.value(store.latest(List.of(KIT))).get(KIT))
        .containsEntry(NOISE, new Latest(NOW - 9 * WEEK, 1, OptionalDouble.empty()));
    assertThat(spoiltRowsFound()).isZero();
  }

  @Test
  void aRowThatNobodyCanReadIsLeftOutAndKeepsNothingElseBack() {
    append(new Reading(KIT, NOISE, NOW, 1), new Reading(KIT, NOISE, NOW + 60, 2));
    Settled.value(store.carried());
    spoil(NOW + 1);
    keyspace.execute("UPDATE %s.newest SET series = 0xffff WHERE device = " + KIT);
    Settled.value(store.close());
    store = keyspace.open(journal);
    append(new Reading(KIT, NOISE, NOW + 120, 3));
    Settled.value(store.settled());
    assertThat(Settled.value(store.read(KIT_NOISE, TimeRange.ALWAYS, 9)).size()).isEqualTo(3);
    assertThat(Settled.value(store.summaries(KIT_NOISE, Span.HOUR, TimeRange.ALWAYS)))
        .singleElement()
        .satisfies(hour -> assertThat(hour.count()).isEqualTo(3));
    assertThat(Settled.value(store.latest(List.of(KIT))).get(KIT)).containsKey(NOISE);
    Settled.value(store.delete(KIT_NOISE, new TimeRange(NOW, NOW + 60)));
    assertThat(Settled.value(store.read(KIT_NOISE, TimeRange.ALWAYS, 9)).size()).isEqualTo(1);
    assertThat(spoiltRowsFound()).isEqualTo(2);
  }

  @Test
  void summariesThatNobodyCanReadAreMadeOfTheReadings() {
    append(new Reading(KIT, NOISE, NOW, 1));
    Settled.value(store.settled());
    keyspace.execute(
        "UPDATE %s.hours SET summary = 0xffff WHERE device = 20 AND year = 2026 AND sensor = 53"
            + " AND hour = "
            + NOW);
    keyspace.execute(
        "UPDATE %s.days SET summary = 0xffff WHERE device = 20 AND sensor = 53 AND day = " + NOW);
    for (Span span : Span.values())
      assertThat(Settled.value(store.summaries(KIT_NOISE, span, TimeRange.ALWAYS)))
          .singleElement()
          .satisfies(summary -> assertThat(summary.sum()).isEqualTo(1));
  }

  @Test
  void moreSensorsThanARowsKeyHasRoomForAreSeveralRows() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 1; i <= 22_000; i++) // three bytes each, where there is room for 65,535
    readings.add(new Reading(KIT, new SensorId(i * 20_000), NOW, i));
    Settled.value(store.append(readings));
    Settled.value(store.carried());
    for (int i : new int[] {1, 4097, 22_000})
      assertThat(Settled.value(store.read(series(i * 20_000), TimeRange.ALWAYS, 9)).value(0))
          .isEqualTo(i);
    store.abandon(); // their hours are of no interest
  }

  @Test
  void whatIsLoadedTwiceAndArrivesAThirdTimeBehindItsRemovalStaysRemoved() {
    Reading reading = new Reading(KIT, NOISE, NOW, 1);
    Settled.value(store.load(List.of(reading)));
    long given = keyspace.execute("SELECT WRITETIME(vals) FROM %s.readings").one().getLong(0);
    Settled.value(store.load(List.of(reading)));
    Settled.value(store.delete(KIT_NOISE, TimeRange.ALWAYS));
    keyspace.execute(
        "INSERT INTO %s.readings (device, week, second, sensors, vals) VALUES (20, "
            + Buckets.weekOf(NOW)
            + ", "
            + NOW
            + ", 0x35, 0x3ff0000000000000) USING TIMESTAMP "
            + given);
    assertThat(Settled.value(store.read(KIT_NOISE, TimeRange.ALWAYS, 9)).size()).isZero();
    Settled.value(store.load(List.of(reading)));
    assertThat(Settled.value(store.read(KIT_NOISE, TimeRange.ALWAYS, 9)).size()).isEqualTo(1);
  }

  private static Series series(int sensor) {
    return new Series(KIT, new SensorId(sensor));
  }

  private void append(Reading... readings) {
    Settled.value(store.append(List.of(readings)));
  }

  /** Puts a row there that has fewer values than sensors. */
  private static void spoil(long second) {
    keyspace.execute(
        "INSERT INTO %s.readings (device, week, second, sensors, vals) VALUES (20, "
            + Buckets.weekOf(second)
            + ", "
            + second
            + ", 0x0e27, 0x00)");
    keyspace.execute(
        "INSERT INTO %s.weeks (device, week) VALUES (20, " + Buckets.weekOf(second) + ")");
  }

  private double spoiltRowsFound() {
    return keyspace.meters().counter("mestral.readings.damaged").count();
  }
}
