package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store promises to whoever brings all of its readings to another. */
abstract class MovableReadingsContract {
  private static final DeviceId BUOY = new DeviceId(311);
  private static final DeviceId MAST = new DeviceId(5_000_000_311L);
  private static final SensorId DEPTH = new SensorId(158);
  private static final SensorId WAVES = new SensorId(3);
  private static final long DAY = 86_400;

  /** 2026-02-27T00:00:00Z. */
  private static final long FRIDAY = 1_772_150_400L;

  /** The store under test. */
  protected abstract ReadingStore store();

  /** Makes the store put away what it holds in memory, if it holds any there. */
  protected abstract void settle();

  /** Closes the store and opens it again. */
  protected abstract ReadingStore reopened();

  private MovableReadings movable() {
    return (MovableReadings) store();
  }

  @Test
  void anEmptyStoreNamesNobody() {
    assertThat(Settled.value(movable().devices())).isEmpty();
    assertThat(Settled.value(movable().days(BUOY))).allMatch(day -> holdings(BUOY, day).isEmpty());
  }

  @Test
  void everyDeviceAndDayIsNamedWhereverItsReadingsLie() {
    append(reading(MAST, DEPTH, FRIDAY - 1, 1), reading(BUOY, DEPTH, FRIDAY, 2));
    settle();
    append(reading(BUOY, WAVES, FRIDAY + 60 * DAY, 3), reading(BUOY, DEPTH, FRIDAY + 5, 4));
    for (int round = 0; round < 2; round++) {
      assertThat(Settled.value(movable().devices())).containsExactly(BUOY, MAST);
      assertThat(daysWithReadings(BUOY)).containsExactly(FRIDAY / DAY, FRIDAY / DAY + 60);
      assertThat(daysWithReadings(MAST)).containsExactly(FRIDAY / DAY - 1);
      settle();
    }
  }

  @Test
  void aDayHoldsAllOfADeviceAndNothingElse() {
    append(
        reading(BUOY, DEPTH, FRIDAY, 1),
        reading(BUOY, WAVES, FRIDAY + 7, 2),
        reading(MAST, DEPTH, FRIDAY, 9),
        reading(BUOY, DEPTH, FRIDAY + DAY, 9),
        reading(BUOY, DEPTH, FRIDAY - 1, 9));
    settle();
    append(reading(BUOY, DEPTH, FRIDAY + DAY - 1, 3), reading(BUOY, DEPTH, FRIDAY, 4));
    for (int round = 0; round < 2; round++) {
      assertThat(holdings(BUOY, FRIDAY / DAY))
          .isEqualTo(
              Map.of(
                  DEPTH, samples(FRIDAY, 4, FRIDAY + DAY - 1, 3), WAVES, samples(FRIDAY + 7, 2)));
      settle();
    }
  }

  @Test
  void aPartOfADayIsToldUnlessItIsMoreThanIsWanted() {
    append(reading(BUOY, DEPTH, FRIDAY, 1), reading(BUOY, WAVES, FRIDAY, 2));
    settle();
    append(reading(BUOY, DEPTH, FRIDAY + 60, 3), reading(BUOY, DEPTH, FRIDAY + 61, 4));
    for (int round = 0; round < 2; round++) {
      assertThat(holdings(BUOY, FRIDAY, FRIDAY + 60, 2)).isEmpty();
      assertThat(holdings(BUOY, FRIDAY, FRIDAY + 60, 3))
          .hasValue(Map.of(DEPTH, samples(FRIDAY, 1, FRIDAY + 60, 3), WAVES, samples(FRIDAY, 2)));
      assertThat(holdings(BUOY, FRIDAY + 61, FRIDAY + 61, 1).orElseThrow())
          .containsEntry(DEPTH, samples(FRIDAY + 61, 4));
      settle();
    }
  }

  @Test
  void hoursWhoseReadingsAreGoneAreTakenOverToldAndRemoved() {
    Series series = new Series(BUOY, DEPTH);
    List<Summary> hours = new ArrayList<>();
    for (int hour : new int[] {0, 7, 23, 24, 40 * 24})
      hours.addAll(
          Summary.of(
              samples(FRIDAY + hour * 3600 + 5, hour / 7.0, FRIDAY + hour * 3600 + 3599, -2.7),
              Span.HOUR));
    append(reading(BUOY, DEPTH, FRIDAY, 1), reading(BUOY, WAVES, FRIDAY + 50 * DAY, 2));
    Settled.value(store().delete(series, TimeRange.ALWAYS));
    Settled.value(movable().loadHours(BUOY, Map.of(DEPTH, hours)));
    Settled.value(movable().loadHours(BUOY, Map.of(DEPTH, hours.subList(0, 3))));
    for (int round = 0; round < 3; round++) {
      assertThat(Settled.value(store().summaries(series, Span.HOUR, TimeRange.ALWAYS)))
          .isEqualTo(hours);
      assertThat(Settled.value(store().summaries(series, Span.DAY, TimeRange.ALWAYS)))
          .extracting(Summary::start, Summary::count, Summary::max)
          .containsExactly(
              tuple(FRIDAY, 6L, 23 / 7.0),
              tuple(FRIDAY + DAY, 2L, 24 / 7.0),
              tuple(FRIDAY + 40 * DAY, 2L, 960 / 7.0));
      assertThat(Settled.value(movable().days(BUOY)))
          .contains(FRIDAY / DAY, FRIDAY / DAY + 1, FRIDAY / DAY + 40);
      assertThat(holdings(BUOY, FRIDAY / DAY)).isEqualTo(Map.of(DEPTH, Samples.EMPTY));
      settle();
      if (round == 1) reopened();
    }
    Settled.value(store().delete(series, new TimeRange(FRIDAY, FRIDAY + 2 * DAY - 1)));
    assertThat(Settled.value(store().summaries(series, Span.HOUR, TimeRange.ALWAYS)))
        .isEqualTo(hours.subList(4, 5));
    settle();
    assertThat(holdings(BUOY, FRIDAY / DAY)).isEmpty();
  }

  @Test
  void whatWasRemovedIsNotTold() {
    append(reading(BUOY, DEPTH, FRIDAY, 1), reading(BUOY, DEPTH, FRIDAY + 60, 2));
    settle();
    Settled.value(store().delete(new Series(BUOY, DEPTH), new TimeRange(FRIDAY, FRIDAY + 30)));
    for (int round = 0; round < 2; round++) {
      assertThat(holdings(BUOY, FRIDAY / DAY)).isEqualTo(Map.of(DEPTH, samples(FRIDAY + 60, 2)));
      settle();
    }
  }

  @Test
  void whatIsLoadedIsReadAndSummedUpLikeEverythingElse() {
    append(reading(BUOY, DEPTH, FRIDAY, 1));
    Settled.value(movable().carried());
    Settled.value(
        movable()
            .load(List.of(reading(BUOY, DEPTH, FRIDAY, 5), reading(BUOY, DEPTH, FRIDAY + 1, 6))));
    for (int round = 0; round < 2; round++) {
      assertThat(holdings(BUOY, FRIDAY / DAY))
          .isEqualTo(Map.of(DEPTH, samples(FRIDAY, 5, FRIDAY + 1, 6)));
      Series series = new Series(BUOY, DEPTH);
      assertThat(Settled.value(store().summaries(series, Span.DAY, TimeRange.ALWAYS)))
          .hasSize(1)
          .allMatch(summary -> summary.count() == 2 && summary.sum() == 11);
      assertThat(Settled.value(store().latest(List.of(BUOY))).get(BUOY).get(DEPTH).value())
          .isEqualTo(6);
      settle();
    }
    append(reading(BUOY, DEPTH, FRIDAY, 7));
    assertThat(holdings(BUOY, FRIDAY / DAY))
        .isEqualTo(Map.of(DEPTH, samples(FRIDAY, 7, FRIDAY + 1, 6)));
  }

  private List<Long> daysWithReadings(DeviceId device) {
    return Settled.value(movable().days(device)).stream()
        .filter(day -> !holdings(device, day).isEmpty())
        .toList();
  }

  private Map<SensorId, Samples> holdings(DeviceId device, long day) {
    return holdings(device, day * DAY, (day + 1) * DAY - 1, Integer.MAX_VALUE).orElseThrow();
  }

  private Optional<Map<SensorId, Samples>> holdings(DeviceId device, long from, long to, int most) {
    return Settled.value(movable().readings(device, new TimeRange(from, to), most));
  }

  private void append(Reading... readings) {
    Settled.value(store().append(List.of(readings)));
  }

  private static Reading reading(DeviceId device, SensorId sensor, long second, double value) {
    return new Reading(device, sensor, second, value);
  }

  private static Samples samples(double... timesAndValues) {
    int size = timesAndValues.length / 2;
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = (long) timesAndValues[2 * i];
      values[i] = timesAndValues[2 * i + 1];
    }
    return new Samples(times, values, size);
  }
}
