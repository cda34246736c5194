package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.storage.CsvUpload;
import io.mestral.storage.CsvUploads;
import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;

final class SqlCsvUploads implements CsvUploads {
  private static final String ADD =
      """
      INSERT INTO csv_uploads
        (device_id, user_id, file, outcome, bytes, rows, readings, report, uploaded_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;
  private static final String TRIM =
      """
      DELETE FROM csv_uploads WHERE device_id = $1 AND id <= (
        SELECT id FROM csv_uploads WHERE device_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
      """;
  private static final String NEWEST =
      """
      SELECT device_id, user_id, file, outcome, bytes, rows, readings, report, uploaded_at
      FROM csv_uploads
      JOIN devices ON devices.id = csv_uploads.device_id AND devices.workflow_state = 'active'
      WHERE csv_uploads.device_id = $1 ORDER BY csv_uploads.id DESC LIMIT $2
      """;

  private final Engine engine;

  SqlCsvUploads(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Void> add(List<CsvUpload> uploads) {
    if (uploads.isEmpty()) return Future.succeededFuture();
    List<Object[]> lines = uploads.stream().map(SqlCsvUploads::values).toList();
    List<Long> devices =
        uploads.stream().map(upload -> upload.device().value()).distinct().sorted().toList();
    return engine.write(
        devices.get(0),
        session -> session.changeAll(ADD, lines).compose(added -> trim(session, devices)));
  }

  private static Future<Void> trim(Session session, List<Long> devices) {
    List<Object[]> lines =
        devices.stream().map(device -> new Object[] {device, (long) KEPT_PER_DEVICE}).toList();
    return session.changeAll(TRIM, lines);
  }

  @Override
  public Future<List<CsvUpload>> of(DeviceId device, int limit) {
    return engine.read(
        session -> session.list(NEWEST, SqlCsvUploads::read, device.value(), (long) limit));
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
