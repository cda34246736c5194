package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.vertx.core.Future;
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
  private final WriteTimes times;
  private final LinkedHashSet<Week> knownWeeks = new LinkedHashSet<>();

  private record Week(long device, int week) {}

  Carrying(CassandraSession session, Newest newest, WriteTimes times) {
    this.session = session;
    this.newest = newest;
    this.times = times;
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

  /** Succeeds when the cluster has the rows. */
  Future<Void> carry(List<Row> rows) {
    return newest
        .follow(rows)
        .compose(changes -> times.next().compose(time -> carry(rows, changes, time)));
  }

  private Future<Void> carry(List<Row> rows, Newest.Changes changes, long time) {
    Set<Week> newWeeks = new HashSet<>();
    List<Statement<?>> statements = new ArrayList<>();
    for (Row row : rows) {
      Week week = new Week(row.device(), row.week());
      if (!knownWeeks.contains(week) && newWeeks.add(week))
        statements.add(session.bind(Cql.INSERT_WEEK, week.device, week.week, time));
      statements.add(insertion(session, row));
    }
    statements.addAll(newest.statements(changes, time));
    return session
        .executeAll(new Statements(session).batched(statements))
        .onSuccess(
            done -> {
              newest.written(changes);
              remember(newWeeks);
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
