package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
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
  private final WriteTimes times;
  private final Clock clock;
  private Future<Void> running = Future.succeededFuture();

  Summing(
      CassandraSession session,
      SeriesReader reader,
      Summaries summaries,
      DirtyHours dirty,
      WriteTimes times,
      Clock clock) {
    this.session = session;
    this.reader = reader;
    this.summaries = summaries;
    this.dirty = dirty;
    this.times = times;
    this.clock = clock;
  }

  /** Sums up what it is time for, unless that is going on. */
  Future<Void> due() {
    return running.isComplete() ? begin(dirty.due(clock.millis())) : running;
  }

  /** Sums up everything that is dirty now. */
  Future<Void> all() {
    return before(Long.MAX_VALUE);
  }

  /** Sums up what is dirty now of the time before a second. */
  Future<Void> before(long second) {
    return running.otherwiseEmpty().compose(done -> begin(dirty.before(second)));
  }

  /** Does something while nothing is being summed up. */
  Future<Void> meanwhileNothing(Supplier<Future<Void>> task) {
    Future<Void> done = running.otherwiseEmpty().compose(idle -> task.get());
    running = done.otherwiseEmpty();
    return done;
  }

  private Future<Void> begin(List<DirtyHours.Group> groups) {
    Collections.shuffle(groups); // what fails each time must not keep others from their turn
    Iterator<DirtyHours.Group> left = groups.iterator();
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
    return times.next().compose(time -> sumUp(group, time)); // before reading: the newer wins
  }

  private Future<Void> sumUp(DirtyHours.Group group, long time) {
    NavigableSet<Long> hours = group.versions().navigableKeySet();
    return made(group.device(), group.week(), hours)
        .compose(
            made ->
                write(summaries.hourStatements(group.device(), made, time))
                    .compose(done -> days(group.device(), made)));
  }

  private Future<Map<Integer, List<Summary>>> made(
      long device, int week, NavigableSet<Long> hours) {
    Map<Integer, List<Summary>> made = new TreeMap<>();
    Future<Void> all = Future.succeededFuture();
    for (TimeRange run : ofADay(Summaries.runs(hours, Span.HOUR)))
      all = all.compose(done -> make(device, week, run, made));
    return all.map(made);
  }

  /** A week of a device that measures each second would be too much at a time. */
  private static List<TimeRange> ofADay(List<TimeRange> runs) {
    List<TimeRange> parts = new ArrayList<>();
    for (TimeRange run : runs)
      for (long from = run.from(); from <= run.to(); ) {
        long next = Span.DAY.startOf(from) + Span.DAY.seconds();
        parts.add(new TimeRange(from, Math.min(run.to(), next - 1)));
        from = next;
      }
    return parts;
  }

  private Future<Void> make(
      long device, int week, TimeRange run, Map<Integer, List<Summary>> into) {
    Map<Integer, Column> columns = new HashMap<>();
    return reader
        .rows(
            device,
            week,
            run,
            row -> {
              for (int i = 0; i < row.sensors().length; i++)
                columns
                    .computeIfAbsent(row.sensors()[i], sensor -> new Column())
                    .add(row.second(), row.values()[i], row.arrival());
              return true;
            })
        .onSuccess(
            done ->
                columns.forEach(
                    (sensor, column) ->
                        into.computeIfAbsent(sensor, each -> new ArrayList<>())
                            .addAll(Summary.of(column.samples(), Span.HOUR))));
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
