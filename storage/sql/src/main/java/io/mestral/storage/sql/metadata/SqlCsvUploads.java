package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.storage.CsvUpload;
import io.mestral.storage.CsvUploads;
import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;

final class SqlCsvUploads implements CsvUploads {
  private final DeviceLog<CsvUpload> log;

  SqlCsvUploads(Engine engine) {
    log =
        new DeviceLog<>(
            engine,
            new DeviceLog.Entries<>(
                "csv_uploads",
                List.of(
                    "device_id",
                    "user_id",
                    "file",
                    "outcome",
                    "bytes",
                    "rows",
                    "readings",
                    "report",
                    "uploaded_at"),
                CsvUpload::device,
                SqlCsvUploads::values,
                SqlCsvUploads::read),
            KEPT_PER_DEVICE);
  }

  @Override
  public Future<Void> add(List<CsvUpload> entries) {
    return log.add(entries);
  }

  @Override
  public Future<List<CsvUpload>> of(DeviceId device, int limit) {
    return log.of(device, limit);
  }

  private static Object[] values(CsvUpload upload) {
    return new Object[] {
      upload.device().value(),
      upload.user().value(),
      new AnyText(upload.file()),
      upload.outcome().name().toLowerCase(Locale.ROOT),
      upload.bytes(),
      upload.rows(),
      upload.readings(),
      new AnyText(upload.report()),
      upload.uploadedAt()
    };
  }

  private static CsvUpload read(Row row) {
    return new CsvUpload(
        new DeviceId(row.number("device_id")),
        new UserId(row.number("user_id")),
        row.anyText("file"),
        CsvUpload.Outcome.valueOf(row.text("outcome").toUpperCase(Locale.ROOT)),
        row.number("bytes"),
        row.number("rows"),
        row.number("readings"),
        row.anyText("report"),
        row.time("uploaded_at"));
  }
}
