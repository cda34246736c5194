package io.mestral.node.moving;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Days of a device out of which something may have changed.
 *
 * @param firstDay since 1970-01-01 (UTC)
 */
record Touched(DeviceId device, long firstDay, long lastDay) {
  boolean contains(long day) {
    return firstDay <= day && day <= lastDay;
  }

  /** The days of a batch; mostly it is one. */
  static Set<Touched> of(List<Reading> readings) {
    Set<Touched> days = new HashSet<>();
    DeviceId device = new DeviceId(0);
    long day = Long.MIN_VALUE;
    for (Reading reading : readings) {
      long its = dayOf(reading.epochSecond());
      if (its == day && reading.device().equals(device)) continue;
      device = reading.device();
      day = its;
      days.add(new Touched(device, day, day));
    }
    return days;
  }

  /** The days of a range. */
  static Set<Touched> of(Series series, TimeRange range) {
    return Set.of(new Touched(series.device(), dayOf(range.from()), dayOf(range.to())));
  }

  static long dayOf(long second) {
    return Math.floorDiv(second, Span.DAY.seconds());
  }

  /** The seconds of a day. */
  static TimeRange secondsOf(long day) {
    long from = day * Span.DAY.seconds();
    return new TimeRange(from, from + Span.DAY.seconds() - 1);
  }
}
