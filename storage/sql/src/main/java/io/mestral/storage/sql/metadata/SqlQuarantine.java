package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.List;

final class SqlQuarantine implements Quarantine {
  private static final String ADD =
      "INSERT INTO quarantine (device_id, entry, reason, arrived_at) VALUES ($1, $2, $3, $4)";
  private static final String TRIM =
      """
      DELETE FROM quarantine WHERE device_id = $1 AND id <= (
        SELECT id FROM quarantine WHERE device_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
      """;
  private static final String NEWEST =
      """
      SELECT device_id, entry, reason, arrived_at FROM quarantine
      JOIN devices ON devices.id = quarantine.device_id AND devices.workflow_state = 'active'
      WHERE quarantine.device_id = $1
      ORDER BY quarantine.id DESC LIMIT $2
      """;

  private final Engine engine;

  SqlQuarantine(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Void> add(List<QuarantinedEntry> entries) {
    if (entries.isEmpty()) return Future.succeededFuture();
    List<Object[]> lines = entries.stream().map(SqlQuarantine::values).toList();
    List<Long> devices =
        entries.stream().map(entry -> entry.device().value()).distinct().sorted().toList();
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
  public Future<List<QuarantinedEntry>> of(DeviceId device, int limit) {
    return engine.read(
        session -> session.list(NEWEST, SqlQuarantine::read, device.value(), (long) limit));
  }

  private static Object[] values(QuarantinedEntry entry) {
    return new Object[] {
      entry.device().value(),
      new AnyText(entry.entry()),
      new AnyText(entry.reason()),
      entry.arrivedAt()
    };
  }

  private static QuarantinedEntry read(Row row) {
    return new QuarantinedEntry(
        new DeviceId(row.number("device_id")),
        row.anyText("entry"),
        row.anyText("reason"),
        row.time("arrived_at"));
  }
}
