package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Summaries of hours and days. Those that lie in the cluster are taken as they are; of hours that
 * changed since they are made from the readings, so that both always agree. Used on one context.
 */
final class Summaries {
  private final CassandraSession session;
  private final SeriesReader reader;
  private final WriteTimes times;
  private final Damages damages;

  Summaries(CassandraSession session, SeriesReader reader, WriteTimes times, Damages damages) {
    this.session = session;
    this.reader = reader;
    this.times = times;
    this.damages = damages;
  }

  /**
   * What is to be known before the cluster is asked, so that nothing slips between.
   *
   * @param dirty first seconds of hours whose summaries may be old
   * @param pending rows of the device that the cluster may not have yet
   * @param firstReading the first second whose readings are kept: of hours before it that have none
   *     the summaries are all that is left
   */
  record Changes(NavigableSet<Long> dirty, Collection<Row> pending, long firstReading) {}

  /** The summaries whose buckets start inside the range. */
  Future<List<Summary>> read(Series series, Span span, TimeRange range, Changes changes) {
    TimeRange starts = Buckets.clipped(range);
    if (starts.from() > starts.to()) return Future.succeededFuture(List.of());
    Future<TreeMap<Long, Summary>> found =
        span == Span.HOUR ? hours(series, starts, changes) : days(series, starts, changes);
    return found.map(summaries -> new ArrayList<>(summaries.values()));
  }

  private Future<TreeMap<Long, Summary>> hours(Series series, TimeRange starts, Changes changes) {
    NavigableSet<Long> dirty = changed(series, starts, changes);
    return storedHours(series, starts, dirty)
        .compose(
            stored -> {
              stored
                  .keySet()
                  .removeIf(hour -> hour >= changes.firstReading && dirty.contains(hour));
              Future<TreeMap<Long, Summary>> all = Future.succeededFuture(stored);
              for (TimeRange run : runs(dirty, Span.HOUR))
                all =
                    all.compose(
                        hours ->
                            reader
                                .read(series, run, Integer.MAX_VALUE, changes.pending)
                                .map(
                                    samples -> {
                                      for (Summary made : Summary.of(samples, Span.HOUR))
                                        hours.put(made.start(), made);
                                      return hours;
                                    }));
              return all;
            });
  }

  private Future<TreeMap<Long, Summary>> days(Series series, TimeRange starts, Changes changes) {
    TimeRange seconds =
        new TimeRange(
            Math.max(starts.from(), Buckets.FIRST_SECOND), starts.to() + Span.DAY.seconds() - 1);
    NavigableSet<Long> dirty = new TreeSet<>();
    for (long hour : changed(series, seconds, changes)) {
      long day = Span.DAY.startOf(hour);
      if (starts.contains(day)) dirty.add(day);
    }
    TreeMap<Long, Summary> stored = new TreeMap<>();
    Future<TreeMap<Long, Summary>> all =
        session
            .each(
                session.bind(
                    Cql.SELECT_DAYS,
                    series.device().value(),
                    series.sensor().value(),
                    starts.from(),
                    starts.to()),
                row -> {
                  if (!put(stored, row.getLong(0), row.getByteBuffer(1))) dirty.add(row.getLong(0));
                })
            .map(stored);
    return all.compose(
        found -> {
          found.keySet().removeAll(dirty);
          Future<TreeMap<Long, Summary>> with = Future.succeededFuture(found);
          for (TimeRange run : runs(dirty, Span.DAY))
            with =
                with.compose(
                    days ->
                        hours(series, run, changes)
                            .map(
                                hours -> {
                                  days.putAll(daysOf(hours.values()));
                                  return days;
                                }));
          return with;
        });
  }

  /** The first seconds of the days in a range that the cluster has a series' summaries of. */
  Future<NavigableSet<Long>> daysOf(Series series, TimeRange range) {
    NavigableSet<Long> days = new TreeSet<>();
    return session
        .each(
            session.bind(
                Cql.SELECT_DAYS,
                series.device().value(),
                series.sensor().value(),
                range.from(),
                range.to()),
            row -> days.add(row.getLong(0)))
        .map(days);
  }

  /** The sensors of a device that have summaries; one question each, however long they go back. */
  Future<List<Integer>> sensorsOf(long device) {
    return sensors(device, Integer.MIN_VALUE, new ArrayList<>());
  }

  private Future<List<Integer>> sensors(long device, int after, List<Integer> found) {
    int before = found.size();
    return session
        .each(session.bind(Cql.SELECT_NEXT_SENSOR, device, after), row -> found.add(row.getInt(0)))
        .compose(
            done ->
                found.size() == before
                    ? Future.succeededFuture(found)
                    : sensors(device, found.get(before), found));
  }

  /** The first seconds of hours in a range that the cluster's summaries may not agree with. */
  private static NavigableSet<Long> changed(Series series, TimeRange seconds, Changes changes) {
    NavigableSet<Long> changed =
        new TreeSet<>(changes.dirty.subSet(seconds.from(), true, seconds.to(), true));
    for (Row row : changes.pending) {
      long hour = Span.HOUR.startOf(row.second());
      if (seconds.contains(hour) && row.indexOf(series.sensor().value()) >= 0) changed.add(hour);
    }
    return changed;
  }

  /** Buckets that follow one another, as ranges of seconds. */
  static List<TimeRange> runs(NavigableSet<Long> starts, Span span) {
    List<TimeRange> runs = new ArrayList<>();
    for (long start : starts) {
      TimeRange last = runs.isEmpty() ? new TimeRange(0, -1) : runs.get(runs.size() - 1);
      long end = start + span.seconds() - 1;
      if (last.to() + 1 == start && last.to() >= last.from())
        runs.set(runs.size() - 1, new TimeRange(last.from(), end));
      else runs.add(new TimeRange(start, end));
    }
    return runs;
  }

  /**
   * @param dirty gets those that can't be read
   */
  private Future<TreeMap<Long, Summary>> storedHours(
      Series series, TimeRange starts, NavigableSet<Long> dirty) {
    return reader
        .weeks(series.device().value(), starts)
        .compose(
            weeks -> {
              TreeMap<Long, Summary> hours = new TreeMap<>();
              Future<Void> all = Future.succeededFuture();
              for (int year : yearsOf(weeks, starts))
                all =
                    all.compose(
                        done ->
                            session.each(
                                session.bind(
                                    Cql.SELECT_HOURS,
                                    series.device().value(),
                                    year,
                                    series.sensor().value(),
                                    starts.from(),
                                    starts.to()),
                                row -> {
                                  if (!put(hours, row.getLong(0), row.getByteBuffer(1)))
                                    dirty.add(row.getLong(0));
                                }));
              return all.map(hours);
            });
  }

  private static NavigableSet<Integer> yearsOf(NavigableSet<Integer> weeks, TimeRange range) {
    NavigableSet<Integer> years = new TreeSet<>();
    for (int week : weeks) {
      years.add(Buckets.yearOf(Math.max(range.from(), week * Buckets.WEEK)));
      years.add(Buckets.yearOf(Math.min(range.to(), (week + 1) * Buckets.WEEK - 1)));
    }
    return years;
  }

  private boolean put(TreeMap<Long, Summary> summaries, long start, ByteBuffer cell) {
    try {
      summaries.put(start, Cells.summary(start, cell));
      return true;
    } catch (Cells.Unreadable damage) {
      damages.found("a summary of what begins at second " + start, damage);
      return false;
    }
  }

  private static TreeMap<Long, Summary> daysOf(Collection<Summary> hours) {
    TreeMap<Long, Summary> days = new TreeMap<>();
    for (Summary hour : hours) {
      long day = Span.DAY.startOf(hour.start());
      Summary before = days.get(day);
      Summary both = before == null ? hour : before.and(hour);
      days.put(day, startingAt(day, both));
    }
    return days;
  }

  private static Summary startingAt(long start, Summary summary) {
    return new Summary(
        start,
        summary.count(),
        summary.sum(),
        summary.squares(),
        summary.min(),
        summary.max(),
        summary.firstTime(),
        summary.first(),
        summary.lastTime(),
        summary.last());
  }

  /** Writes summaries of hours, by sensor. */
  List<Statement<?>> hourStatements(long device, Map<Integer, List<Summary>> hours, long time) {
    List<Statement<?>> statements = new ArrayList<>();
    hours.forEach(
        (sensor, summaries) -> {
          for (Summary hour : summaries)
            statements.add(
                session.bind(
                    Cql.INSERT_HOUR,
                    device,
                    Buckets.yearOf(hour.start()),
                    sensor,
                    hour.start(),
                    Cells.summary(hour),
                    time));
        });
    return statements;
  }

  /** Makes days of a device anew from the hours that are in the cluster. */
  Future<List<Statement<?>>> dayStatements(
      long device, Collection<Integer> sensors, NavigableSet<Long> days) {
    return times.next().compose(time -> dayStatements(device, sensors, days, time));
  }

  private Future<List<Statement<?>>> dayStatements(
      long device, Collection<Integer> sensors, NavigableSet<Long> days, long time) {
    List<Statement<?>> statements = new ArrayList<>();
    Future<Void> all = Future.succeededFuture();
    for (TimeRange run : runs(days, Span.DAY))
      for (int year = Buckets.yearOf(run.from()); year <= Buckets.yearOf(run.to()); year++) {
        int asked = year;
        all =
            all.compose(done -> hoursOf(device, asked, sensors, run))
                .map(
                    found -> {
                      found.forEach(
                          (sensor, hours) ->
                              daysOf(hours.values())
                                  .forEach(
                                      (start, day) -> {
                                        if (days.contains(start))
                                          statements.add(
                                              session.bind(
                                                  Cql.INSERT_DAY,
                                                  device,
                                                  sensor,
                                                  start,
                                                  Cells.summary(day),
                                                  time));
                                      }));
                      return null;
                    });
      }
    return all.map(statements);
  }

  private Future<Map<Integer, TreeMap<Long, Summary>>> hoursOf(
      long device, int year, Collection<Integer> sensors, TimeRange range) {
    Map<Integer, TreeMap<Long, Summary>> found = new HashMap<>();
    return session
        .each(
            session.bind(
                Cql.SELECT_HOURS_OF, device, year, List.copyOf(sensors), range.from(), range.to()),
            row ->
                put(
                    found.computeIfAbsent(row.getInt(0), sensor -> new TreeMap<>()),
                    row.getLong(1),
                    row.getByteBuffer(2)))
        .map(found);
  }
}
