package io.mestral.storage.postgresql;

import io.mestral.model.DeviceId;
import io.mestral.storage.IngestError;
import io.mestral.storage.IngestErrors;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.postgresql.client.Values;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.List;

final class PostgresIngestErrors implements IngestErrors {
  // What is removed doesn't see what is added: one less may stay.
  private static final String ADD =
      """
      WITH pushed_out AS (
        DELETE FROM ingest_errors WHERE device_id = $1 AND id <= (
          SELECT id FROM ingest_errors WHERE device_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $7))
      INSERT INTO ingest_errors (device_id, topic, message, error_class, error_message, created_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String NEWEST =
      """
      SELECT device_id, topic, message, error_class, error_message, ingest_errors.created_at
      FROM ingest_errors
      JOIN devices ON devices.id = ingest_errors.device_id AND devices.workflow_state = 'active'
      WHERE ingest_errors.device_id = $1
      ORDER BY ingest_errors.id DESC LIMIT $2
      """;

  private final Server server;

  PostgresIngestErrors(Server server) {
    this.server = server;
  }

  @Override
  public Future<Void> add(IngestError error) {
    long device = error.device().value();
    return server
        .writeAlone(
            device,
            session ->
                session.change(
                    ADD,
                    device,
                    error.topic(),
                    Values.bytes(error.message()),
                    error.errorClass(),
                    Values.bytes(error.errorMessage()),
                    error.createdAt(),
                    (long) KEPT_PER_DEVICE - 1))
        .mapEmpty();
  }

  @Override
  public Future<List<IngestError>> of(DeviceId device, int limit) {
    return server.read(
        session -> session.list(NEWEST, PostgresIngestErrors::read, device.value(), (long) limit));
  }

  private static IngestError read(Row row) {
    return new IngestError(
        new DeviceId(row.number("device_id")),
        row.text("topic"),
        row.anyText("message"),
        row.text("error_class"),
        row.anyText("error_message"),
        row.time("created_at"));
  }
}
