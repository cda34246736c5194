package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Carries rows into the cluster. All of it may be done again. Used on one context. */
final class Carrying {
  private static final int KNOWN_WEEKS = 200_000;

  private final CassandraSession session;
  private final Newest newest;
  private final DirtyHours dirty;
  private final Clock clock;
  private final LinkedHashSet<Week> knownWeeks = new LinkedHashSet<>();

  private record Week(long device, int week) {}

  Carrying(CassandraSession session, Newest newest, DirtyHours dirty, Clock clock) {
    this.session = session;
    this.newest = newest;
    this.dirty = dirty;
    this.clock = clock;
  }

  static Statement<?> insertion(CassandraSession session, Row row) {
    return session.bind(
        Cql.INSERT_ROW,
        row.device(),
        row.week(),
        row.second(),
        Cells.sensors(row.sensors()),
        Cells.values(row.values()),
        row.arrival());
  }

  /** Succeeds when the cluster has the rows, and the hours to be summed up are written down. */
  Future<Void> carry(List<Row> rows) {
    Set<Week> newWeeks = new HashSet<>();
    List<Statement<?>> statements = new ArrayList<>();
    long arrival = 0;
    for (Row row : rows) {
      arrival = Math.max(arrival, row.arrival());
      Week week = new Week(row.device(), row.week());
      if (!knownWeeks.contains(week) && newWeeks.add(week))
        statements.add(session.bind(Cql.INSERT_WEEK, week.device, week.week));
      statements.add(insertion(session, row));
    }
    statements.add(session.bind(Cql.INSERT_ARRIVAL, arrival, arrival));
    return newest
        .follow(rows)
        .compose(
            changes -> {
              statements.addAll(newest.statements(changes));
              return session
                  .executeAll(new Statements(session).batched(statements))
                  .onSuccess(done -> newest.written(changes));
            })
        .compose(
            done -> {
              remember(newWeeks);
              return dirty.touch(rows, clock.millis());
            });
  }

  private void remember(Set<Week> weeks) {
    knownWeeks.addAll(weeks);
    Iterator<Week> oldest = knownWeeks.iterator();
    while (knownWeeks.size() > KNOWN_WEEKS) {
      oldest.next();
      oldest.remove();
    }
  }
}
