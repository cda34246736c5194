package io.mestral.verticles.http.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class BucketsTest {
  @Test
  void hoursCountFromMidnightOfTheDayOfTheStart() {
    Buckets buckets = buckets("4h", "2026-02-03T10:17:00Z");
    assertThat(startOfBucketAt(buckets, "2026-02-03T10:17:00Z")).isEqualTo("2026-02-03T08:00:00Z");
    assertThat(startOfBucketAt(buckets, "2026-02-03T12:00:00Z")).isEqualTo("2026-02-03T12:00:00Z");
    assertThat(startOfBucketAt(buckets, "2026-02-04T03:59:59Z")).isEqualTo("2026-02-04T00:00:00Z");
  }

  @Test
  void oddSecondsCountFromMidnightTooAndRunOnOverTheNextOne() {
    Buckets buckets = buckets("63s", "2026-02-03T10:00:00Z");
    assertThat(startOfBucketAt(buckets, "2026-02-03T10:00:00Z")).isEqualTo("2026-02-03T09:59:33Z");
    assertThat(startOfBucketAt(buckets, "2026-02-04T00:00:00Z")).isEqualTo("2026-02-03T23:59:33Z");
  }

  @Test
  void weeksBeginOnMonday() {
    Buckets buckets = buckets("1w", "2026-02-05T10:00:00Z"); // a Thursday
    assertThat(startOfBucketAt(buckets, "2026-02-05T10:00:00Z")).isEqualTo("2026-02-02T00:00:00Z");
    assertThat(startOfBucketAt(buckets, "2026-02-09T00:00:00Z")).isEqualTo("2026-02-09T00:00:00Z");
  }

  @Test
  void monthsFollowTheCalendarLeapDaysIncluded() {
    Buckets buckets = buckets("1M", "2024-01-31T12:00:00Z");
    assertThat(startOfBucketAt(buckets, "2024-01-31T12:00:00Z")).isEqualTo("2024-01-01T00:00:00Z");
    assertThat(startOfBucketAt(buckets, "2024-02-29T23:59:59Z")).isEqualTo("2024-02-01T00:00:00Z");
    assertThat(startOfBucketAt(buckets, "2024-03-01T00:00:00Z")).isEqualTo("2024-03-01T00:00:00Z");
  }

  @Test
  void severalMonthsCountFromTheMonthOfTheStart() {
    Buckets buckets = buckets("5M", "2025-11-15T00:00:00Z");
    assertThat(startOfBucketAt(buckets, "2026-03-31T00:00:00Z")).isEqualTo("2025-11-01T00:00:00Z");
    assertThat(startOfBucketAt(buckets, "2026-04-01T00:00:00Z")).isEqualTo("2026-04-01T00:00:00Z");
  }

  @Test
  void yearsBeginInJanuary() {
    Buckets buckets = buckets("2y", "2023-07-01T00:00:00Z");
    assertThat(startOfBucketAt(buckets, "2024-12-31T23:59:59Z")).isEqualTo("2023-01-01T00:00:00Z");
    assertThat(startOfBucketAt(buckets, "2025-01-01T00:00:00Z")).isEqualTo("2025-01-01T00:00:00Z");
  }

  @Test
  void millisecondsCountFromTheStartItself() {
    Buckets buckets = buckets("1500ms", "2026-02-03T10:00:01Z");
    long start = second("2026-02-03T10:00:01Z");
    assertThat(buckets.indexOf(start)).isZero();
    assertThat(buckets.indexOf(start + 1)).isZero();
    assertThat(buckets.indexOf(start + 2)).isEqualTo(1);
    assertThat(buckets.startOf(1)).isEqualTo(start + 2); // the boundary lies between two seconds
  }

  @Test
  void theLongestIntervalStillHasAnEnd() {
    for (String longest : new String[] {"999999999y", "999999999M", "999999999w"}) {
      Buckets buckets = buckets(longest, "2026-02-03T10:00:00Z");
      assertThat(buckets.indexOf(second("2026-02-03T10:00:00Z"))).isZero();
      assertThat(buckets.startOf(1)).isGreaterThan(second("9999-12-31T23:59:59Z"));
    }
  }

  private static Buckets buckets(String interval, String from) {
    return new Buckets(Interval.parse(interval).orElseThrow(), second(from));
  }

  private static String startOfBucketAt(Buckets buckets, String time) {
    return Instant.ofEpochSecond(buckets.startOf(buckets.indexOf(second(time)))).toString();
  }

  private static long second(String time) {
    return Instant.parse(time).getEpochSecond();
  }
}
