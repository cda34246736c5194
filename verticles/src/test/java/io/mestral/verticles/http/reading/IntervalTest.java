package io.mestral.verticles.http.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  private static final Instant NOW = Instant.parse("2026-03-31T10:00:00Z");

  @Test
  void minutesAndMonthsAreToldApartByCase() {
    assertThat(Interval.parse("5m")).contains(new Interval(5, Interval.Unit.MINUTE));
    assertThat(Interval.parse("5M")).contains(new Interval(5, Interval.Unit.MONTH));
    assertThat(Interval.parse("5ms")).contains(new Interval(5, Interval.Unit.MILLISECOND));
  }

  @Test
  void belowOneCountsOne() {
    assertThat(Interval.parse("0s")).contains(new Interval(1, Interval.Unit.SECOND));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "h", "1", "1x", "1H", "-1h", "1.5h", "1h2m", "9999999999h"})
  void whatIsNoNumberAndUnitIsRefused(String text) {
    assertThat(Interval.parse(text)).isEmpty();
  }

  @Test
  void goingBackAMonthFollowsTheCalendar() {
    assertThat(new Interval(1, Interval.Unit.MONTH).before(NOW)).isEqualTo("2026-02-28T10:00:00Z");
    assertThat(new Interval(2, Interval.Unit.DAY).before(NOW)).isEqualTo("2026-03-29T10:00:00Z");
  }

  @Test
  void goingBackForeverEndsInTheYearOne() {
    assertThat(new Interval(999_999_999, Interval.Unit.YEAR).before(NOW))
        .isAfterOrEqualTo("0001-01-01T00:00:00Z");
    assertThat(new Interval(999_999_999, Interval.Unit.WEEK).before(NOW))
        .isEqualTo("0001-01-01T00:00:00Z");
  }

  @Test
  void aMonthIsLongerThanTenMinutesAndNineMinutesAreNot() {
    assertThat(new Interval(1, Interval.Unit.MONTH).isAtLeast(Duration.ofMinutes(10))).isTrue();
    assertThat(new Interval(10, Interval.Unit.MINUTE).isAtLeast(Duration.ofMinutes(10))).isTrue();
    assertThat(new Interval(9, Interval.Unit.MINUTE).isAtLeast(Duration.ofMinutes(10))).isFalse();
  }
}
