package io.mestral.storage.cassandra;

import io.mestral.model.SensorId;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Reads series out of the rows of devices. Used on one context. */
final class SeriesReader {
  /** Looking into so many weeks costs less than asking first which of them have anything. */
  private static final int FEW_WEEKS = 4;

  /** Weeks read at a time. */
  private static final int WIDTH = 4;

  private final CassandraSession session;
  private final Damages damages;

  SeriesReader(CassandraSession session, Damages damages) {
    this.session = session;
    this.damages = damages;
  }

  /**
   * The readings of a series, oldest first.
   *
   * @param pending rows of the device that the cluster may not have yet, looked up before this call
   */
  Future<Samples> read(Series series, TimeRange range, int limit, Collection<Row> pending) {
    TimeRange clipped = Buckets.clipped(range);
    if (clipped.from() > clipped.to()) return Future.succeededFuture(Samples.EMPTY);
    Column between = Column.of(pending, series.sensor().value(), clipped.from(), clipped.to());
    return weeks(series.device().value(), clipped)
        .compose(weeks -> columns(new Question(series, clipped, limit), new ArrayList<>(weeks)))
        .map(columns -> Column.merged(columns, between, limit));
  }

  private record Question(Series series, TimeRange range, int limit) {}

  /** The weeks of a range that may have readings of the device. */
  Future<NavigableSet<Integer>> weeks(long device, TimeRange clipped) {
    int first = Buckets.weekOf(clipped.from());
    int last = Buckets.weekOf(clipped.to());
    NavigableSet<Integer> weeks = new TreeSet<>();
    if (last - first < FEW_WEEKS) {
      for (int week = first; week <= last; week++) weeks.add(week);
      return Future.succeededFuture(weeks);
    }
    return session
        .each(session.bind(Cql.SELECT_WEEKS, device, first, last), row -> weeks.add(row.getInt(0)))
        .map(weeks);
  }

  /** Every device that has readings, or had, by number. */
  Future<NavigableSet<Long>> devices(Collection<Long> pending) {
    NavigableSet<Long> devices = new TreeSet<>(pending);
    return session
        .each(session.bind(Cql.SELECT_DEVICES), row -> devices.add(row.getLong(0)))
        .map(devices);
  }

  /** The days of a device's weeks: perhaps not all of them have readings. */
  Future<List<Long>> days(long device, Collection<Row> pending) {
    return weeks(device, Buckets.clipped(TimeRange.ALWAYS))
        .map(
            weeks -> {
              for (Row row : pending) weeks.add(row.week());
              List<Long> days = new ArrayList<>();
              for (long week : weeks) for (int day = 0; day < 7; day++) days.add(week * 7 + day);
              return days;
            });
  }

  /**
   * Everything of a device in a range; empty when that is more than so many readings.
   *
   * @param range within a day
   */
  Future<Optional<Map<SensorId, Samples>>> all(
      long device, TimeRange range, int most, Collection<Row> pending) {
    if (range.from() > range.to()) return Future.succeededFuture(Optional.of(new HashMap<>()));
    NavigableMap<Integer, Column> columns = new TreeMap<>();
    AtomicInteger room = new AtomicInteger(most);
    return rows(
            device,
            Buckets.weekOf(range.from()),
            range,
            row -> {
              for (int i = 0; i < row.sensors().length; i++)
                columns
                    .computeIfAbsent(row.sensors()[i], sensor -> new Column())
                    .add(row.second(), row.values()[i], row.arrival());
              return room.addAndGet(-row.sensors().length) >= 0;
            })
        .map(
            done -> {
              if (room.get() < 0) return Optional.empty();
              for (Row row : pending)
                if (range.contains(row.second()))
                  for (int sensor : row.sensors())
                    columns.computeIfAbsent(sensor, none -> new Column());
              Map<SensorId, Samples> found = new HashMap<>();
              columns.forEach(
                  (sensor, column) ->
                      found.put(
                          new SensorId(sensor),
                          Column.merged(
                              List.of(column),
                              Column.of(pending, sensor, range.from(), range.to()),
                              Integer.MAX_VALUE)));
              long all = found.values().stream().mapToLong(Samples::size).sum();
              return all > most ? Optional.empty() : Optional.of(found);
            });
  }

  private Future<List<Column>> columns(Question question, List<Integer> weeks) {
    List<Column> columns = new ArrayList<>();
    return columns(question, weeks, columns).map(columns);
  }

  private Future<Void> columns(Question question, List<Integer> weeks, List<Column> found) {
    long have = found.stream().mapToLong(Column::size).sum();
    if (weeks.isEmpty() || have >= question.limit) return Future.succeededFuture();
    // A small limit is mostly reached within the first week.
    int width = Math.min(weeks.size(), question.limit < 1000 ? 1 : WIDTH);
    List<Future<Void>> lanes = new ArrayList<>();
    for (int week : weeks.subList(0, width)) {
      Column column = new Column();
      found.add(column);
      lanes.add(column(question, week, column));
    }
    return Future.all(lanes)
        .compose(done -> columns(question, weeks.subList(width, weeks.size()), found));
  }

  private Future<Void> column(Question question, int week, Column column) {
    int sensor = question.series.sensor().value();
    long device = question.series.device().value();
    return session.until(
        session.bind(Cql.SELECT_ROWS, device, week, question.range.from(), question.range.to()),
        cells -> {
          try {
            add(cells, sensor, column);
          } catch (Cells.Unreadable damage) {
            found(device, cells, damage);
          }
          return column.size() <= question.limit; // one more, for the last may come twice
        });
  }

  private static void add(
      com.datastax.oss.driver.api.core.cql.Row cells, int sensor, Column column) {
    int[] sensors = Cells.sensors(cells.getByteBuffer(1));
    for (int i = 0; i < sensors.length && sensors[i] <= sensor; i++)
      if (sensors[i] == sensor)
        column.add(cells.getLong(0), Cells.value(cells.getByteBuffer(2), i), cells.getLong(3));
  }

  private void found(
      long device, com.datastax.oss.driver.api.core.cql.Row cells, Cells.Unreadable damage) {
    damages.found("a row of device " + device + " at second " + cells.getLong(0), damage);
  }

  /** Every row of a device within a week and a range, in the order of seconds. */
  Future<Void> rows(long device, int week, TimeRange range, Predicate<Row> taker) {
    return session.until(
        session.bind(Cql.SELECT_ROWS, device, week, range.from(), range.to()),
        cells -> test(device, cells, taker));
  }

  /** Every row of a device within a week, newest first, as long as the taker wants more. */
  Future<Void> newestFirst(long device, int week, Predicate<Row> taker) {
    return session.until(
        session.bind(Cql.SELECT_ROWS_NEWEST_FIRST, device, week),
        cells -> test(device, cells, taker));
  }

  private boolean test(
      long device, com.datastax.oss.driver.api.core.cql.Row cells, Predicate<Row> taker) {
    Row row;
    try {
      row = row(device, cells);
    } catch (Cells.Unreadable damage) {
      found(device, cells, damage);
      return true;
    }
    return taker.test(row);
  }

  private static Row row(long device, com.datastax.oss.driver.api.core.cql.Row cells) {
    int[] sensors = Cells.sensors(cells.getByteBuffer(1));
    return new Row(
        device,
        cells.getLong(0),
        cells.getLong(3),
        sensors,
        Cells.values(cells.getByteBuffer(2), sensors.length));
  }
}
