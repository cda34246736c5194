package io.mestral.storage.embedded.readings.series;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Seconds, UTC days since 1970, and months. */
public final class Days {
  public static final long SECONDS = 86_400;

  /** The seconds that have a place: the years 0 to 9999. */
  public static final long FIRST_SECOND = -62_167_219_200L;

  public static final long LAST_SECOND = 253_402_300_799L;

  private Days() {}

  public static long of(long second) {
    return Math.floorDiv(second, SECONDS);
  }

  public static YearMonth monthOf(long second) {
    return YearMonth.from(LocalDate.ofEpochDay(of(second)));
  }

  public static long firstSecond(YearMonth month) {
    return month.atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
  }

  public static long lastSecond(YearMonth month) {
    return firstSecond(month.plusMonths(1)) - 1;
  }

  public static boolean hasPlace(long second) {
    return FIRST_SECOND <= second && second <= LAST_SECOND;
  }
}
