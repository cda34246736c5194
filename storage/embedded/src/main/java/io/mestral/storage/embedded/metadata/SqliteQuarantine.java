package io.mestral.storage.embedded.metadata;

import io.mestral.model.DeviceId;
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

final class SqliteQuarantine implements Quarantine {
  private static final String ADD =
      "INSERT INTO quarantine (device_id, entry, reason, arrived_at) VALUES (?, ?, ?, ?)";
  private static final String TRIM =
      """
      DELETE FROM quarantine WHERE device_id = ? AND id <= (
        SELECT id FROM quarantine WHERE device_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
      """;
  private static final String NEWEST =
      """
      SELECT quarantine.* FROM quarantine
      JOIN devices ON devices.id = quarantine.device_id AND devices.workflow_state = 'active'
      WHERE quarantine.device_id = ?
      ORDER BY quarantine.id DESC LIMIT ?
      """;

  private final Database database;

  SqliteQuarantine(Database database) {
    this.database = database;
  }

  @Override
  public Future<Void> add(List<QuarantinedEntry> entries) {
    return database.write(
        session -> {
          Set<Long> devices = new LinkedHashSet<>();
          for (QuarantinedEntry entry : entries) {
            long device = entry.device().value();
            devices.add(device);
            session.change(ADD, device, entry.entry(), entry.reason(), entry.arrivedAt());
          }
          for (long device : devices) session.change(TRIM, device, device, KEPT_PER_DEVICE);
          return null;
        });
  }

  @Override
  public Future<List<QuarantinedEntry>> of(DeviceId device, int limit) {
    return database.read(
        session -> session.list(NEWEST, SqliteQuarantine::read, device.value(), limit));
  }

  private static QuarantinedEntry read(Row row) {
    return new QuarantinedEntry(
        new DeviceId(row.number("device_id")),
        row.text("entry"),
        row.text("reason"),
        row.time("arrived_at"));
  }
}
