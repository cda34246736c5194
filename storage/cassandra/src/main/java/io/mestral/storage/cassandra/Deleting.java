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
  private final Arrivals arrivals;

  Deleting(
      CassandraSession session,
      SeriesReader reader,
      Summaries summaries,
      Newest newest,
      Arrivals arrivals) {
    this.session = session;
    this.reader = reader;
    this.summaries = summaries;
    this.newest = newest;
    this.arrivals = arrivals;
  }

  /**
   * One deletion under way.
   *
   * @param left first seconds of hours that may have readings left
   */
  private record Task(Series series, TimeRange range, long arrival, NavigableSet<Long> left) {
    long device() {
      return series.device().value();
    }

    int sensor() {
      return series.sensor().value();
    }
  }

  Future<Void> execute(Entry.Deletion deletion) {
    TimeRange range = Buckets.clipped(deletion.range());
    if (range.from() > range.to()) return Future.succeededFuture();
    return reader
        .weeks(deletion.series().device().value(), range)
        .compose(
            weeks ->
                weeks.isEmpty()
                    ? Future.succeededFuture()
                    : execute(task(deletion, range, weeks), weeks));
  }

  private static Task task(Entry.Deletion deletion, TimeRange range, NavigableSet<Integer> weeks) {
    TimeRange there =
        new TimeRange(
            Math.max(range.from(), weeks.first() * Buckets.WEEK),
            Math.min(range.to(), (weeks.last() + 1) * Buckets.WEEK - 1));
    NavigableSet<Long> edges = new TreeSet<>();
    edges.add(Span.HOUR.startOf(there.from()));
    edges.add(Span.HOUR.startOf(there.to()));
    return new Task(deletion.series(), there, deletion.arrival(), edges);
  }

  private Future<Void> execute(Task task, NavigableSet<Integer> weeks) {
    Future<Void> all = Future.succeededFuture();
    for (int week : weeks) all = all.compose(done -> removeRows(task, week, task.range.from()));
    return all.compose(done -> removeSummaries(task))
        .compose(done -> summariseLeft(task))
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

  private Future<Void> removeSummaries(Task task) {
    long arrival = arrivals.next();
    long first = Span.HOUR.startOf(task.range.from());
    long last = task.range.to();
    List<Statement<?>> statements = new ArrayList<>();
    for (int year = Buckets.yearOf(first); year <= Buckets.yearOf(last); year++)
      statements.add(
          session.bind(Cql.DELETE_HOURS, arrival, task.device(), year, task.sensor(), first, last));
    statements.add(
        session.bind(
            Cql.DELETE_DAYS, arrival, task.device(), task.sensor(), Span.DAY.startOf(first), last));
    return session.executeAll(statements);
  }

  private Future<Void> summariseLeft(Task task) {
    long arrival = arrivals.next();
    List<Summary> hours = new ArrayList<>();
    Future<Void> all = Future.succeededFuture();
    for (TimeRange run : Summaries.runs(task.left, Span.HOUR))
      all =
          all.compose(done -> reader.read(task.series, run, Integer.MAX_VALUE, List.of()))
              .map(
                  samples -> {
                    hours.addAll(Summary.of(samples, Span.HOUR));
                    return null;
                  });
    NavigableSet<Long> days = new TreeSet<>();
    for (long hour : task.left) days.add(Span.DAY.startOf(hour));
    return all.compose(
            done ->
                session.executeAll(
                    summaries.hourStatements(task.device(), Map.of(task.sensor(), hours), arrival)))
        .compose(done -> summaries.dayStatements(task.device(), List.of(task.sensor()), days))
        .compose(session::executeAll);
  }

  private Future<Void> findNewest(Task task) {
    return newest
        .of(task.device())
        .compose(
            known -> {
              known.forget(task.sensor());
              TreeMap<Long, Row> found = new TreeMap<>();
              return reader
                  .weeks(task.device(), Buckets.clipped(TimeRange.ALWAYS))
                  .compose(weeks -> search(task, weeks.descendingIterator(), found))
                  .compose(
                      done -> {
                        for (Row row : found.values())
                          known.offer(
                              task.sensor(),
                              row.second(),
                              row.values()[row.indexOf(task.sensor())]);
                        return session.execute(newest.put(task.device(), known));
                      });
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
