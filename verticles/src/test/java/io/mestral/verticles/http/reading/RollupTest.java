package io.mestral.verticles.http.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.reading.Samples;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupTest {
  private static final long TEN = Instant.parse("2026-02-03T10:00:00Z").getEpochSecond();
  private static final Samples FOUR =
      samples(new long[] {TEN + 35, TEN + 95, TEN + 155, TEN + 3700}, 2, 8, 5, 1);

  @ParameterizedTest
  @CsvSource({
    "AVG,5", "MAX,8", "MIN,2", "SUM,15", "COUNT,3", "DEV,3", "FIRST,2", "LAST,5",
  })
  void everyFunctionSeesTheReadingsOfItsBucket(Aggregate aggregate, double expected) {
    Samples points = rolledUp(aggregate, FOUR);
    assertThat(points.size()).isEqualTo(2);
    assertThat(points.value(0)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void aPointStandsAtTheTimeOfTheFirstReadingNotAtTheStartOfTheBucket() {
    Samples points = rolledUp(Aggregate.AVG, FOUR);
    assertThat(points.time(0)).isEqualTo(TEN + 35);
    assertThat(points.time(1)).isEqualTo(TEN + 3700);
  }

  @Test
  void oneReadingHasNoDeviation() {
    assertThat(rolledUp(Aggregate.DEV, FOUR).value(1)).isZero();
  }

  @Test
  void noReadingsGiveNoPoints() {
    assertThat(rolledUp(Aggregate.COUNT, Samples.EMPTY)).isEqualTo(Samples.EMPTY);
  }

  @Test
  void theReadingsAreCounted() {
    Rollup rollup = rollup(Aggregate.AVG);
    rollup.add(FOUR);
    assertThat(rollup.sampleSize()).isEqualTo(4);
    assertThat(rollup.pointCount()).isEqualTo(2);
  }

  private static Samples rolledUp(Aggregate aggregate, Samples samples) {
    Rollup rollup = rollup(aggregate);
    rollup.add(samples);
    return rollup.points();
  }

  private static Rollup rollup(Aggregate aggregate) {
    return new Rollup(new Buckets(Interval.parse("1h").orElseThrow(), TEN), aggregate);
  }

  private static Samples samples(long[] times, double... values) {
    return new Samples(times, values, times.length);
  }
}
