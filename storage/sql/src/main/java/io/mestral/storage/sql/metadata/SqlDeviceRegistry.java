package io.mestral.storage.sql.metadata;

import io.mestral.model.ComponentId;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Selection;
import io.mestral.storage.Visibility;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

final class SqlDeviceRegistry implements DeviceRegistry {
  private static final String SELECT = "SELECT " + DeviceRow.ALL + " FROM devices ";
  private static final String RETURNING = " RETURNING " + DeviceRow.ALL;
  private static final String ACTIVE = " AND workflow_state = 'active'";

  private static final String INSERT =
      "INSERT INTO devices ("
          + DeviceRow.COLUMNS
          + ", owner_id, hardware_info) VALUES ("
          + Arguments.places(DeviceRow.COLUMN_COUNT + 2)
          + ")"
          + RETURNING;
  private static final String NUMBERED_COLUMNS =
      "INSERT INTO devices (" + DeviceRow.COLUMNS + ", owner_id, hardware_info, id) ";
  private static final String NUMBERED_VALUES =
      " VALUES (" + Arguments.places(DeviceRow.COLUMN_COUNT + 3) + ")" + RETURNING;
  private static final String UPDATE =
      "UPDATE devices SET ("
          + DeviceRow.COLUMNS
          + ") = ("
          + Arguments.places(DeviceRow.COLUMN_COUNT)
          + ") WHERE id = $"
          + (DeviceRow.COLUMN_COUNT + 1)
          + RETURNING;

  private static final String FREE_MAC =
      """
      UPDATE devices SET old_mac_address = mac_address, mac_address = NULL
      WHERE mac_address = $1 AND id <> $2
      """;
  private static final String FIND = SELECT + "WHERE id = $1" + ACTIVE;
  private static final String FIND_BY_UUID = SELECT + "WHERE uuid = $1" + ACTIVE;
  private static final String FIND_BY_TOKEN = SELECT + "WHERE token_hash = $1" + ACTIVE;
  private static final String FIND_BY_MAC = SELECT + "WHERE mac_address = $1" + ACTIVE;
  private static final String KEEP_INFO =
      "UPDATE devices SET hardware_info = $1 WHERE id = $2" + ACTIVE;
  private static final String ARCHIVE =
      """
      UPDATE devices
      SET workflow_state = 'archived', archived_at = $1,
          old_mac_address = coalesce(mac_address, old_mac_address), mac_address = NULL,
          token_hash = NULL, token_cipher = NULL
      WHERE id = $2 AND workflow_state = 'active'
      """;

  private final Engine engine;
  private final DeviceListing listing;
  private final DeviceSearch search;
  private final Components components;
  private final DeviceNumbers numbers;
  private final String insertNumbered;
  private final String findToChange;
  private final String findAll;
  private final String owned;
  private final String ownedIds;

  SqlDeviceRegistry(Engine engine) {
    this.engine = engine;
    this.listing = new DeviceListing(engine);
    this.search = new DeviceSearch(engine);
    this.components = new Components(engine);
    this.numbers = new DeviceNumbers(engine.dialect());
    insertNumbered = NUMBERED_COLUMNS + engine.dialect().numbered() + NUMBERED_VALUES;
    findToChange = FIND + engine.dialect().toChange();
    findAll = SELECT + "WHERE " + engine.dialect().among("id", "$1") + ACTIVE;
    owned =
        SELECT
            + "WHERE "
            + engine.dialect().among("owner_id", "$1")
            + ACTIVE
            + " ORDER BY owner_id, id";
    ownedIds =
        "SELECT owner_id, id FROM devices WHERE "
            + engine.dialect().among("owner_id", "$1")
            + ACTIVE
            + " ORDER BY owner_id, id";
  }

  @Override
  public Future<Device> add(Device draft) {
    return engine.write(
        draft.uuid().hashCode(),
        session ->
            freeMac(session, draft, 0)
                .compose(free -> numbers.next(session))
                .compose(
                    number ->
                        number.isPresent()
                            ? session.first(
                                insertNumbered, DeviceRow::read, values(draft, number.get()))
                            : session.first(
                                INSERT,
                                DeviceRow::read,
                                DeviceRow.values(
                                    draft, draft.owner().value(), draft.hardware().info())))
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<Device> addNumbered(Device draft) {
    return engine.write(draft.uuid().hashCode(), session -> insertNumbered(session, draft));
  }

  /** Part of another unit: a device under the number that it has. */
  Future<Device> insertNumbered(Session session, Device draft) {
    return freeMac(session, draft, 0)
        .compose(
            free ->
                session.first(insertNumbered, DeviceRow::read, values(draft, draft.id().value())))
        .map(Optional::orElseThrow);
  }

  private static Object[] values(Device draft, long number) {
    return DeviceRow.values(draft, draft.owner().value(), draft.hardware().info(), number);
  }

  @Override
  public Future<Optional<Device>> find(DeviceId id) {
    return engine.read(session -> session.first(FIND, DeviceRow::read, id.value()));
  }

  @Override
  public Future<Optional<Device>> findByUuid(UUID uuid) {
    return engine.read(session -> session.first(FIND_BY_UUID, DeviceRow::read, uuid));
  }

  @Override
  public Future<Optional<Device>> findByToken(String tokenHash) {
    return engine.read(session -> session.first(FIND_BY_TOKEN, DeviceRow::read, tokenHash));
  }

  @Override
  public Future<Optional<Device>> findByMac(String macAddress) {
    return engine.read(session -> session.first(FIND_BY_MAC, DeviceRow::read, macAddress));
  }

  @Override
  public Future<List<Device>> findAll(Collection<DeviceId> ids) {
    Many wanted = Many.ids(ids, DeviceId::value);
    return engine.read(session -> session.list(findAll, DeviceRow::read, wanted));
  }

  @Override
  public Future<Page<Device>> list(Selection selection, Paging paging) {
    return selection.isEverything()
        ? listing.page(selection.viewer(), paging)
        : search.page(selection, paging);
  }

  @Override
  public Future<List<DeviceId>> ids() {
    return engine.read(
        session -> session.list(DeviceListing.IDS, row -> new DeviceId(row.number("id"))));
  }

  @Override
  public Future<List<Device>> ownedBy(Collection<UserId> owners) {
    Many wanted = Many.ids(owners, UserId::value);
    return engine.read(session -> session.list(owned, DeviceRow::read, wanted));
  }

  @Override
  public Future<Map<UserId, List<DeviceId>>> idsOwnedBy(Collection<UserId> owners) {
    Map<UserId, List<DeviceId>> owned = new LinkedHashMap<>();
    owners.forEach(owner -> owned.put(owner, new ArrayList<>()));
    Many wanted = Many.ids(owned.keySet(), UserId::value);
    return engine
        .read(session -> session.list(ownedIds, Ownership::read, wanted))
        .map(
            found -> {
              for (Ownership one : found) owned.get(one.owner()).add(one.device());
              return owned;
            });
  }

  @Override
  public Future<Device> update(DeviceId id, UnaryOperator<Device> change) {
    return engine.write(
        id.value(),
        session ->
            session
                .first(findToChange, DeviceRow::read, id.value())
                .map(found -> found.orElseThrow(Missing.device(id.value())))
                .compose(found -> update(session, found, change.apply(found))));
  }

  private Future<Device> update(Session session, Device former, Device changed) {
    Future<Void> allowed =
        former.token().equals(changed.token())
            ? Future.succeededFuture()
            : Replicated.requireOwnToken(former);
    return allowed.compose(done -> replace(session, former.id(), changed));
  }

  /** Part of another unit. */
  Future<Device> replace(Session session, DeviceId id, Device changed) {
    return freeMac(session, changed, id.value())
        .compose(
            free -> session.first(UPDATE, DeviceRow::read, DeviceRow.values(changed, id.value())))
        .map(Optional::orElseThrow);
  }

  @Override
  public Future<Void> keepInfo(DeviceId id, String json) {
    return engine
        .writeAlone(id.value(), session -> session.change(KEEP_INFO, json, id.value()))
        .map(
            changed -> {
              if (changed == 0) throw Missing.device(id.value()).get();
              return null;
            });
  }

  @Override
  public Future<Void> archive(DeviceId id, Instant when) {
    return engine
        .writeAlone(id.value(), session -> session.change(ARCHIVE, when, id.value()))
        .mapEmpty();
  }

  @Override
  public Future<Component> component(
      DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    return components.findOrMake(device, sensor, defaultKey, now);
  }

  @Override
  public Future<Optional<Component>> component(ComponentId id) {
    return components.find(id);
  }

  @Override
  public Future<Page<Component>> components(Visibility visibility, Paging paging) {
    return components.page(visibility, paging);
  }

  @Override
  public Future<Map<DeviceId, List<Component>>> components(Collection<DeviceId> devices) {
    return components.of(devices);
  }

  /** Those who take the same address do so one after the other, and see who has it. */
  private Future<?> freeMac(Session session, Device device, long id) {
    if (device.macAddress().isEmpty()) return Future.succeededFuture();
    String mac = device.macAddress().get();
    return engine.dialect().lock(session, mac).compose(locked -> session.change(FREE_MAC, mac, id));
  }

  private record Ownership(UserId owner, DeviceId device) {
    static Ownership read(Row row) {
      return new Ownership(new UserId(row.number("owner_id")), new DeviceId(row.number("id")));
    }
  }
}
