package io.mestral.storage.embedded.metadata;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.InventoryReports;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

final class SqliteInventoryReports implements InventoryReports {
  private static final String ADD = "INSERT INTO inventory (report, created_at) VALUES (?, ?)";
  private static final String TRIM =
      "DELETE FROM inventory WHERE id <= (SELECT max(id) FROM inventory) - ?";
  private static final String COUNT = "SELECT count(*) AS n FROM inventory";

  private final Database database;

  SqliteInventoryReports(Database database) {
    this.database = database;
  }

  @Override
  public Future<Void> add(Optional<String> json, Instant createdAt) {
    if (json.filter(text -> text.length() > MAX_LENGTH).isPresent())
      return Future.failedFuture(
          new RefusedException(
              Refusal.TOO_LARGE, "a report has at most " + MAX_LENGTH + " characters"));
    return database.write(
        session -> {
          session.change(ADD, json, createdAt);
          session.change(TRIM, KEPT);
          return null;
        });
  }

  @Override
  public Future<Long> count() {
    return database.read(session -> session.number(COUNT));
  }
}
