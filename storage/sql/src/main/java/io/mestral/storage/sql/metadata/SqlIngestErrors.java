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
  private final DeviceLog<IngestError> log;

  SqlIngestErrors(Engine engine) {
    log =
        new DeviceLog<>(
            engine,
            new DeviceLog.Entries<>(
                "ingest_errors",
                List.of(
                    "device_id", "topic", "message", "error_class", "error_message", "created_at"),
                IngestError::device,
                SqlIngestErrors::values,
                SqlIngestErrors::read),
            KEPT_PER_DEVICE);
  }

  @Override
  public Future<Void> add(IngestError entry) {
    return log.add(List.of(entry));
  }

  @Override
  public Future<List<IngestError>> of(DeviceId device, int limit) {
    return log.of(device, limit);
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
