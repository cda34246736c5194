package io.mestral.storage.embedded.metadata;

import io.mestral.model.ComponentId;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Component;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The components of devices. */
final class SqliteComponents {
  private static final String FIND =
      """
      SELECT components.* FROM components
      JOIN devices ON devices.id = components.device_id AND devices.workflow_state = 'active'
      WHERE components.device_id = ? AND components.sensor_id = ?
      """;
  private static final String OF_DEVICES =
      """
      SELECT * FROM components
      WHERE device_id IN (SELECT value FROM json_each(?))
        AND EXISTS (
          SELECT 1 FROM devices
          WHERE devices.id = components.device_id AND devices.workflow_state = 'active')
      ORDER BY device_id, sensor_id
      """;
  private static final String DEVICE_EXISTS =
      "SELECT count(*) AS n FROM devices WHERE id = ? AND workflow_state = 'active'";
  private static final String KEYS = "SELECT key FROM components WHERE device_id = ?";
  private static final String INSERT =
      """
      INSERT INTO components (uuid, device_id, sensor_id, key, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?) RETURNING *
      """;

  private final Database database;

  SqliteComponents(Database database) {
    this.database = database;
  }

  /** Reads first: after a kit's first message its components are there, and no write is due. */
  Future<Component> findOrMake(DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    return database
        .read(session -> find(session, device, sensor))
        .compose(
            found ->
                found
                    .map(Future::succeededFuture)
                    .orElseGet(() -> make(device, sensor, defaultKey, now)));
  }

  Future<Map<DeviceId, List<Component>>> of(Collection<DeviceId> devices) {
    Map<DeviceId, List<Component>> found = new LinkedHashMap<>();
    devices.forEach(device -> found.put(device, new ArrayList<>()));
    String wanted = Arguments.ids(found.keySet(), DeviceId::value);
    return database.read(
        session -> {
          for (Component component : session.list(OF_DEVICES, SqliteComponents::read, wanted))
            found.get(component.device()).add(component);
          return found;
        });
  }

  private Future<Component> make(DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    return database.write(
        session -> {
          Optional<Component> madeMeanwhile = find(session, device, sensor);
          if (madeMeanwhile.isPresent()) return madeMeanwhile.get();
          if (session.number(DEVICE_EXISTS, device.value()) == 0)
            throw Missing.device(device.value()).get();
          String key = freeKey(session, device, defaultKey);
          return session
              .first(
                  INSERT,
                  SqliteComponents::read,
                  UUID.randomUUID(),
                  device.value(),
                  sensor.value(),
                  key,
                  now,
                  now)
              .orElseThrow();
        });
  }

  private static Optional<Component> find(SqliteSession session, DeviceId device, SensorId sensor)
      throws SQLException {
    return session.first(FIND, SqliteComponents::read, device.value(), sensor.value());
  }

  private static String freeKey(SqliteSession session, DeviceId device, String wanted)
      throws SQLException {
    Set<String> taken = new HashSet<>(session.list(KEYS, row -> row.text("key"), device.value()));
    String key = wanted;
    for (int n = 1; taken.contains(key); n++) key = wanted + "_" + n;
    return key;
  }

  private static Component read(Row row) {
    return new Component(
        new ComponentId(row.number("id")),
        row.uuid("uuid"),
        new DeviceId(row.number("device_id")),
        new SensorId((int) row.number("sensor_id")),
        row.text("key"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
