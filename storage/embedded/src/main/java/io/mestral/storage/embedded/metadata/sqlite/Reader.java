package io.mestral.storage.embedded.metadata.sqlite;

import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs read units on a connection of its own; each sees one state of the database throughout. */
final class Reader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

  private final UnitQueue queue;
  private final SqliteSession session;
  private final SqlFailures failures;

  Reader(UnitQueue queue, SqliteSession session, SqlFailures failures) {
    this.queue = queue;
    this.session = session;
    this.failures = failures;
  }

  @Override
  public void run() {
    List<Unit<?>> next = queue.take(1);
    while (!next.isEmpty()) {
      read(next.get(0));
      next.get(0).settle();
      next = queue.take(1);
    }
    session.discard();
  }

  private void read(Unit<?> unit) {
    try {
      session.execute("BEGIN");
      unit.run(session);
    } catch (SQLException | RuntimeException | Error failure) {
      unit.failed(failures.translate(failure));
    } finally {
      end();
    }
  }

  private void end() {
    try {
      session.execute("COMMIT");
    } catch (SQLException none) {
      LOG.debug("no reading transaction to end: {}", none.getMessage());
    }
  }
}
