package io.mestral.storage.embedded.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.storage.CsvUpload;
import io.mestral.storage.CsvUploads;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

final class SqliteCsvUploads implements CsvUploads {
  private static final String ADD =
      """
      INSERT INTO csv_uploads
        (device_id, user_id, file, outcome, bytes, rows, readings, report, uploaded_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String TRIM =
      """
      DELETE FROM csv_uploads WHERE device_id = ? AND id <= (
        SELECT id FROM csv_uploads WHERE device_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
      """;
  private static final String NEWEST =
      """
      SELECT csv_uploads.* FROM csv_uploads
      JOIN devices ON devices.id = csv_uploads.device_id AND devices.workflow_state = 'active'
      WHERE csv_uploads.device_id = ? ORDER BY csv_uploads.id DESC LIMIT ?
      """;

  private final Database database;

  SqliteCsvUploads(Database database) {
    this.database = database;
  }

  @Override
  public Future<Void> add(List<CsvUpload> uploads) {
    return database.write(
        session -> {
          Set<Long> devices = new LinkedHashSet<>();
          for (CsvUpload upload : uploads) {
            devices.add(upload.device().value());
            add(session, upload);
          }
          for (long device : devices) session.change(TRIM, device, device, KEPT_PER_DEVICE);
          return null;
        });
  }

  private static void add(SqliteSession session, CsvUpload upload) throws SQLException {
    session.change(
        ADD,
        upload.device().value(),
        upload.user().value(),
        upload.file(),
        upload.outcome().name().toLowerCase(Locale.ROOT),
        upload.bytes(),
        upload.rows(),
        upload.readings(),
        upload.report(),
        upload.uploadedAt());
  }

  @Override
  public Future<List<CsvUpload>> of(DeviceId device, int limit) {
    return database.read(
        session -> session.list(NEWEST, SqliteCsvUploads::read, device.value(), limit));
  }

  private static CsvUpload read(Row row) {
    return new CsvUpload(
        new DeviceId(row.number("device_id")),
        new UserId(row.number("user_id")),
        row.text("file"),
        CsvUpload.Outcome.valueOf(row.text("outcome").toUpperCase(Locale.ROOT)),
        row.number("bytes"),
        row.number("rows"),
        row.number("readings"),
        row.text("report"),
        row.time("uploaded_at"));
  }
}
