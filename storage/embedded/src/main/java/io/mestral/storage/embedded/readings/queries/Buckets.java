package io.mestral.storage.embedded.readings.queries;

import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.embedded.readings.series.Days;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/** Makes summaries of one size out of the hours of days. */
public final class Buckets {
  private Buckets() {}

  /** Those that start inside a range, oldest first. */
  public static List<Summary> of(
      NavigableMap<Long, List<Summary>> days, Span span, TimeRange range) {
    List<Summary> found = new ArrayList<>();
    days.forEach(
        (day, hours) -> {
          if (span == Span.HOUR) {
            for (Summary hour : hours) if (range.contains(hour.start())) found.add(hour);
          } else if (range.contains(day * Days.SECONDS)) {
            found.add(inOne(hours).startingAt(day * Days.SECONDS));
          }
        });
    return found;
  }

  private static Summary inOne(List<Summary> hours) {
    Summary all = hours.get(0);
    for (Summary later : hours.subList(1, hours.size())) all = all.and(later);
    return all;
  }
}
