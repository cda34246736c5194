package io.mestral.storage.sql.metadata;

import io.mestral.model.ComponentId;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Component;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Selection;
import io.mestral.storage.Visibility;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
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
final class Components {
  private static final String COLUMNS =
      "id, uuid, device_id, sensor_id, key, created_at, updated_at";
  private static final String ALL =
      "components.id, components.uuid, device_id, sensor_id, key,"
          + " components.created_at, components.updated_at";
  private static final String FIND =
      "SELECT "
          + ALL
          + " FROM components JOIN devices"
          + " ON devices.id = components.device_id AND devices.workflow_state = 'active'"
          + " WHERE device_id = $1 AND sensor_id = $2";

  /** Not a join, which SQLite would sort. */
  private static final String OF_ACTIVE =
      " AND EXISTS (SELECT 1 FROM devices"
          + " WHERE devices.id = components.device_id AND devices.workflow_state = 'active')";

  private static final String FIND_BY_ID =
      "SELECT " + ALL + " FROM components WHERE id = $1" + OF_ACTIVE;
  private static final String DEVICE =
      "SELECT id FROM devices WHERE id = $1 AND workflow_state = 'active'";
  private static final String KEYS = "SELECT key FROM components WHERE device_id = $1";
  private static final String INSERT =
      "INSERT INTO components (uuid, device_id, sensor_id, key, created_at, updated_at)"
          + " VALUES ($1, $2, $3, $4, $5, $5) RETURNING "
          + ALL;

  private static final String SEEN =
      "components AS "
          + SearchText.THING
          + " JOIN devices AS place ON place.id = "
          + SearchText.THING
          + ".device_id AND place.workflow_state = 'active' WHERE ";

  private final Engine engine;
  private final Listing<Component> listing;
  private final String ofDevices;
  private final String lockDevice;

  Components(Engine engine) {
    this.engine = engine;
    listing = new Listing<>(engine, SearchText.columns(COLUMNS), Components::read);
    ofDevices =
        "SELECT "
            + ALL
            + " FROM components WHERE "
            + engine.dialect().among("device_id", "$1")
            + OF_ACTIVE
            + " ORDER BY device_id, sensor_id";
    lockDevice = DEVICE + engine.dialect().toChange();
  }

  /** Reads first: after a kit's first message its components are there, and no write is due. */
  Future<Component> findOrMake(DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    return engine
        .read(session -> find(session, device, sensor))
        .compose(
            found ->
                found
                    .map(Future::succeededFuture)
                    .orElseGet(() -> make(device, sensor, defaultKey, now)));
  }

  Future<Optional<Component>> find(ComponentId id) {
    return engine.read(session -> session.first(FIND_BY_ID, Components::read, id.value()));
  }

  /** Those of the devices that the viewer may see. */
  Future<Page<Component>> page(Visibility viewer, Paging paging) {
    SearchText text = new SearchText(engine.dialect(), Selection.of(viewer));
    return listing.page(text, SEEN + text.visible("place"), text.order(), paging);
  }

  Future<Map<DeviceId, List<Component>>> of(Collection<DeviceId> devices) {
    Map<DeviceId, List<Component>> found = new LinkedHashMap<>();
    devices.forEach(device -> found.put(device, new ArrayList<>()));
    Many wanted = Many.ids(found.keySet(), DeviceId::value);
    return engine
        .read(session -> session.list(ofDevices, Components::read, wanted))
        .map(
            components -> {
              for (Component component : components) found.get(component.device()).add(component);
              return found;
            });
  }

  /** Two nodes don't give out the same device's keys at the same time. */
  private Future<Component> make(DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    long id = device.value();
    return engine.write(
        id,
        session ->
            session
                .first(lockDevice, row -> row.number("id"), id)
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
                    Components::read,
                    UUID.randomUUID(),
                    device.value(),
                    sensor.value(),
                    freeKey(new HashSet<>(taken), defaultKey),
                    now))
        .map(Optional::orElseThrow);
  }

  private static Future<Optional<Component>> find(
      Session session, DeviceId device, SensorId sensor) {
    return session.first(FIND, Components::read, device.value(), sensor.value());
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
