package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Makes the summaries of dirty hours from the readings in the cluster: from all of them, so it does
 * not matter how often it is done, nor in which order readings came. Used on one context.
 */
final class Summing {
  /** Devices at a time. */
  private static final int WIDTH = 8;

  private final CassandraSession session;
  private final SeriesReader reader;
  private final Summaries summaries;
  private final DirtyHours dirty;
  private final Arrivals arrivals;
  private final Clock clock;
  private Future<Void> running = Future.succeededFuture();

  Summing(
      CassandraSession session,
      SeriesReader reader,
      Summaries summaries,
      DirtyHours dirty,
      Arrivals arrivals,
      Clock clock) {
    this.session = session;
    this.reader = reader;
    this.summaries = summaries;
    this.dirty = dirty;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  /** Sums up what it is time for, unless that is going on. */
  Future<Void> due() {
    return running.isComplete() ? begin(false) : running;
  }

  /** Sums up everything that is dirty now. */
  Future<Void> all() {
    return running.otherwiseEmpty().compose(done -> begin(true));
  }

  /** Does something while nothing is being summed up. */
  Future<Void> meanwhileNothing(Supplier<Future<Void>> task) {
    Future<Void> done = running.otherwiseEmpty().compose(idle -> task.get());
    running = done.otherwiseEmpty();
    return done;
  }

  private Future<Void> begin(boolean all) {
    Iterator<DirtyHours.Group> left = dirty.due(clock.millis(), all).iterator();
    if (!left.hasNext()) return Future.succeededFuture();
    List<Future<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < WIDTH; i++) lanes.add(next(left));
    running = Future.join(lanes).compose(done -> dirty.trim()); // none may run on unseen
    return running;
  }

  private Future<Void> next(Iterator<DirtyHours.Group> left) {
    if (!left.hasNext()) return Future.succeededFuture();
    DirtyHours.Group group = left.next();
    return sumUp(group)
        .compose(
            done -> {
              dirty.summed(group, clock.millis());
              return next(left);
            });
  }

  private Future<Void> sumUp(DirtyHours.Group group) {
    long arrival = arrivals.next(); // before reading: what is made of newer readings wins
    NavigableSet<Long> hours = group.versions().navigableKeySet();
    return made(group.device(), group.week(), hours)
        .compose(
            made ->
                write(summaries.hourStatements(group.device(), made, arrival))
                    .compose(done -> days(group.device(), made)));
  }

  private Future<Map<Integer, List<Summary>>> made(
      long device, int week, NavigableSet<Long> hours) {
    Map<Integer, Column> columns = new HashMap<>();
    Future<Void> all = Future.succeededFuture();
    for (TimeRange run : Summaries.runs(hours, Span.HOUR))
      all =
          all.compose(
              done ->
                  reader.rows(
                      device,
                      week,
                      run,
                      row -> {
                        for (int i = 0; i < row.sensors().length; i++)
                          columns
                              .computeIfAbsent(row.sensors()[i], sensor -> new Column())
                              .add(row.second(), row.values()[i], row.arrival());
                        return true;
                      }));
    return all.map(
        done -> {
          Map<Integer, List<Summary>> made = new TreeMap<>();
          columns.forEach(
              (sensor, column) -> made.put(sensor, Summary.of(column.samples(), Span.HOUR)));
          return made;
        });
  }

  private Future<Void> days(long device, Map<Integer, List<Summary>> hours) {
    if (hours.isEmpty()) return Future.succeededFuture();
    NavigableSet<Long> days = new TreeSet<>();
    hours.values().forEach(made -> made.forEach(hour -> days.add(Span.DAY.startOf(hour.start()))));
    return summaries.dayStatements(device, hours.keySet(), days).compose(this::write);
  }

  private Future<Void> write(List<Statement<?>> statements) {
    return session.executeAll(new Statements(session).batched(statements));
  }
}
