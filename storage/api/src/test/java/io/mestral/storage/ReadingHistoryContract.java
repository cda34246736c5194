package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every store promises of summaries and of removed readings. */
abstract class ReadingHistoryContract extends MovableReadingsContract {
  private static final DeviceId METER = new DeviceId(901);
  private static final SensorId POWER = new SensorId(77);
  private static final Series METER_POWER = new Series(METER, POWER);
  private static final Series METER_LIGHT = new Series(METER, new SensorId(14));

  /** 2026-03-30T00:00:00Z: two days before the month ends. */
  private static final long MONDAY = 1_774_828_800L;

  private static final long HOUR = 3600;
  private static final long DAY = 86_400;

  @Test
  void anHourKnowsWhatItsReadingsAre() {
    put(METER_POWER, MONDAY + 10, 2.5, MONDAY + 20, -1, MONDAY + 3599, 6);
    put(METER_POWER, MONDAY + 2 * HOUR, 4);
    Summary first = new Summary(MONDAY, 3, 7.5, 24.5, -1, 6, MONDAY + 10, 2.5, MONDAY + 3599, 6);
    Summary third = summaryOf(MONDAY + 2 * HOUR, MONDAY + 2 * HOUR, 4);
    for (int round = 0; round < 2; round++) {
      assertAlike(summaries(Span.HOUR, TimeRange.ALWAYS), List.of(first, third));
      assertAlike(
          summaries(Span.DAY, TimeRange.ALWAYS),
          List.of(
              new Summary(
                  MONDAY, 4, 11.5, 26.1875, -1, 6, MONDAY + 10, 2.5, MONDAY + 2 * HOUR, 4)));
      settle();
    }
  }

  @Test
  void aRangeNamesTheBucketsThatStartInIt() {
    for (int hour = 0; hour < 72; hour++) put(METER_POWER, MONDAY + hour * HOUR + 5, hour);
    for (int round = 0; round < 2; round++) {
      assertThat(starts(Span.HOUR, MONDAY + 3 * HOUR, MONDAY + 5 * HOUR))
          .containsExactly(MONDAY + 3 * HOUR, MONDAY + 4 * HOUR, MONDAY + 5 * HOUR);
      assertThat(starts(Span.HOUR, MONDAY + 3 * HOUR + 1, MONDAY + 5 * HOUR - 1))
          .containsExactly(MONDAY + 4 * HOUR);
      assertThat(starts(Span.DAY, MONDAY + 1, MONDAY + 2 * DAY - 1)).containsExactly(MONDAY + DAY);
      assertThat(starts(Span.DAY, MONDAY + 1, MONDAY + DAY - 1)).isEmpty();
      settle();
    }
  }

  @Test
  void summariesAgreeWithReadingsThatComeLateTwiceAndCorrected() {
    Random random = new Random(5);
    List<Reading> sent = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      List<Reading> batch = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        if (!sent.isEmpty() && random.nextInt(5) == 0)
          batch.add(sent.get(random.nextInt(sent.size())));
        long second = MONDAY + random.nextInt((int) (3 * DAY)) / 60 * 60;
        double value = random.nextInt(9) == 0 ? random.nextGaussian() : random.nextInt(400) / 10.0;
        batch.add(new Reading(METER, POWER, second, value));
      }
      Settled.value(store().append(batch));
      sent.addAll(batch);
      if (round % 2 == 0) settle();
      if (round == 7) reopened();
      agree();
    }
  }

  @Test
  void whatWasRemovedIsGoneAndTheRestIsThere() {
    for (int i = 0; i < 10; i++) put(METER_POWER, MONDAY + i, i);
    put(METER_LIGHT, MONDAY + 4, 40);
    remove(METER_POWER, MONDAY + 3, MONDAY + 5);
    for (int round = 0; round < 3; round++) {
      assertThat(times(METER_POWER)).containsExactly(0L, 1L, 2L, 6L, 7L, 8L, 9L);
      assertThat(times(METER_LIGHT)).containsExactly(4L);
      agree();
      if (round == 0) settle();
      else reopened();
    }
  }

  @Test
  void whatComesAfterARemovalStays() {
    put(METER_POWER, MONDAY, 1, MONDAY + 60, 2);
    remove(METER_POWER, MONDAY, MONDAY + 60);
    put(METER_POWER, MONDAY + 60, 2, MONDAY + 120, 3);
    reopened();
    assertThat(times(METER_POWER)).containsExactly(60L, 120L);
    settle();
    assertThat(times(METER_POWER)).containsExactly(60L, 120L);
    remove(METER_POWER, MONDAY + 60, MONDAY + 60);
    put(METER_POWER, MONDAY + 60, 5);
    assertThat(all(METER_POWER).value(0)).isEqualTo(5);
    agree();
  }

  @Test
  void aRemovalCutsThroughDaysAndMonths() {
    for (int hour = 0; hour < 96; hour++) put(METER_POWER, MONDAY + hour * HOUR, hour);
    settle();
    for (int hour = 10; hour < 86; hour++) put(METER_POWER, MONDAY + hour * HOUR + 1, hour);
    remove(METER_POWER, MONDAY + 20 * HOUR, MONDAY + 70 * HOUR);
    for (int round = 0; round < 2; round++) {
      List<Long> left = times(METER_POWER);
      assertThat(left).hasSize(20 + 25 + 10 + 16).contains(19 * HOUR, 70 * HOUR + 1);
      assertThat(left).noneMatch(time -> 20 * HOUR <= time && time <= 70 * HOUR);
      agree();
      settle();
    }
  }

  @Test
  void removalsAndAppendsCountInTheirOrder() {
    Random random = new Random(8);
    TreeMap<Long, Double> model = new TreeMap<>();
    for (int step = 0; step < 120; step++) {
      long from = MONDAY + random.nextInt((int) (3 * DAY));
      switch (random.nextInt(6)) {
        case 0 -> {
          long to = from + random.nextInt(100_000);
          remove(METER_POWER, from, to);
          model.subMap(from, true, to, true).clear();
        }
        case 1 -> settle();
        default -> {
          List<Reading> batch = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            Reading reading = new Reading(METER, POWER, from + i * 1000L, step + i / 10.0);
            batch.add(reading);
            model.put(reading.epochSecond(), reading.value());
          }
          Settled.value(store().append(batch));
        }
      }
      if (step % 40 == 39) reopened();
      assertThat(times(METER_POWER))
          .isEqualTo(model.keySet().stream().map(t -> t - MONDAY).toList());
    }
    agree();
  }

  @Test
  void theLatestIsNeverARemovedOne() {
    put(METER_POWER, MONDAY - 40 * DAY, 1, MONDAY, 2, MONDAY + 60, 3);
    settle();
    remove(METER_POWER, MONDAY + 60, MONDAY + 60);
    for (int round = 0; round < 2; round++) {
      assertThat(latest()).containsEntry(POWER, new Latest(MONDAY, 2, OptionalDouble.of(1)));
      settle();
    }
    remove(METER_POWER, MONDAY, MONDAY);
    put(METER_POWER, MONDAY - 30 * DAY, 4);
    for (int round = 0; round < 2; round++) {
      assertThat(latest())
          .containsEntry(POWER, new Latest(MONDAY - 30 * DAY, 4, OptionalDouble.of(1)));
      settle();
    }
    Settled.value(store().delete(METER_POWER, TimeRange.ALWAYS));
    for (int round = 0; round < 3; round++) {
      assertThat(latest()).isEmpty();
      assertThat(summaries(Span.DAY, TimeRange.ALWAYS)).isEmpty();
      if (round == 0) settle();
      else reopened();
    }
  }

  @Test
  void removingNothingDoesNoHarm() {
    put(METER_POWER, MONDAY, 1);
    remove(METER_POWER, MONDAY + 1, MONDAY);
    remove(METER_POWER, MONDAY + 1, MONDAY + 2);
    remove(new Series(new DeviceId(902), POWER), MONDAY, MONDAY);
    settle();
    assertThat(times(METER_POWER)).containsExactly(0L);
  }

  /** Summaries of all sizes are what the readings make. */
  private void agree() {
    for (Span span : Span.values())
      assertAlike(summaries(span, TimeRange.ALWAYS), Summary.of(all(METER_POWER), span));
  }

  private static void assertAlike(List<Summary> found, List<Summary> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Summary here = found.get(i);
      Summary there = expected.get(i);
      double most = Math.max(Math.abs(there.min()), Math.abs(there.max()));
      double sum = 1e-12 * Math.max(Math.abs(there.sum()), most);
      double squares = 1e-12 * there.squares() + 1e-28 * there.count() * most * most;
      assertThat(here.sum()).as("sum of %s", there).isCloseTo(there.sum(), within(sum));
      assertThat(here.squares()).as("of %s", there).isCloseTo(there.squares(), within(squares));
      assertThat(exact(here)).isEqualTo(exact(there));
    }
  }

  /** What has no rounding. */
  private static List<Number> exact(Summary summary) {
    return List.of(
        summary.start(),
        summary.count(),
        summary.min(),
        summary.max(),
        summary.firstTime(),
        summary.first(),
        summary.lastTime(),
        summary.last());
  }

  private static Summary summaryOf(long start, long second, double value) {
    return new Summary(start, 1, value, 0, value, value, second, value, second, value);
  }

  private List<Summary> summaries(Span span, TimeRange range) {
    return Settled.value(store().summaries(METER_POWER, span, range));
  }

  private List<Long> starts(Span span, long from, long to) {
    return summaries(span, new TimeRange(from, to)).stream().map(Summary::start).toList();
  }

  private Map<SensorId, Latest> latest() {
    return Settled.value(store().latest(List.of(METER))).get(METER);
  }

  private Samples all(Series series) {
    return Settled.value(store().read(series, TimeRange.ALWAYS, Integer.MAX_VALUE));
  }

  /** Seconds since the Monday. */
  private List<Long> times(Series series) {
    Samples samples = all(series);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) times.add(samples.time(i) - MONDAY);
    return times;
  }

  private void remove(Series series, long from, long to) {
    Settled.value(store().delete(series, new TimeRange(from, to)));
  }

  /** Seconds and values in turn. */
  private void put(Series series, double... secondsAndValues) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < secondsAndValues.length; i += 2)
      readings.add(
          new Reading(
              series.device(),
              series.sensor(),
              (long) secondsAndValues[i],
              secondsAndValues[i + 1]));
    Settled.value(store().append(readings));
  }
}
