package io.mestral.storage.sql.metadata;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.InventoryReports;
import io.mestral.storage.sql.Engine;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

final class SqlInventoryReports implements InventoryReports {
  private static final String ADD =
      "INSERT INTO inventory (report, created_at) VALUES ($1, $2) RETURNING id AS n";
  private static final String TRIM = "DELETE FROM inventory WHERE id <= $1";
  private static final String COUNT = "SELECT count(*) AS n FROM inventory";

  private final Engine engine;
  private final AtomicLong turn = new AtomicLong();

  SqlInventoryReports(Engine engine) {
    this.engine = engine;
  }

  /** Reports have nothing to do with one another: each goes another way. */
  @Override
  public Future<Void> add(Optional<String> json, Instant createdAt) {
    if (json.filter(text -> text.length() > MAX_LENGTH).isPresent())
      return Future.failedFuture(
          new RefusedException(
              Refusal.TOO_LARGE, "a report has at most " + MAX_LENGTH + " characters"));
    return engine
        .write(
            turn.getAndIncrement(),
            session ->
                session
                    .number(ADD, json, createdAt)
                    .compose(added -> session.change(TRIM, added - KEPT)))
        .mapEmpty();
  }

  @Override
  public Future<Long> count() {
    return engine.read(session -> session.number(COUNT));
  }
}
