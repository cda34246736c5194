package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hours and days whose readings are gone: of whom there are any, and how another store's come here.
 * Used on one context.
 */
final class HoursAlone {
  private static final int KNOWN_DEVICES = 20_000;

  private final CassandraSession session;
  private final Summaries summaries;
  private final WriteTimes times;
  private final LinkedHashMap<Long, Set<Integer>> known = new LinkedHashMap<>();

  HoursAlone(CassandraSession session, Summaries summaries, WriteTimes times) {
    this.session = session;
    this.summaries = summaries;
    this.times = times;
  }

  /**
   * The sensors that have a day's summary, perhaps without those that have come since {@link
   * #lookAgain}: these have readings.
   *
   * @param day its first second
   */
  Future<List<SensorId>> sensorsOn(long device, long day) {
    return sensorsOf(device)
        .compose(
            sensors -> {
              List<SensorId> found = new ArrayList<>();
              if (sensors.isEmpty()) return Future.succeededFuture(found);
              return session
                  .each(
                      session.bind(Cql.SELECT_SENSORS_ON, device, List.copyOf(sensors), day),
                      row -> found.add(new SensorId(row.getInt(0))))
                  .map(found);
            });
  }

  private Future<Set<Integer>> sensorsOf(long device) {
    Set<Integer> sensors = known.get(device);
    if (sensors != null) return Future.succeededFuture(sensors);
    return summaries
        .sensorsOf(device)
        .map(
            found -> {
              if (known.size() >= KNOWN_DEVICES) known.remove(known.keySet().iterator().next());
              known.put(device, Set.copyOf(found));
              return known.get(device);
            });
  }

  /** Somebody begins to look through everything: what was known of sensors may be of long ago. */
  void lookAgain() {
    known.clear();
  }

  /** Takes over hours; days follow from them. */
  Future<Void> load(long device, Map<SensorId, List<Summary>> hours) {
    Map<Integer, List<Summary>> bySensor = new HashMap<>();
    NavigableSet<Long> days = new TreeSet<>();
    hours.forEach(
        (sensor, some) -> {
          bySensor.put(sensor.value(), some);
          for (Summary hour : some) days.add(Span.DAY.startOf(hour.start()));
        });
    return times
        .next()
        .compose(time -> write(statements(device, bySensor, days, time)))
        .compose(done -> summaries.dayStatements(device, bySensor.keySet(), days))
        .compose(this::write)
        .onSuccess(done -> known.remove(device));
  }

  private List<Statement<?>> statements(
      long device, Map<Integer, List<Summary>> hours, NavigableSet<Long> days, long time) {
    Set<Integer> weeks = new TreeSet<>();
    for (long day : days) weeks.add(Buckets.weekOf(day));
    List<Statement<?>> statements = new ArrayList<>(summaries.hourStatements(device, hours, time));
    for (int week : weeks) statements.add(session.bind(Cql.INSERT_WEEK, device, week, time));
    return statements;
  }

  private Future<Void> write(List<Statement<?>> statements) {
    return session.executeAll(new Statements(session).batched(statements));
  }
}
