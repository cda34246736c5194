package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.List;

final class SqlQuarantine implements Quarantine {
  private final DeviceLog<QuarantinedEntry> log;

  SqlQuarantine(Engine engine) {
    log =
        new DeviceLog<>(
            engine,
            new DeviceLog.Entries<>(
                "quarantine",
                List.of("device_id", "entry", "reason", "arrived_at"),
                QuarantinedEntry::device,
                SqlQuarantine::values,
                SqlQuarantine::read),
            KEPT_PER_DEVICE);
  }

  @Override
  public Future<Void> add(List<QuarantinedEntry> entries) {
    return log.add(entries);
  }

  @Override
  public Future<List<QuarantinedEntry>> of(DeviceId device, int limit) {
    return log.of(device, limit);
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
