package io.mestral.storage.postgresql;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.InventoryReports;
import io.mestral.storage.postgresql.client.Server;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

final class PostgresInventoryReports implements InventoryReports {
  private static final String ADD =
      """
      WITH added AS (INSERT INTO inventory (report, created_at) VALUES ($1, $2) RETURNING id)
      DELETE FROM inventory WHERE id <= (SELECT id FROM added) - $3
      """;
  private static final String COUNT = "SELECT count(*) AS n FROM inventory";

  private final Server server;
  private final AtomicLong turn = new AtomicLong();

  PostgresInventoryReports(Server server) {
    this.server = server;
  }

  /** Reports have nothing to do with one another: each goes another way. */
  @Override
  public Future<Void> add(Optional<String> json, Instant createdAt) {
    if (json.filter(text -> text.length() > MAX_LENGTH).isPresent())
      return Future.failedFuture(
          new RefusedException(
              Refusal.TOO_LARGE, "a report has at most " + MAX_LENGTH + " characters"));
    return server
        .writeAlone(
            turn.getAndIncrement(), session -> session.change(ADD, json, createdAt, (long) KEPT))
        .mapEmpty();
  }

  @Override
  public Future<Long> count() {
    return server
        .read(session -> session.first(COUNT, row -> row.number("n")))
        .map(Optional::orElseThrow);
  }
}
