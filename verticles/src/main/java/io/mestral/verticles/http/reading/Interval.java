package io.mestral.verticles.http.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as clients write it: {@code 4h}, {@code 2M}, {@code 500ms}.
 *
 * @param count at least 1
 */
record Interval(long count, Unit unit) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|[yMwdhms])");

  /** What is counted: spans of fixed length, or months of the calendar. */
  enum Unit {
    MILLISECOND("ms", 1, 0),
    SECOND("s", 1_000, 0),
    MINUTE("m", 60_000, 0),
    HOUR("h", 3_600_000, 0),
    DAY("d", 86_400_000, 0),
    WEEK("w", 604_800_000, 0),
    MONTH("M", 0, 1),
    YEAR("y", 0, 12);

    private final String symbol;
    private final long millis;
    private final int months;

    Unit(String symbol, long millis, int months) {
      this.symbol = symbol;
      this.millis = millis;
      this.months = months;
    }
  }

  Interval {
    if (count < 1) throw new IllegalArgumentException("an interval counts from 1: " + count);
  }

  /** Empty when the text is none; what counts below 1 counts 1 (spec 2.6). */
  static Optional<Interval> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) return Optional.empty();
    long count = Math.max(1, Long.parseLong(form.group(1)));
    for (Unit unit : Unit.values())
      if (unit.symbol.equals(form.group(2))) return Optional.of(new Interval(count, unit));
    return Optional.empty();
  }

  /** Whether it is counted in months of the calendar. */
  boolean isCalendar() {
    return unit.months > 0;
  }

  /** Its months; of a calendar interval. */
  long months() {
    return count * unit.months;
  }

  /** Its milliseconds; of an interval of fixed length. */
  long millis() {
    return count * unit.millis;
  }

  boolean isAtLeast(Duration length) {
    return isCalendar() || millis() >= length.toMillis();
  }

  /** So long ago, but not before the year 1. */
  Instant before(Instant now) {
    Instant earliest = Instant.parse("0001-01-01T00:00:00Z");
    if (!isCalendar()) {
      long span = Math.min(millis(), Duration.between(earliest, now).toMillis());
      return now.minusMillis(span);
    }
    long most =
        Period.between(
                earliest.atZone(ZoneOffset.UTC).toLocalDate(),
                now.atZone(ZoneOffset.UTC).toLocalDate())
            .toTotalMonths();
    LocalDateTime then = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    return then.minusMonths(Math.min(months(), most)).toInstant(ZoneOffset.UTC);
  }
}
