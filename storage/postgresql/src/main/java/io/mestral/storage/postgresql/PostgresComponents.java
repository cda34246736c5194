package io.mestral.storage.postgresql;

import io.mestral.model.ComponentId;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Component;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.postgresql.client.Values;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
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
final class PostgresComponents {
  private static final String ALL =
      "components.id, components.uuid, device_id, sensor_id, key,"
          + " components.created_at, components.updated_at";
  private static final String SELECT =
      "SELECT "
          + ALL
          + " FROM components JOIN devices"
          + " ON devices.id = components.device_id AND devices.workflow_state = 'active' ";
  private static final String FIND = SELECT + "WHERE device_id = $1 AND sensor_id = $2";
  private static final String OF_DEVICES =
      SELECT + "WHERE device_id = ANY ($1) ORDER BY device_id, sensor_id";

  /** Two nodes don't give out the same device's keys at the same time. */
  private static final String LOCK_DEVICE =
      "SELECT id FROM devices WHERE id = $1 AND workflow_state = 'active' FOR NO KEY UPDATE";

  private static final String KEYS = "SELECT key FROM components WHERE device_id = $1";
  private static final String INSERT =
      "INSERT INTO components (uuid, device_id, sensor_id, key, created_at, updated_at)"
          + " VALUES ($1, $2, $3, $4, $5, $5) RETURNING "
          + ALL;

  private final Server server;

  PostgresComponents(Server server) {
    this.server = server;
  }

  /** Reads first: after a kit's first message its components are there, and no write is due. */
  Future<Component> findOrMake(DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    return server
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
    Object wanted = Values.ids(found.keySet(), DeviceId::value);
    return server
        .read(session -> session.list(OF_DEVICES, PostgresComponents::read, wanted))
        .map(
            components -> {
              for (Component component : components) found.get(component.device()).add(component);
              return found;
            });
  }

  private Future<Component> make(DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    long id = device.value();
    return server.write(
        id,
        session ->
            session
                .first(LOCK_DEVICE, row -> row.number("id"), id)
                .map(found -> found.orElseThrow(Missing.device(id)))
                .compose(locked -> find(session, device, sensor))
                .compose(
                    madeMeanwhile ->
                        madeMeanwhile
                            .map(Future::succeededFuture)
                            .orElseGet(() -> insert(session, device, sensor, defaultKey, now))));
  }

  private static Future<Component> insert(
      Session session, DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    return session
        .list(KEYS, row -> row.text("key"), device.value())
        .compose(
            taken ->
                session.first(
                    INSERT,
                    PostgresComponents::read,
                    UUID.randomUUID(),
                    device.value(),
                    sensor.value(),
                    freeKey(new HashSet<>(taken), defaultKey),
                    now))
        .map(Optional::orElseThrow);
  }

  private static Future<Optional<Component>> find(
      Session session, DeviceId device, SensorId sensor) {
    return session.first(FIND, PostgresComponents::read, device.value(), sensor.value());
  }

  private static String freeKey(Set<String> taken, String wanted) {
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
