package io.mestral.storage.cassandra;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The spans of time that partitions are made of, and the seconds that have a place in them. */
final class Buckets {
  static final long WEEK = 7 * Span.DAY.seconds();
  static final long FIRST_SECOND = LocalDateTime.of(0, 1, 1, 0, 0, 0).toEpochSecond(ZoneOffset.UTC);
  static final long LAST_SECOND =
      LocalDateTime.of(9999, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);

  private Buckets() {}

  static boolean hasPlace(long second) {
    return second >= FIRST_SECOND && second <= LAST_SECOND;
  }

  static void requirePlaces(List<Reading> readings) {
    for (Reading reading : readings)
      if (!hasPlace(reading.epochSecond()))
        throw new RefusedException(
            Refusal.PAYLOAD_INVALID, "no second of the years 0 to 9999: " + reading);
  }

  static TimeRange clipped(TimeRange range) {
    return new TimeRange(Math.max(range.from(), FIRST_SECOND), Math.min(range.to(), LAST_SECOND));
  }

  /** Weeks are counted from 1970-01-01 on. */
  static int weekOf(long second) {
    return (int) Math.floorDiv(second, WEEK);
  }

  static int yearOf(long second) {
    return LocalDate.ofEpochDay(Math.floorDiv(second, Span.DAY.seconds())).getYear();
  }
}
