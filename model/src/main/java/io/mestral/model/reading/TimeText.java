package io.mestral.model.reading;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as the platform writes them, {@code 2026-02-03T10:05:00Z}, and as devices and clients do: a
 * date, or a date and time with {@code T} or a blank between, with or without seconds and a
 * fraction (cut), then nothing or {@code Z} or {@code UTC} for UTC, or a numeric offset; the same
 * with slashes in the date, or in the basic form {@code 20260203T100500Z}; and the date of mails
 * and HTTP, {@code Tue, 03 Feb 2026 10:05:00 GMT}.
 */
public final class TimeText {
  private static final int LONGEST = 64;
  private static final String ZONE =
      "\\s*(?:[Zz]|UTC|GMT|(?<offset>[+-]\\d{2}(?::?\\d{2})?)(?: UTC)?)?";
  private static final Pattern EXTENDED =
      Pattern.compile(
          "(?<year>\\d{4})(?<dash>[-/])(?<month>\\d{1,2})\\k<dash>(?<day>\\d{1,2})"
              + "(?:[Tt ]\\s*(?<hour>\\d{1,2}):(?<minute>\\d{2})"
              + "(?::(?<second>\\d{2})(?:[.,]\\d+)?)?"
              + ZONE
              + ")?");
  private static final Pattern BASIC =
      Pattern.compile(
          "(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})"
              + "[Tt](?<hour>\\d{2})(?<minute>\\d{2})(?<second>\\d{2})?(?:[.,]\\d+)?"
              + ZONE);

  private static final List<Pattern> FORMS = List.of(EXTENDED, BASIC);
  private static final long DAY = 86_400;

  private TimeText() {}

  /** A second of the years 0 to 9999 as the platform writes it; what answers are full of. */
  public static String of(long epochSecond) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochSecond, DAY));
    int second = (int) Math.floorMod(epochSecond, DAY);
    byte[] text = new byte[20];
    put(text, 0, date.getYear() / 100);
    put(text, 2, date.getYear() % 100);
    text[4] = '-';
    put(text, 5, date.getMonthValue());
    text[7] = '-';
    put(text, 8, date.getDayOfMonth());
    text[10] = 'T';
    put(text, 11, second / 3600);
    text[13] = ':';
    put(text, 14, second / 60 % 60);
    text[16] = ':';
    put(text, 17, second % 60);
    text[19] = 'Z';
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static void put(byte[] text, int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }

  /** The epoch second a text means; empty when it means none. */
  public static OptionalLong parse(String text) {
    long quick = kitForm(text);
    if (quick != Long.MIN_VALUE) return OptionalLong.of(quick);
    String trimmed = text.strip();
    if (trimmed.length() > LONGEST) return OptionalLong.empty();
    try {
      for (Pattern pattern : FORMS) {
        Matcher form = pattern.matcher(trimmed);
        if (form.matches()) return OptionalLong.of(second(form));
      }
      return OptionalLong.of(
          ZonedDateTime.parse(trimmed, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond());
    } catch (DateTimeException noSuchTime) {
      return OptionalLong.empty();
    }
  }

  private static long second(Matcher form) {
    LocalDate date = LocalDate.of(number(form, "year"), number(form, "month"), number(form, "day"));
    LocalDateTime time =
        date.atTime(number(form, "hour"), number(form, "minute"), number(form, "second"));
    String offset = form.group("offset");
    return time.toEpochSecond(offset == null ? ZoneOffset.UTC : ZoneOffset.of(offset));
  }

  private static int number(Matcher form, String group) {
    String digits = form.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** What every kit sends, {@code 2026-02-03T10:05:00Z}, without a pattern's cost. */
  private static long kitForm(String text) {
    if (text.length() != 20
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(19) != 'Z') return Long.MIN_VALUE;
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 28) return Long.MIN_VALUE;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
      return Long.MIN_VALUE;
    return LocalDate.of(year, month, day).toEpochDay() * DAY + hour * 3600L + minute * 60L + second;
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }
}
