package io.mestral.storage.embedded.metadata.sqlite;

import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs read units on a connection of its own. Those that wait together are read together: each sees
 * one state of the database throughout, which is no older than the moment at which it was asked.
 */
final class Reader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

  /** More would wait for the slowest of them. */
  private static final int TOGETHER = 16;

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
    List<Unit<?>> next = queue.takeShare(TOGETHER);
    while (!next.isEmpty()) {
      read(next);
      Unit.settle(next);
      next = queue.takeShare(TOGETHER);
    }
    session.discard();
  }

  private void read(List<Unit<?>> units) {
    boolean begun = false;
    for (Unit<?> unit : units) {
      try {
        if (!begun) session.change("BEGIN");
        begun = true;
        unit.run(session);
      } catch (SQLException | RuntimeException | Error failure) {
        unit.failed(failures.translate(failure));
        end(); // what is left of the transaction may see another state
        begun = false;
      }
    }
    if (begun) end();
  }

  private void end() {
    try {
      session.change("COMMIT");
    } catch (SQLException none) {
      LOG.debug("no reading transaction to end: {}", none.getMessage());
    }
  }
}
