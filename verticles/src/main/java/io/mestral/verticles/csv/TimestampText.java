package io.mestral.verticles.csv;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Seconds as {@code 2026-02-03 10:05:00 UTC}. Remembers the day it wrote last, as most rows are of
 * the same day as the row before.
 */
final class TimestampText {
  static final int LENGTH = 23;

  private static final int DAY_SECONDS = 86_400;
  private static final byte[] FORM = "0000-00-00 00:00:00 UTC".getBytes(StandardCharsets.US_ASCII);

  private final byte[] text = FORM.clone();
  private long day = Long.MIN_VALUE;

  /** Writes a second of the years 0 to 9999 and gives the place behind it. */
  int write(long epochSecond, byte[] into, int at) {
    long itsDay = Math.floorDiv(epochSecond, DAY_SECONDS);
    if (itsDay != day) turnTo(itsDay);
    int second = (int) (epochSecond - day * DAY_SECONDS);
    two(second / 3600, 11);
    two(second / 60 % 60, 14);
    two(second % 60, 17);
    System.arraycopy(text, 0, into, at, LENGTH);
    return at + LENGTH;
  }

  private void turnTo(long newDay) {
    day = newDay;
    LocalDate date = LocalDate.ofEpochDay(newDay);
    two(date.getYear() / 100, 0);
    two(date.getYear() % 100, 2);
    two(date.getMonthValue(), 5);
    two(date.getDayOfMonth(), 8);
  }

  private void two(int number, int at) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }
}
