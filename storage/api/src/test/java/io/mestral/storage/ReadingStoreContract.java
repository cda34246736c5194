package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store of readings promises. */
public abstract class ReadingStoreContract extends ReadingHistoryContract {
  protected static final DeviceId KIT = new DeviceId(42);
  protected static final DeviceId OTHER_KIT = new DeviceId(7_000_000_000L);
  protected static final SensorId NOISE = new SensorId(53);
  protected static final SensorId LIGHT = new SensorId(14);
  protected static final Series KIT_NOISE = new Series(KIT, NOISE);

  /** 2026-03-31T23:58:00Z: some minutes later there is another month. */
  protected static final long START = 1_775_001_480;

  @Test
  void whatWasAppendedIsReadOldestFirst() {
    append(noise(START + 120, 2), noise(START, 1), noise(START + 60, 3));
    assertThat(all(KIT_NOISE)).isEqualTo(samples(START, 1, START + 60, 3, START + 120, 2));
  }

  @Test
  void aRangeHasBothItsEnds() {
    for (int i = 0; i < 10; i++) append(noise(START + i, i));
    TimeRange range = new TimeRange(START + 3, START + 5);
    assertThat(read(range, 100)).isEqualTo(samples(START + 3, 3, START + 4, 4, START + 5, 5));
    settle();
    assertThat(read(range, 100)).isEqualTo(samples(START + 3, 3, START + 4, 4, START + 5, 5));
    assertThat(read(new TimeRange(START + 5, START + 3), 100)).isEqualTo(Samples.EMPTY);
  }

  @Test
  void theLimitLeavesTheOldest() {
    for (int i = 0; i < 10; i++) append(noise(START + i * 60, i));
    assertThat(read(TimeRange.ALWAYS, 2)).isEqualTo(samples(START, 0, START + 60, 1));
    settle();
    append(noise(START + 30, 30), noise(START - 1, 31));
    assertThat(read(TimeRange.ALWAYS, 3))
        .isEqualTo(samples(START - 1, 31, START, 0, START + 30, 30));
  }

  @Test
  void ofTheSameSecondTheLaterArrivalWins() {
    append(noise(START, 1), noise(START, 2));
    assertThat(all(KIT_NOISE)).isEqualTo(samples(START, 2));
    settle();
    append(noise(START, 3));
    assertThat(all(KIT_NOISE)).isEqualTo(samples(START, 3));
    settle();
    assertThat(all(KIT_NOISE)).isEqualTo(samples(START, 3));
    append(noise(START + 1, 9), noise(START, 4), noise(START, 1));
    assertThat(all(KIT_NOISE)).isEqualTo(samples(START, 1, START + 1, 9));
  }

  @Test
  void sendingAgainDoesNoHarm() {
    List<Reading> batch = List.of(noise(START, 1.5), noise(START + 60, 2.5), light(START, 7));
    for (int i = 0; i < 3; i++) {
      Settled.value(store().append(batch));
      settle();
    }
    assertThat(all(KIT_NOISE)).isEqualTo(samples(START, 1.5, START + 60, 2.5));
    assertThat(all(new Series(KIT, LIGHT))).isEqualTo(samples(START, 7));
  }

  @Test
  void seriesDoNotMix() {
    append(noise(START, 1), light(START, 2), new Reading(OTHER_KIT, NOISE, START, 3));
    for (int round = 0; round < 2; round++) {
      assertThat(all(KIT_NOISE)).isEqualTo(samples(START, 1));
      assertThat(all(new Series(KIT, LIGHT))).isEqualTo(samples(START, 2));
      assertThat(all(new Series(OTHER_KIT, NOISE))).isEqualTo(samples(START, 3));
      assertThat(all(new Series(OTHER_KIT, LIGHT))).isEqualTo(Samples.EMPTY);
      settle();
    }
  }

  @Test
  void everyDoubleComesBackBitForBit() {
    double[] hostile = {
      0.0,
      -0.0,
      21.37,
      -40.125,
      1e300,
      -1e300,
      Double.MIN_VALUE,
      -Double.MIN_NORMAL,
      Math.PI,
      0.1 + 0.2,
      Double.MAX_VALUE,
      9_007_199_254_740_993.0,
      (float) 21.45,
      1e-9
    };
    for (int i = 0; i < hostile.length; i++) append(noise(START + i, hostile[i]));
    for (int round = 0; round < 2; round++) {
      Samples back = all(KIT_NOISE);
      assertThat(back.size()).isEqualTo(hostile.length);
      for (int i = 0; i < hostile.length; i++)
        assertThat(Double.doubleToRawLongBits(back.value(i)))
            .as("%s", hostile[i])
            .isEqualTo(Double.doubleToRawLongBits(hostile[i]));
      settle();
    }
  }

  @Test
  void readingsThatComeInAnyOrderAcrossDaysAndMonthsAreSorted() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 600; i++) readings.add(noise(START + i * 7_919L, i));
    List<Reading> shuffled = new ArrayList<>(readings);
    Collections.shuffle(shuffled, new Random(11));
    for (int from = 0; from < 600; from += 60) {
      Settled.value(store().append(shuffled.subList(from, from + 60)));
      if (from % 180 == 0) settle();
    }
    Samples back = all(KIT_NOISE);
    assertThat(back.size()).isEqualTo(600);
    for (int i = 0; i < 600; i++) {
      assertThat(back.time(i)).isEqualTo(readings.get(i).epochSecond());
      assertThat(back.value(i)).isEqualTo(i);
    }
  }

  @Test
  void theLatestIsTheNewestByItsOwnTimeWithTheOneBefore() {
    append(noise(START + 60, 2), noise(START, 1));
    append(light(START, 5));
    for (int round = 0; round < 2; round++) {
      Map<DeviceId, Map<SensorId, Latest>> latest =
          Settled.value(store().latest(List.of(KIT, OTHER_KIT)));
      assertThat(latest)
          .isEqualTo(
              Map.of(
                  KIT,
                  Map.of(
                      NOISE,
                      new Latest(START + 60, 2, OptionalDouble.of(1)),
                      LIGHT,
                      new Latest(START, 5, OptionalDouble.empty())),
                  OTHER_KIT,
                  Map.of()));
      settle();
    }
  }

  @Test
  void theLatestFollowsLateAndRepeatedReadings() {
    append(noise(START, 1), noise(START + 60, 2));
    settle();
    append(noise(START + 30, 3));
    assertThat(latestNoise()).isEqualTo(new Latest(START + 60, 2, OptionalDouble.of(3)));
    append(noise(START + 60, 4));
    assertThat(latestNoise()).isEqualTo(new Latest(START + 60, 4, OptionalDouble.of(3)));
    settle();
    append(noise(START + 30, 5));
    assertThat(latestNoise()).isEqualTo(new Latest(START + 60, 4, OptionalDouble.of(5)));
    append(noise(START - 60, 6));
    settle();
    assertThat(latestNoise()).isEqualTo(new Latest(START + 60, 4, OptionalDouble.of(5)));
  }

  @Test
  void theLatestOfManyDevicesIsTheNewestOfTheSensorsAskedFor() {
    append(noise(START, 1), light(START + 60, 2), new Reading(OTHER_KIT, LIGHT, START, 3));
    for (int round = 0; round < 2; round++) {
      LatestRows rows = latestRows(List.of(NOISE), KIT, new DeviceId(8), OTHER_KIT);
      assertThat(rows.size()).isEqualTo(3);
      assertRow(rows, 0, NOISE, START, 1);
      assertThat(rows.heardAt(0)).isEqualTo(START + 60);
      assertThat(rows.wasHeard(1)).isFalse();
      assertThat(rows.has(1)).isFalse();
      assertThat(rows.heardAt(2)).isEqualTo(START);
      assertThat(rows.has(2)).isFalse();
      assertRow(latestRows(List.of(NOISE, LIGHT), KIT), 0, LIGHT, START + 60, 2);
      settle();
    }
    append(noise(START + 60, 4));
    assertRow(latestRows(List.of(NOISE, LIGHT), KIT), 0, NOISE, START + 60, 4);
    assertRow(latestRows(List.of(LIGHT, NOISE), KIT), 0, LIGHT, START + 60, 2);
    assertThat(latestRows(List.of(NOISE)).size()).isZero();
  }

  @Test
  void theLatestOfManyDevicesFollowsCorrectionsAndRemovals() {
    append(noise(START, 1), noise(START + 60, 2), light(START + 90, 3));
    for (int round = 0; round < 2; round++) {
      append(noise(START + 60, 5 + round), noise(START + 30, 9));
      assertRow(latestRows(List.of(NOISE), KIT), 0, NOISE, START + 60, 5 + round);
      settle();
    }
    Settled.value(store().delete(KIT_NOISE, new TimeRange(START + 60, START + 60)));
    for (int round = 0; round < 2; round++) {
      assertRow(latestRows(List.of(NOISE), KIT), 0, NOISE, START + 30, 9);
      assertThat(latestRows(List.of(NOISE), KIT).heardAt(0)).isEqualTo(START + 90);
      settle();
    }
    Settled.value(store().delete(KIT_NOISE, TimeRange.ALWAYS));
    Settled.value(store().delete(new Series(KIT, LIGHT), TimeRange.ALWAYS));
    for (int round = 0; round < 2; round++) {
      assertThat(latestRows(List.of(NOISE), KIT).has(0)).isFalse();
      assertThat(latestRows(List.of(NOISE), KIT).wasHeard(0)).isFalse();
      settle();
    }
  }

  @Test
  void aReopenedStoreStillHasEverything() {
    append(noise(START, 1), light(START, 2));
    settle();
    append(noise(START + 60, 3));
    reopened();
    assertThat(all(KIT_NOISE)).isEqualTo(samples(START, 1, START + 60, 3));
    assertThat(latestNoise()).isEqualTo(new Latest(START + 60, 3, OptionalDouble.of(1)));
    reopened();
    assertThat(all(KIT_NOISE)).isEqualTo(samples(START, 1, START + 60, 3));
    assertThat(all(new Series(KIT, LIGHT))).isEqualTo(samples(START, 2));
  }

  @Test
  void aLargeBatchIsKeptWhole() {
    List<Reading> batch = new ArrayList<>();
    for (int i = 0; i < 50_000; i++)
      batch.add(new Reading(i % 3 == 0 ? KIT : OTHER_KIT, NOISE, START + i, i / 7.0));
    Settled.value(store().append(batch));
    for (int round = 0; round < 2; round++) {
      assertThat(all(KIT_NOISE).size()).isEqualTo(16_667);
      Samples other = all(new Series(OTHER_KIT, NOISE));
      assertThat(other.size()).isEqualTo(33_333);
      assertThat(other.value(33_332)).isEqualTo(49_999 / 7.0);
      settle();
    }
  }

  @Test
  void nothingIsAppendedByAnEmptyBatch() {
    Settled.value(store().append(List.of()));
    assertThat(all(KIT_NOISE)).isEqualTo(Samples.EMPTY);
    assertThat(Settled.value(store().latest(List.of()))).isEmpty();
    Settled.value(store().check());
  }

  protected void append(Reading... readings) {
    Settled.value(store().append(List.of(readings)));
  }

  protected static Reading noise(long second, double value) {
    return new Reading(KIT, NOISE, second, value);
  }

  protected static Reading light(long second, double value) {
    return new Reading(KIT, LIGHT, second, value);
  }

  protected Samples all(Series series) {
    return Settled.value(store().read(series, TimeRange.ALWAYS, Integer.MAX_VALUE));
  }

  private Samples read(TimeRange range, int limit) {
    return Settled.value(store().read(KIT_NOISE, range, limit));
  }

  private Latest latestNoise() {
    return Settled.value(store().latest(List.of(KIT))).get(KIT).get(NOISE);
  }

  private LatestRows latestRows(List<SensorId> sensors, DeviceId... devices) {
    return Settled.value(store().latest(List.of(devices), sensors));
  }

  private static void assertRow(
      LatestRows rows, int row, SensorId sensor, long second, double value) {
    assertThat(rows.has(row)).isTrue();
    assertThat(rows.sensor(row)).isEqualTo(sensor);
    assertThat(rows.epochSecond(row)).isEqualTo(second);
    assertThat(rows.value(row)).isEqualTo(value);
  }

  /** Seconds and values in turn. */
  protected static Samples samples(double... secondsAndValues) {
    int size = secondsAndValues.length / 2;
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = (long) secondsAndValues[2 * i];
      values[i] = secondsAndValues[2 * i + 1];
    }
    return new Samples(times, values, size);
  }
}
