package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.mestral.config.Retention;
import io.mestral.model.DeviceId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.MovableClock;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.RetentionContract;
import io.mestral.storage.Settled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of old readings, and what becomes of them in the cluster's tables. */
class CassandraRetentionTest extends RetentionContract {
  @RegisterExtension static final Keyspace keyspace = new Keyspace("small");

  private final MemoryJournal journal = new MemoryJournal(64 << 20);
  private final MovableClock clock = new MovableClock(NOW);
  private CassandraReadingStore store;

  @Override
  protected ReadingStore store() {
    return store;
  }

  @Override
  protected int tooLate() {
    return (int) keyspace.meters().counter("mestral.readings.too.late").count();
  }

  @Override
  protected void open(int rawDays, int rollupDays) {
    if (store != null) Settled.value(store.close());
    keyspace.keep(new Retention(days(rawDays), days(rollupDays)));
    store = keyspace.open(journal, clock);
    Settled.value(store.lookedAround());
  }

  private static Optional<Duration> days(int days) {
    return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
  }

  @Override
  protected void settle() {
    Settled.value(store.settled());
  }

  @Override
  protected void pass(long seconds) {
    clock.forward(seconds);
    Settled.value(store.lookedAround());
  }

  @Test
  void weeksThatArePastAreRemovedAsAWhole() {
    open(10, 20);
    assertThat(first("second", "readings")).isEqualTo(startOfWeek(APRIL + 10 * DAY));
    for (String table : List.of("hour", "day"))
      assertThat(first(table, table + "s")).isEqualTo(startOfWeek(APRIL));
    assertThat(first("week", "weeks")).isEqualTo(Buckets.weekOf(APRIL));
  }

  @Test
  void hoursAreSummedUpBeforeTheirReadingsGo() {
    Series late = new Series(new DeviceId(42), NOISE.sensor());
    Settled.value(store.append(List.of(reading(APRIL - 30 * DAY, 1), reading(APRIL + 1, 9))));
    Settled.value(store.carried());
    store.abandon();
    open(10, 0);
    List<Summary> hours = Settled.value(store.summaries(late, Span.HOUR, TimeRange.ALWAYS));
    assertThat(hours.get(0)).isEqualTo(Summary.of(samples(APRIL - 30 * DAY, 1), Span.HOUR).get(0));
    assertThat(hours).hasSize(40 * 24 + 1).anyMatch(hour -> hour.max() == 9);
    settle();
    assertThat(Settled.value(store.summaries(late, Span.HOUR, TimeRange.ALWAYS))).isEqualTo(hours);
  }

  @Test
  void readingsOfALateDayGoWhenTheyAreSummedUpAcrossAKillToo() {
    open(10, 0);
    Series late = new Series(new DeviceId(77), NOISE.sensor());
    long second = APRIL - 3 * DAY;
    Settled.value(store.append(List.of(new Reading(late.device(), late.sensor(), second, 4))));
    Settled.value(store.carried());
    store.abandon();
    open(10, 0);
    assertThat(lateRows(second)).hasSize(1);
    assertThat(keyspace.execute("SELECT * FROM %s.late_days").all()).hasSize(1);
    pass(2 * DAY);
    assertThat(Settled.value(store.summaries(late, Span.DAY, TimeRange.ALWAYS)))
        .isEqualTo(Summary.of(samples(second, 4), Span.DAY));
    assertThat(lateRows(second)).isEmpty();
    assertThat(keyspace.execute("SELECT * FROM %s.late_days").all()).isEmpty();
  }

  private static List<Row> lateRows(long second) {
    return keyspace
        .execute(
            "SELECT second FROM %s.readings WHERE device = 77 AND week = " + Buckets.weekOf(second))
        .all();
  }

  @Test
  void whatHasBegunIsFinishedWhateverIsWantedThen() {
    keyspace.execute(
        "INSERT INTO %s.retired (part, raw, rollup, raw_week, rollup_week) VALUES ('all', "
            + (APRIL + 10 * DAY)
            + ", -62167219200, -102788, -102788)");
    open(0, 0);
    assertThat(read().time(0)).isEqualTo(APRIL + 10 * DAY);
    assertThat(first("second", "readings")).isEqualTo(startOfWeek(APRIL + 10 * DAY));
    assertThat(summaries(Span.HOUR)).hasSize(40 * 24);
  }

  @Test
  void ofADayWhoseReadingsAreGoneTheSensorsAreNamedWhateverWasKnownOnce() {
    open(10, 0);
    DeviceId newcomer = new DeviceId(77);
    TimeRange day = new TimeRange(APRIL + 15 * DAY, APRIL + 16 * DAY - 1);
    assertThat(Settled.value(store.readings(newcomer, day, 9))).hasValue(Map.of());
    Settled.value(store.append(List.of(new Reading(newcomer, NOISE.sensor(), day.from(), 3))));
    settle();
    pass(10 * DAY);
    Settled.value(store.devices());
    assertThat(Settled.value(store.readings(newcomer, day, 9)))
        .hasValue(Map.of(NOISE.sensor(), Samples.EMPTY));
  }

  @Test
  void whatComesTooLateIsCounted() {
    open(10, 0);
    Settled.value(store.append(List.of(reading(APRIL, 9), reading(NOW, 8))));
    settle();
    assertThat(keyspace.meters().counter("mestral.readings.too.late").count()).isEqualTo(1);
    assertThat(journal.records(CassandraReadingStore.STREAM)).isZero();
  }

  @Test
  void aClockThatWasYearsAheadForAMomentKeepsNoNewReadingsOut() {
    open(10, 20);
    pass(2000 * DAY);
    assertThat(read()).isEqualTo(Samples.EMPTY);
    pass(-2000 * DAY);
    Settled.value(store.append(List.of(reading(NOW, 8))));
    for (int round = 0; round < 2; round++) {
      assertThat(read()).isEqualTo(samples(NOW, 8));
      assertThat(summaries(Span.HOUR)).isEqualTo(Summary.of(samples(NOW, 8), Span.HOUR));
      settle();
      open(10, 20);
    }
  }

  private static Reading reading(long second, double value) {
    return new Reading(NOISE.device(), NOISE.sensor(), second, value);
  }

  private static Samples samples(long second, double value) {
    return new Samples(new long[] {second}, new double[] {value}, 1);
  }

  private static long startOfWeek(long second) {
    return Buckets.weekOf(second) * Buckets.WEEK;
  }

  private static long first(String column, String table) {
    return keyspace.execute("SELECT " + column + " FROM %s." + table).all().stream()
        .mapToLong(row -> ((Number) row.getObject(0)).longValue())
        .min()
        .orElseThrow();
  }
}
