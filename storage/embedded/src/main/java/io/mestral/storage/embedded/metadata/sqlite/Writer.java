package io.mestral.storage.embedded.metadata.sqlite;

import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs write units one after another on the one connection that writes. Units that wait together
 * share one commit, each behind a savepoint of its own: many writes, one sync, and a unit that
 * fails takes nothing but itself away. Outcomes are told after the commit, never before.
 */
final class Writer implements Runnable {
  static final int GROUP = 256;
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  private final UnitQueue queue;
  private final SqliteSession session;
  private final SqlFailures failures;
  private volatile long changes;

  Writer(UnitQueue queue, SqliteSession session, SqlFailures failures) {
    this.queue = queue;
    this.session = session;
    this.failures = failures;
  }

  @Override
  public void run() {
    List<Unit<?>> group = queue.take(GROUP);
    while (!group.isEmpty()) {
      commit(group);
      Unit.settle(group);
      group = queue.take(GROUP);
    }
    session.discard();
  }

  /** How many rows were changed so far. */
  long changes() {
    return changes;
  }

  private void commit(List<Unit<?>> group) {
    try {
      session.execute("BEGIN IMMEDIATE");
      for (Unit<?> unit : group) runBehindSavepoint(unit);
      session.execute("COMMIT");
      changes = session.changes();
    } catch (SQLException | RuntimeException | Error broken) {
      rollBack();
      Throwable told = failures.translate(broken);
      group.forEach(unit -> unit.failed(told));
    }
  }

  private void runBehindSavepoint(Unit<?> unit) throws SQLException {
    session.execute("SAVEPOINT unit");
    try {
      unit.run(session);
    } catch (SQLException | RuntimeException failure) {
      undo(failure);
      unit.failed(failures.translate(failure));
    }
    session.execute("RELEASE unit");
  }

  /** A full disk or a read error makes SQLite drop the whole transaction, savepoints and all. */
  private void undo(Exception failure) throws SQLException {
    try {
      session.execute("ROLLBACK TO unit");
    } catch (SQLException gone) {
      SQLException lost = new SQLException("the transaction is gone", failure);
      lost.addSuppressed(gone);
      throw lost;
    }
  }

  private void rollBack() {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException none) {
      LOG.debug("nothing to roll back: {}", none.getMessage());
    }
  }
}
