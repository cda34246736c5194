package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.storage.DeviceNotices;
import io.mestral.storage.Mail;
import io.mestral.storage.WatchedDevice;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

final class SqlDeviceNotices implements DeviceNotices {
  private static final String CLAIM =
      """
      INSERT INTO device_notices (device_id, kind, told_at)
      SELECT id, $1, $2 FROM devices WHERE id = $3 AND workflow_state = 'active'
      ON CONFLICT (device_id, kind) DO UPDATE SET told_at = excluded.told_at
      WHERE device_notices.told_at < $4
      """;
  private static final String RESET =
      "DELETE FROM device_notices WHERE device_id = $1 AND kind = $2";

  private final Engine engine;
  private final String watched;

  SqlDeviceNotices(Engine engine) {
    this.engine = engine;
    watched =
        """
        SELECT devices.id, notify_low_battery, notify_stopped_publishing,
          battery.told_at AS battery_told, silence.told_at AS silence_told
        FROM devices
        LEFT JOIN device_notices AS battery
          ON battery.device_id = devices.id AND battery.kind = 'low_battery'
        LEFT JOIN device_notices AS silence
          ON silence.device_id = devices.id AND silence.kind = 'stopped_publishing'
        WHERE workflow_state = 'active' AND devices.id > $1 AND\s\
        """
            + engine.dialect().either("notify_low_battery", "notify_stopped_publishing")
            + " ORDER BY devices.id LIMIT $2";
  }

  @Override
  public Future<Boolean> claim(
      DeviceId device, Kind kind, Instant now, Instant unlessSince, Optional<Mail> mail) {
    return engine.write(
        device.value(),
        session ->
            session
                .change(CLAIM, text(kind), now, device.value(), unlessSince)
                .compose(
                    told ->
                        told > 0 && mail.isPresent()
                            ? SqlMailQueue.addIfRoom(session, mail.get()).map(true)
                            : Future.succeededFuture(told > 0)));
  }

  @Override
  public Future<Void> reset(DeviceId device, Kind kind) {
    return engine
        .writeAlone(device.value(), session -> session.change(RESET, device.value(), text(kind)))
        .mapEmpty();
  }

  @Override
  public Future<List<WatchedDevice>> watched(DeviceId after, int limit) {
    return engine.read(
        session -> session.list(watched, SqlDeviceNotices::read, after.value(), (long) limit));
  }

  private static String text(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static WatchedDevice read(Row row) {
    return new WatchedDevice(
        new DeviceId(row.number("id")),
        row.flag("notify_low_battery"),
        row.flag("notify_stopped_publishing"),
        row.optionalTime("battery_told"),
        row.optionalTime("silence_told"));
  }
}
