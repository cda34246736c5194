package io.mestral.storage.embedded.metadata;

import io.mestral.model.DeviceId;
import io.mestral.storage.IngestError;
import io.mestral.storage.IngestErrors;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.List;

final class SqliteIngestErrors implements IngestErrors {
  private static final String ADD =
      """
      INSERT INTO ingest_errors (device_id, topic, message, error_class, error_message, created_at)
      VALUES (?, ?, ?, ?, ?, ?)
      """;
  private static final String TRIM =
      """
      DELETE FROM ingest_errors WHERE device_id = ? AND id <= (
        SELECT id FROM ingest_errors WHERE device_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
      """;
  private static final String NEWEST =
      """
      SELECT ingest_errors.* FROM ingest_errors
      JOIN devices ON devices.id = ingest_errors.device_id AND devices.workflow_state = 'active'
      WHERE ingest_errors.device_id = ?
      ORDER BY ingest_errors.id DESC LIMIT ?
      """;

  private final Database database;

  SqliteIngestErrors(Database database) {
    this.database = database;
  }

  @Override
  public Future<Void> add(IngestError error) {
    long device = error.device().value();
    return database.write(
        session -> {
          session.change(
              ADD,
              device,
              error.topic(),
              error.message(),
              error.errorClass(),
              error.errorMessage(),
              error.createdAt());
          session.change(TRIM, device, device, KEPT_PER_DEVICE);
          return null;
        });
  }

  @Override
  public Future<List<IngestError>> of(DeviceId device, int limit) {
    return database.read(
        session -> session.list(NEWEST, SqliteIngestErrors::read, device.value(), limit));
  }

  private static IngestError read(Row row) {
    return new IngestError(
        new DeviceId(row.number("device_id")),
        row.text("topic"),
        row.text("message"),
        row.text("error_class"),
        row.text("error_message"),
        row.time("created_at"));
  }
}
