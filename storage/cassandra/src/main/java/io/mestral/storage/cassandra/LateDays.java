package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.mestral.model.reading.Span;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What comes for days whose readings were let go of because of their age. A day of a series that
 * nothing is known of is opened: its readings are kept for a day, unseen, until all of them have
 * come and are summed up. To a day of which only the sums are left nothing can be added. Used on
 * one context.
 */
final class LateDays {
  private static final long OPEN = Duration.ofDays(1).toMillis();
  private static final long BETWEEN_LOOKS = Duration.ofHours(1).toMillis();

  private final CassandraSession session;
  private final WriteTimes times;
  private final Retirement retirement;
  private final Retirement.Quiet quiet;
  private Future<Void> closing = Future.succeededFuture();
  private long nextLook = Long.MIN_VALUE;

  LateDays(
      CassandraSession session, WriteTimes times, Retirement retirement, Retirement.Quiet quiet) {
    this.session = session;
    this.times = times;
    this.retirement = retirement;
    this.quiet = quiet;
  }

  /**
   * Rows that are carried over.
   *
   * @param tooLate how many readings of others are not
   */
  record Sorted(List<Row> rows, int tooLate) {}

  private record DayOfDevice(long device, long start) {
    static DayOfDevice of(Row row) {
      return new DayOfDevice(row.device(), Span.DAY.startOf(row.second()));
    }
  }

  private record DayOfSeries(DayOfDevice day, int sensor) {}

  /** Opens the days that late rows are of, or leaves those out. */
  Future<Sorted> sort(List<Row> rows, long now) {
    if (rows.stream().allMatch(retirement::keeps))
      return Future.succeededFuture(new Sorted(rows, 0));
    Map<Long, Set<DayOfSeries>> late = new HashMap<>();
    for (Row row : rows)
      if (!retirement.keeps(row) && row.second() >= retirement.firstSummary())
        for (int sensor : row.sensors())
          late.computeIfAbsent(row.device(), device -> new HashSet<>())
              .add(new DayOfSeries(DayOfDevice.of(row), sensor));
    return closing
        .otherwiseEmpty()
        .compose(
            done -> {
              Set<DayOfSeries> open = new HashSet<>();
              List<Future<Void>> all = new ArrayList<>();
              late.forEach((device, days) -> all.add(open(device, days, now, open)));
              return Future.join(all).map(opened -> sorted(rows, open));
            });
  }

  private Sorted sorted(List<Row> rows, Set<DayOfSeries> open) {
    List<Row> left = new ArrayList<>(rows.size());
    int tooLate = 0;
    for (Row row : rows) {
      Row some = row;
      if (!retirement.keeps(row))
        for (int sensor : row.sensors())
          if (!open.contains(new DayOfSeries(DayOfDevice.of(row), sensor)))
            some = some.without(sensor);
      tooLate += row.sensors().length - some.sensors().length;
      if (some.sensors().length > 0) left.add(some);
    }
    return new Sorted(left, tooLate);
  }

  private Future<Void> open(long device, Set<DayOfSeries> wanted, long now, Set<DayOfSeries> open) {
    TreeSet<Long> starts = new TreeSet<>();
    Set<Integer> sensors = new TreeSet<>();
    for (DayOfSeries each : wanted) {
      starts.add(each.day.start);
      sensors.add(each.sensor);
    }
    Set<DayOfSeries> before = new HashSet<>();
    Set<DayOfSeries> summed = new HashSet<>();
    return session
        .each(
            session.bind(Cql.SELECT_LATE, device, starts.first(), starts.last()),
            row -> before.add(series(device, row.getLong(0), row.getInt(1))))
        .compose(
            done ->
                session.each(
                    session.bind(
                        Cql.SELECT_DAYS_OF,
                        device,
                        List.copyOf(sensors),
                        starts.first(),
                        starts.last()),
                    row -> {
                      DayOfSeries day = series(device, row.getLong(1), row.getInt(0));
                      if (wanted.contains(day)) summed.add(day);
                    }))
        .compose(done -> times.next())
        .compose(
            time -> {
              List<Statement<?>> marks = new ArrayList<>();
              for (DayOfSeries each : wanted) {
                if (!before.contains(each) && summed.contains(each)) continue;
                open.add(each);
                if (!before.contains(each))
                  marks.add(
                      session.bind(
                          Cql.INSERT_LATE, device, each.day.start, each.sensor, now, time));
              }
              return session.executeAll(new Statements(session).batched(marks));
            });
  }

  private static DayOfSeries series(long device, long start, int sensor) {
    return new DayOfSeries(new DayOfDevice(device, start), sensor);
  }

  /** Closes what has been open for a day, when it is time to look for that. */
  Future<Void> due(long now) {
    boolean setBack = nextLook > now + BETWEEN_LOOKS;
    if (!closing.isComplete() || now < nextLook && !setBack) return Future.succeededFuture();
    nextLook = now + BETWEEN_LOOKS;
    Map<DayOfDevice, Long> opened = new HashMap<>();
    return session
        .each(
            session.bind(Cql.SCAN_LATE),
            row ->
                opened.merge(
                    new DayOfDevice(row.getLong(0), row.getLong(1)), row.getLong(2), Math::max))
        .compose(
            done -> {
              // a clock that was ahead may have opened some in years to come
              opened.values().removeIf(since -> Math.abs(now - since) < OPEN);
              return opened.isEmpty()
                  ? Future.succeededFuture()
                  : quiet.carried().compose(quietNow -> close(opened.keySet()));
            });
  }

  /** What comes now waits until it is done, and finds the days closed. */
  private Future<Void> close(Collection<DayOfDevice> days) {
    closing =
        quiet
            .summedUp(retirement.firstReading())
            .compose(done -> times.next())
            .compose(time -> session.executeAll(removals(days, time)).map(time))
            .compose(time -> session.executeAll(closings(days, time)));
    return closing;
  }

  private List<Statement<?>> removals(Collection<DayOfDevice> days, long time) {
    List<Statement<?>> statements = new ArrayList<>();
    for (DayOfDevice day : days) {
      long last = day.start + Span.DAY.seconds() - 1;
      if (last < retirement.firstReading()) // unless a clock that was ahead has made it late
      statements.add(
            session.bind(
                Cql.DELETE_ROWS_OF_DAY,
                time,
                day.device,
                Buckets.weekOf(day.start),
                day.start,
                last));
    }
    return statements;
  }

  private List<Statement<?>> closings(Collection<DayOfDevice> days, long time) {
    List<Statement<?>> statements = new ArrayList<>();
    for (DayOfDevice day : days)
      statements.add(session.bind(Cql.DELETE_LATE, time, day.device, day.start));
    return statements;
  }
}
