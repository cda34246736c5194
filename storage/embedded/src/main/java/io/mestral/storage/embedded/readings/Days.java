package io.mestral.storage.embedded.readings;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Seconds, UTC days since 1970, and months. */
final class Days {
  static final long SECONDS = 86_400;

  /** The seconds that have a place: the years 0 to 9999. */
  static final long FIRST_SECOND = -62_167_219_200L;

  static final long LAST_SECOND = 253_402_300_799L;

  private Days() {}

  static long of(long second) {
    return Math.floorDiv(second, SECONDS);
  }

  static YearMonth monthOf(long second) {
    return YearMonth.from(LocalDate.ofEpochDay(of(second)));
  }

  static long firstSecond(YearMonth month) {
    return month.atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
  }

  static long lastSecond(YearMonth month) {
    return firstSecond(month.plusMonths(1)) - 1;
  }

  static boolean hasPlace(long second) {
    return FIRST_SECOND <= second && second <= LAST_SECOND;
  }
}
