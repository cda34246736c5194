package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.storage.IngestError;
import io.mestral.storage.IngestErrors;
import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.List;

final class SqlIngestErrors implements IngestErrors {
  private static final String ADD =
      """
      INSERT INTO ingest_errors (device_id, topic, message, error_class, error_message, created_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String TRIM =
      """
      DELETE FROM ingest_errors WHERE device_id = $1 AND id <= (
        SELECT id FROM ingest_errors WHERE device_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
      """;
  private static final String NEWEST =
      """
      SELECT device_id, topic, message, error_class, error_message, ingest_errors.created_at
      FROM ingest_errors
      JOIN devices ON devices.id = ingest_errors.device_id AND devices.workflow_state = 'active'
      WHERE ingest_errors.device_id = $1
      ORDER BY ingest_errors.id DESC LIMIT $2
      """;

  private final Engine engine;

  SqlIngestErrors(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Void> add(IngestError error) {
    long device = error.device().value();
    return engine
        .write(
            device,
            session ->
                session
                    .change(ADD, values(error))
                    .compose(added -> session.change(TRIM, device, (long) KEPT_PER_DEVICE)))
        .mapEmpty();
  }

  @Override
  public Future<List<IngestError>> of(DeviceId device, int limit) {
    return engine.read(
        session -> session.list(NEWEST, SqlIngestErrors::read, device.value(), (long) limit));
  }

  private static Object[] values(IngestError error) {
    return new Object[] {
      error.device().value(),
      error.topic(),
      new AnyText(error.message()),
      error.errorClass(),
      new AnyText(error.errorMessage()),
      error.createdAt()
    };
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
