package io.mestral.storage.embedded.metadata.sqlite;

import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.mestral.storage.sql.Work;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statements of one unit of work. Each is done when it has been called, on the thread that owns
 * the connection, so that the unit's future is complete when the unit returns.
 */
final class UnitSession implements Session {
  private static final Logger LOG = LoggerFactory.getLogger(UnitSession.class);

  private final SqliteSession session;
  private volatile boolean over;

  private UnitSession(SqliteSession session) {
    this.session = session;
  }

  /** Runs all of a unit, or throws what it failed with. */
  static <T> T run(Work<T> work, SqliteSession session) throws SQLException {
    UnitSession unit = new UnitSession(session);
    Future<T> outcome = work.in(unit);
    unit.over = true;
    if (outcome.succeeded()) return outcome.result();
    if (outcome.failed()) throw thrown(outcome.cause());
    LOG.error("a unit of work waits for something that is not of its session: it is undone");
    throw new IllegalStateException("a unit of work did not end with its statements");
  }

  /** What a unit throws, its own exceptions as they are. */
  private static SQLException thrown(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) throw unchecked;
    if (cause instanceof Error broken) throw broken;
    return cause instanceof SQLException said ? said : new SQLException(cause);
  }

  private interface Statement<T> {
    T run() throws SQLException;
  }

  @Override
  public <T> Future<List<T>> list(String sql, Function<Row, T> reader, Object... arguments) {
    return done(() -> session.list(sql, reader, arguments));
  }

  @Override
  public Future<Integer> change(String sql, Object... arguments) {
    return done(() -> session.change(sql, arguments));
  }

  @Override
  public Future<Void> changeAll(String sql, List<Object[]> lines) {
    return done(
        () -> {
          for (Object[] line : lines) session.change(sql, line);
          return null;
        });
  }

  /** Whoever kept the session must not touch what others do with the connection. */
  private <T> Future<T> done(Statement<T> statement) {
    if (over) return Future.failedFuture(new IllegalStateException("the unit of work is over"));
    try {
      return Future.succeededFuture(statement.run());
    } catch (SQLException | RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }
}
