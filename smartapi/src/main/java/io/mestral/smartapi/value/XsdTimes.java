package io.mestral.smartapi.value;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/** Moments, days, times of day and lengths of time as XML Schema 1.1 part 2 writes them. */
final class XsdTimes {
  private XsdTimes() {}

  /**
   * A moment.
   *
   * @param local date and time where it was written; digits after the ninth of a second are cut off
   * @param zone its zone, UTC when none was written
   * @param zoned whether one was written
   */
  record Moment(LocalDateTime local, ZoneOffset zone, boolean zoned) {
    Instant instant() {
      return local.toInstant(zone);
    }
  }

  /**
   * A length of time, whose months and seconds don't convert into one another.
   *
   * @param months years and months, negative in a negative length
   * @param seconds days and smaller, of the same sign
   */
  record Length(long months, BigDecimal seconds) {}

  static Optional<Moment> dateTime(String lexical) {
    Cursor cursor = new Cursor(lexical);
    LocalDate day = cursor.day();
    cursor.expect('T');
    return cursor.moment(day);
  }

  /** A day, as the moment at which it begins. */
  static Optional<Moment> date(String lexical) {
    Cursor cursor = new Cursor(lexical);
    LocalDate day = cursor.day();
    return cursor.zoned(day.atStartOfDay());
  }

  /** A time of day, as the moment at which it is on the first of January 1970. */
  static Optional<Moment> time(String lexical) {
    return new Cursor(lexical)
        .moment(LocalDate.EPOCH)
        .map(at -> new Moment(at.local.toLocalTime().atDate(LocalDate.EPOCH), at.zone, at.zoned));
  }

  static Optional<Length> duration(String lexical) {
    Cursor cursor = new Cursor(lexical);
    boolean negative = cursor.skip('-');
    cursor.expect('P');
    int start = cursor.at;
    long years = cursor.amount('Y');
    long months = cursor.amount('M');
    BigDecimal seconds =
        BigDecimal.valueOf(cursor.amount('D')).multiply(BigDecimal.valueOf(86_400));
    if (cursor.skip('T')) {
      start = cursor.at;
      seconds =
          seconds.add(BigDecimal.valueOf(cursor.amount('H')).multiply(BigDecimal.valueOf(3_600)));
      seconds =
          seconds.add(BigDecimal.valueOf(cursor.amount('M')).multiply(BigDecimal.valueOf(60)));
      seconds = seconds.add(cursor.seconds());
    }
    if (cursor.failed || cursor.at == start || cursor.at < lexical.length()) {
      return Optional.empty();
    }
    long all = years * 12 + months;
    return Optional.of(new Length(negative ? -all : all, negative ? seconds.negate() : seconds));
  }

  /** Walks over a text; once something isn't as expected, it stays {@link #failed}. */
  private static final class Cursor {
    /** So many digits fit into a long, also as years counted in months. */
    private static final int MOST_DIGITS = 15;

    private final String text;
    private int at;
    private boolean failed;

    Cursor(String text) {
      this.text = text;
    }

    char peek() {
      return at < text.length() ? text.charAt(at) : 0;
    }

    boolean skip(char wanted) {
      if (peek() == wanted) {
        at++;
        return true;
      }
      return false;
    }

    void expect(char wanted) {
      failed |= !skip(wanted);
    }

    boolean isDigit() {
      return peek() >= '0' && peek() <= '9';
    }

    long number(int fewest, int most) {
      int start = at;
      long value = 0;
      while (isDigit() && at - start < most) {
        value = value * 10 + (text.charAt(at++) - '0');
      }
      failed |= at - start < fewest || isDigit() && fewest != most;
      return value;
    }

    int two(int least, int greatest) {
      int value = (int) number(2, 2);
      failed |= value < least || value > greatest;
      return value;
    }

    LocalDate day() {
      boolean before = skip('-');
      int start = at;
      long year = number(4, 8);
      failed |= at - start > 4 && text.charAt(start) == '0';
      expect('-');
      int month = two(1, 12);
      expect('-');
      int day = two(1, 31);
      int signed = (int) (before ? -year : year);
      failed = failed || day > YearMonth.of(signed, month).lengthOfMonth();
      return failed ? LocalDate.EPOCH : LocalDate.of(signed, month, day);
    }

    Optional<Moment> moment(LocalDate day) {
      int hour = two(0, 24);
      expect(':');
      int minute = two(0, 59);
      expect(':');
      int second = two(0, 59);
      int nanos = fraction();
      if (failed || hour == 24 && minute + second + nanos > 0) {
        return Optional.empty();
      }
      return zoned(
          hour == 24
              ? day.plusDays(1).atStartOfDay()
              : day.atTime(LocalTime.of(hour, minute, second, nanos)));
    }

    /** Nanoseconds after a point. */
    int fraction() {
      if (!skip('.')) {
        return 0;
      }
      failed |= !isDigit();
      int nanos = 0;
      int digits = 0;
      for (; isDigit(); at++) {
        if (digits < 9) {
          nanos = nanos * 10 + (peek() - '0');
          digits++;
        }
      }
      for (; digits < 9; digits++) {
        nanos *= 10;
      }
      return nanos;
    }

    /** The zone, which is the last thing in each text that has one. */
    Optional<Moment> zoned(LocalDateTime local) {
      if (at == text.length()) {
        return failed ? Optional.empty() : Optional.of(new Moment(local, ZoneOffset.UTC, false));
      }
      ZoneOffset zone = skip('Z') ? ZoneOffset.UTC : offset();
      return failed || at < text.length()
          ? Optional.empty()
          : Optional.of(new Moment(local, zone, true));
    }

    ZoneOffset offset() {
      boolean west = skip('-');
      if (!west) {
        expect('+');
      }
      int hours = two(0, 14);
      expect(':');
      int minutes = two(0, 59);
      failed |= hours == 14 && minutes > 0;
      int seconds = hours * 3_600 + minutes * 60;
      return failed ? ZoneOffset.UTC : ZoneOffset.ofTotalSeconds(west ? -seconds : seconds);
    }

    /** A whole number before a letter, zero when another letter follows the number. */
    long amount(char letter) {
      int start = at;
      if (!isDigit()) {
        return 0;
      }
      long value = number(1, MOST_DIGITS);
      if (skip(letter)) {
        return value;
      }
      at = start;
      return 0;
    }

    BigDecimal seconds() {
      int start = at;
      while (isDigit()) {
        at++;
      }
      boolean point = at > start && skip('.');
      int fraction = at;
      while (isDigit()) {
        at++;
      }
      if (at == start) {
        return BigDecimal.ZERO;
      }
      failed |= point && at == fraction || at - start > XsdNumbers.MOST_DIGITS || peek() != 'S';
      String digits = text.substring(start, at);
      expect('S');
      return failed ? BigDecimal.ZERO : new BigDecimal(digits);
    }
  }
}
