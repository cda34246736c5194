package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Removes readings of a series that came before a deletion, and what follows from them. All of it
 * may be done again from the beginning. Used on one context, in turn with what is appended.
 */
final class Deleting {
  private static final int ROWS_AT_A_TIME = 5000;

  private final CassandraSession session;
  private final SeriesReader reader;
  private final Summaries summaries;
  private final Newest newest;
  private final DirtyHours dirty;
  private final WriteTimes times;

  Deleting(
      CassandraSession session,
      SeriesReader reader,
      Summaries summaries,
      Newest newest,
      DirtyHours dirty,
      WriteTimes times) {
    this.session = session;
    this.reader = reader;
    this.summaries = summaries;
    this.newest = newest;
    this.dirty = dirty;
    this.times = times;
  }

  /**
   * One deletion under way.
   *
   * @param known the device's newest readings before it
   * @param days first seconds of days with summaries that it may touch
   * @param left first seconds of hours that may have readings left
   */
  private record Task(
      Series series,
      TimeRange range,
      long arrival,
      NewestTwo known,
      NavigableSet<Long> days,
      NavigableSet<Long> left) {
    long device() {
      return series.device().value();
    }

    int sensor() {
      return series.sensor().value();
    }

    /** A sensor with readings is among the newest, or has summaries if those were removed. */
    boolean isNeedless() {
      return !known.isEmpty() && !known.has(sensor()) && days.isEmpty();
    }
  }

  Future<Void> execute(Entry.Deletion deletion) {
    TimeRange range = Buckets.clipped(deletion.range());
    if (range.from() > range.to()) return Future.succeededFuture();
    Series series = deletion.series();
    return newest
        .inCluster(series.device().value())
        .compose(
            known ->
                summaries
                    .daysOf(series, new TimeRange(Span.DAY.startOf(range.from()), range.to()))
                    .map(
                        days ->
                            new Task(
                                series, range, deletion.arrival(), known, days, new TreeSet<>())))
        .compose(task -> task.isNeedless() ? Future.succeededFuture() : execute(task));
  }

  private Future<Void> execute(Task task) {
    return times
        .next() // above that of the deletion: it will be known that this was given away
        .compose(time -> reader.weeks(task.device(), task.range))
        .compose(
            weeks -> {
              Future<Void> all = Future.succeededFuture();
              for (int week : weeks)
                all = all.compose(done -> removeRows(task, week, task.range.from()));
              return all.compose(done -> summarise(task, weeks));
            })
        .compose(done -> findNewest(task));
  }

  private Future<Void> removeRows(Task task, int week, long from) {
    List<Row> rows = new ArrayList<>();
    return reader
        .rows(
            task.device(),
            week,
            new TimeRange(from, task.range.to()),
            row -> {
              if (row.indexOf(task.sensor()) < 0) return true;
              if (row.arrival() > task.arrival) task.left.add(Span.HOUR.startOf(row.second()));
              else rows.add(row);
              return rows.size() < ROWS_AT_A_TIME;
            })
        .compose(done -> session.executeAll(remainders(task, rows)))
        .compose(done -> session.executeAll(removals(task, week, rows)))
        .compose(
            done ->
                rows.size() < ROWS_AT_A_TIME
                    ? Future.succeededFuture()
                    : removeRows(task, week, rows.get(rows.size() - 1).second()));
  }

  /** A row that other sensors have a part in is written anew without this one, before it goes. */
  private List<Statement<?>> remainders(Task task, List<Row> rows) {
    List<Statement<?>> statements = new ArrayList<>();
    for (Row row : rows) {
      Row rest = row.without(task.sensor());
      if (rest.sensors().length > 0) statements.add(Carrying.insertion(session, rest));
    }
    return new Statements(session).batched(statements);
  }

  private List<Statement<?>> removals(Task task, int week, List<Row> rows) {
    List<Statement<?>> statements = new ArrayList<>();
    for (Row row : rows) {
      statements.add(
          session.bind(
              Cql.DELETE_ROW,
              task.arrival,
              row.device(),
              week,
              row.second(),
              Cells.sensors(row.sensors())));
    }
    return new Statements(session).batched(statements);
  }

  private Future<Void> summarise(Task task, NavigableSet<Integer> weeks) {
    if (weeks.isEmpty() && task.days.isEmpty()) return Future.succeededFuture();
    TimeRange there = extent(task, weeks);
    NavigableSet<Long> left = new TreeSet<>(task.left);
    left.add(Span.HOUR.startOf(there.from()));
    left.add(Span.HOUR.startOf(there.to()));
    return times.next().compose(time -> summarise(task, there, left, time));
  }

  /** The part of the range that may have anything. */
  private static TimeRange extent(Task task, NavigableSet<Integer> weeks) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    if (!weeks.isEmpty()) {
      from = weeks.first() * Buckets.WEEK;
      to = (weeks.last() + 1) * Buckets.WEEK - 1;
    }
    if (!task.days.isEmpty()) {
      from = Math.min(from, task.days.first());
      to = Math.max(to, task.days.last() + Span.DAY.seconds() - 1);
    }
    return new TimeRange(Math.max(from, task.range.from()), Math.min(to, task.range.to()));
  }

  /**
   * What is left is written before the rest is removed, and all the same is the newer: so nobody
   * misses it in between.
   */
  private Future<Void> summarise(
      Task task, TimeRange there, NavigableSet<Long> left, long removal) {
    NavigableSet<Long> days = new TreeSet<>();
    for (long hour : left) days.add(Span.DAY.startOf(hour));
    return hoursLeft(task, left)
        .compose(hours -> times.next().map(time -> hourStatements(task, hours, time)))
        .compose(session::executeAll)
        .compose(done -> session.executeAll(hourRemovals(task, there, removal)))
        .compose(done -> summaries.dayStatements(task.device(), List.of(task.sensor()), days))
        .compose(session::executeAll)
        .compose(done -> session.execute(dayRemoval(task, there, removal)));
  }

  private Future<List<Summary>> hoursLeft(Task task, NavigableSet<Long> left) {
    List<Summary> hours = new ArrayList<>();
    Future<Void> all = Future.succeededFuture();
    for (TimeRange run : Summaries.runs(left, Span.HOUR))
      all =
          all.compose(done -> reader.read(task.series, run, Integer.MAX_VALUE, List.of()))
              .map(
                  samples -> {
                    hours.addAll(Summary.of(samples, Span.HOUR));
                    return null;
                  });
    return all.map(hours);
  }

  private List<Statement<?>> hourStatements(Task task, List<Summary> hours, long time) {
    return summaries.hourStatements(task.device(), Map.of(task.sensor(), hours), time);
  }

  private List<Statement<?>> hourRemovals(Task task, TimeRange there, long time) {
    long first = Span.HOUR.startOf(there.from());
    List<Statement<?>> statements = new ArrayList<>();
    for (int year = Buckets.yearOf(first); year <= Buckets.yearOf(there.to()); year++)
      statements.add(
          session.bind(
              Cql.DELETE_HOURS, time, task.device(), year, task.sensor(), first, there.to()));
    return statements;
  }

  private Statement<?> dayRemoval(Task task, TimeRange there, long time) {
    long first = Span.DAY.startOf(there.from());
    return session.bind(Cql.DELETE_DAYS, time, task.device(), task.sensor(), first, there.to());
  }

  /** Looks for others where the newest two, or one of them, are gone. */
  private Future<Void> findNewest(Task task) {
    if (!task.known.isIn(task.sensor(), task.range)) return Future.succeededFuture();
    task.known.forget(task.sensor(), task.range);
    TreeMap<Long, Row> found = new TreeMap<>();
    return weeksLeft(task)
        .compose(weeks -> search(task, weeks.descendingIterator(), found))
        .compose(done -> times.next())
        .compose(
            time -> {
              for (Row row : found.values())
                task.known.offer(
                    task.sensor(), row.second(), row.values()[row.indexOf(task.sensor())]);
              return session.execute(newest.put(task.device(), task.known, time));
            });
  }

  /** The weeks in which the series has readings, as its summaries tell. */
  private Future<NavigableSet<Integer>> weeksLeft(Task task) {
    return summaries
        .daysOf(task.series, Buckets.clipped(TimeRange.ALWAYS))
        .map(
            days -> {
              NavigableSet<Integer> weeks = new TreeSet<>();
              for (long day : days) weeks.add(Buckets.weekOf(day));
              for (long hour : dirty.of(task.device(), Long.MIN_VALUE, Long.MAX_VALUE))
                weeks.add(Buckets.weekOf(hour));
              return weeks;
            });
  }

  /** Until there are three seconds: of the newest two nothing more can come then. */
  private Future<Void> search(Task task, Iterator<Integer> weeks, TreeMap<Long, Row> found) {
    if (!weeks.hasNext() || found.size() >= 3) return Future.succeededFuture();
    return reader
        .newestFirst(
            task.device(),
            weeks.next(),
            row -> {
              if (row.indexOf(task.sensor()) >= 0)
                found.merge(row.second(), row, (a, b) -> a.arrival() > b.arrival() ? a : b);
              return found.size() < 3;
            })
        .compose(done -> search(task, weeks, found));
  }
}
