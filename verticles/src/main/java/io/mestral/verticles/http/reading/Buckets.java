package io.mestral.verticles.http.reading;

import io.mestral.model.reading.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/**
 * Time cut into intervals from an anchor (spec 2.6): midnight for seconds to days, Monday for
 * weeks, the first of the month or year for those, the start itself for milliseconds.
 */
final class Buckets {
  /** Beyond this, calendars end. */
  private static final long FAR_MONTHS = 12L * 900_000_000;

  private final Interval interval;
  private final long anchorMillis;
  private final YearMonth anchorMonth;

  /**
   * @param from epoch second the query starts at
   */
  Buckets(Interval interval, long from) {
    this.interval = interval;
    LocalDate day = Instant.ofEpochSecond(from).atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate anchor =
        switch (interval.unit()) {
          case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTH -> day.withDayOfMonth(1);
          case YEAR -> day.withDayOfYear(1);
          default -> day;
        };
    this.anchorMonth = YearMonth.from(anchor);
    this.anchorMillis =
        interval.unit() == Interval.Unit.MILLISECOND
            ? from * 1000
            : anchor.atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1000;
  }

  /** The longest spans that these are made of, beginning to end; empty when there are none. */
  Optional<Span> spans() {
    if (interval.unit() == Interval.Unit.MILLISECOND) return Optional.empty();
    if (interval.isCalendar()) return Optional.of(Span.DAY);
    for (Span span : new Span[] {Span.DAY, Span.HOUR})
      if (interval.millis() % (span.seconds() * 1000) == 0) return Optional.of(span);
    return Optional.empty();
  }

  /** The bucket a second lies in; 0 begins at the anchor. */
  long indexOf(long second) {
    if (!interval.isCalendar())
      return Math.floorDiv(second * 1000 - anchorMillis, interval.millis());
    YearMonth month = YearMonth.from(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
    return Math.floorDiv(anchorMonth.until(month, ChronoUnit.MONTHS), interval.months());
  }

  /** The first whole second of a bucket. */
  long startOf(long index) {
    if (!interval.isCalendar())
      return -Math.floorDiv(-(anchorMillis + index * interval.millis()), 1000L);
    long months = index * interval.months();
    if (months > FAR_MONTHS) return Long.MAX_VALUE;
    return anchorMonth.plusMonths(months).atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
  }
}
