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
import io.mestral.storage.Settled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Late, repeated and deleted readings, in any order and across restarts, beside a plain model. */
class SummariesModelTest {
  /** 2025-12-31T20:00:00Z: there are another day, week and year within the range. */
  private static final long START = 1_767_211_200;

  private static final int RANGE = 30 * 86_400;
  private static final DeviceId KIT = new DeviceId(3);
  private static final int[] SENSORS = {10, 14, 55, 301};

  @RegisterExtension static final Keyspace keyspace = new Keyspace("summaries");

  private final MemoryJournal journal = new MemoryJournal(64 << 20);
  private final Map<Series, TreeMap<Long, Double>> model = new HashMap<>();
  private CassandraReadingStore store;

  @BeforeEach
  void open() {
    store = keyspace.open(journal);
  }

  @Test
  void summariesAgreeWithReadingsWhateverComesInWhateverOrder() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 12; round++) {
      int what = random.nextInt(10);
      if (what < 7) append(random, 1 + random.nextInt(400));
      else if (what < 9) delete(random);
      else restart(random.nextBoolean());
      if (random.nextInt(4) == 0) Settled.value(store.settled());
      compare("seed " + seed + " round " + round, random);
    }
    Settled.value(store.settled());
    compareAll("seed " + seed + " settled");
    assertThat(journal.records(CassandraReadingStore.STREAM)).isZero();
    assertThat(journal.records(DirtyHours.STREAM)).isZero();
    assertThat(keyspace.execute("SELECT COUNT(*) FROM %s.hours").one().getLong(0))
        .isEqualTo(model.values().stream().mapToLong(each -> hours(each).size()).sum());
    restart(true);
    compareAll("seed " + seed + " reopened");
  }

  @Test
  void whatWasNotTrimmedBeforeAKillIsWrittenAgainWithoutHarm() {
    Random random = new Random(5);
    journal.trims(false);
    append(random, 300);
    append(random, 300);
    Settled.value(store.settled());
    delete(random);
    append(random, 300);
    Settled.value(store.settled());
    compareAll("before");
    restart(true);
    Settled.value(store.settled());
    compareAll("after");
    journal.trims(true);
    restart(true);
    Settled.value(store.settled());
    compareAll("in the end");
    assertThat(journal.records(CassandraReadingStore.STREAM)).isZero();
  }

  @Test
  void hoursThatWereNotSummedUpBeforeAKillAreAfterwards() {
    append(new Random(6), 200);
    Settled.value(store.carried());
    assertThat(journal.records(CassandraReadingStore.STREAM)).isZero();
    assertThat(journal.records(DirtyHours.STREAM)).isPositive();
    assertThat(keyspace.execute("SELECT * FROM %s.hours").one()).isNull();
    store.abandon();
    store = keyspace.open(journal);
    compareAll("at once");
    Settled.value(store.settled());
    compareAll("summed up");
    assertThat(keyspace.execute("SELECT * FROM %s.hours").one()).isNotNull();
    assertThat(journal.records(DirtyHours.STREAM)).isZero();
  }

  @Test
  void moreHoursThanMayWaitAreSummedUpBeforeMoreIsTaken() {
    Settled.value(store.close());
    store = keyspace.open(journal, 10_000); // so few hours may wait: a thousand
    for (int batch = 0; batch < 6; batch++) {
      List<Reading> readings = new ArrayList<>();
      for (int i = 0; i < 1500; i++) {
        long second = START + (batch * 1500L + i) * 3600;
        readings.add(new Reading(KIT, new SensorId(55), second, i));
        model.computeIfAbsent(series(55), each -> new TreeMap<>()).put(second, (double) i);
      }
      Settled.value(store.append(readings));
      Settled.value(store.carried());
      assertThat(store.dirtyHours()).isLessThanOrEqualTo(1000 + 1500);
    }
    compareAll("some of them dirty");
    Settled.value(store.settled());
    compareAll("none of them dirty");
    assertThat(journal.records(DirtyHours.STREAM)).isZero();
  }

  private void append(Random random, int count) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long second = START + random.nextInt(RANGE) / 600 * 600;
      int sensor = SENSORS[random.nextInt(SENSORS.length)];
      Reading reading =
          new Reading(KIT, new SensorId(sensor), second, random.nextInt(100_000) / 100.0);
      readings.add(reading);
      model.computeIfAbsent(series(sensor), each -> new TreeMap<>()).put(second, reading.value());
    }
    Settled.value(store.append(readings));
  }

  private void delete(Random random) {
    long from = START + random.nextInt(RANGE);
    TimeRange range =
        random.nextInt(5) == 0
            ? TimeRange.ALWAYS
            : new TimeRange(from, from + random.nextInt(5 * 86_400));
    int sensor = SENSORS[random.nextInt(SENSORS.length)];
    Settled.value(store.delete(series(sensor), range));
    Optional.ofNullable(model.get(series(sensor)))
        .ifPresent(each -> each.keySet().removeIf(range::contains));
  }

  private void restart(boolean graceful) {
    if (graceful) Settled.value(store.close());
    else store.abandon();
    store = keyspace.open(journal);
  }

  private void compare(String when, Random random) {
    int sensor = SENSORS[random.nextInt(SENSORS.length)];
    long from = START + random.nextInt(RANGE);
    TimeRange range = new TimeRange(from, from + random.nextInt(10 * 86_400));
    for (Span span : Span.values())
      assertThat(Settled.value(store.summaries(series(sensor), span, range)))
          .as("%s %s of %s in %s", when, span, sensor, range)
          .usingRecursiveFieldByFieldElementComparator(NEARLY)
          .isEqualTo(
              Summary.of(samples(sensor), span).stream()
                  .filter(each -> range.contains(each.start()))
                  .toList());
    compareAll(when);
  }

  private static final RecursiveComparisonConfiguration NEARLY =
      RecursiveComparisonConfiguration.builder()
          .withEqualsForType(SummariesModelTest::isNear, Double.class)
          .build();

  private static boolean isNear(double one, double other) {
    return Math.abs(one - other) <= 1e-12 * Math.max(1, Math.abs(one)) * 1000;
  }

  private void compareAll(String when) {
    for (int sensor : SENSORS) {
      assertThat(Settled.value(store.read(series(sensor), TimeRange.ALWAYS, Integer.MAX_VALUE)))
          .as("%s readings of %s", when, sensor)
          .isEqualTo(samples(sensor));
      for (Span span : Span.values())
        assertThat(Settled.value(store.summaries(series(sensor), span, TimeRange.ALWAYS)))
            .as("%s %s of %s", when, span, sensor)
            .usingRecursiveFieldByFieldElementComparator(NEARLY)
            .isEqualTo(Summary.of(samples(sensor), span));
    }
    Map<SensorId, Latest> latest = new HashMap<>();
    for (int sensor : SENSORS)
      latest(sensor).ifPresent(two -> latest.put(new SensorId(sensor), two));
    assertThat(Settled.value(store.latest(List.of(KIT))).get(KIT)).as(when).isEqualTo(latest);
  }

  private Optional<Latest> latest(int sensor) {
    Samples all = samples(sensor);
    int last = all.size() - 1;
    if (last < 0) return Optional.empty();
    return Optional.of(
        new Latest(
            all.time(last),
            all.value(last),
            last == 0 ? OptionalDouble.empty() : OptionalDouble.of(all.value(last - 1))));
  }

  private Samples samples(int sensor) {
    TreeMap<Long, Double> all = model.getOrDefault(series(sensor), new TreeMap<>());
    if (all.isEmpty()) return Samples.EMPTY;
    return new Samples(
        all.keySet().stream().mapToLong(Long::longValue).toArray(),
        all.values().stream().mapToDouble(Double::doubleValue).toArray(),
        all.size());
  }

  private static TreeMap<Long, Boolean> hours(TreeMap<Long, Double> readings) {
    TreeMap<Long, Boolean> hours = new TreeMap<>();
    readings.keySet().forEach(second -> hours.put(Span.HOUR.startOf(second), true));
    return hours;
  }

  private static Series series(int sensor) {
    return new Series(KIT, new SensorId(sensor));
  }
}
