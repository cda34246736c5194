package io.mestral.storage.postgresql;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Visibility;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.postgresql.client.Values;
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
import java.util.function.UnaryOperator;

final class PostgresDeviceRegistry implements DeviceRegistry {
  private static final String SELECT = "SELECT " + DeviceRow.ALL + " FROM devices ";
  private static final String RETURNING = " RETURNING " + DeviceRow.ALL;
  private static final String ACTIVE = " AND workflow_state = 'active'";

  private static final String INSERT =
      "INSERT INTO devices ("
          + DeviceRow.COLUMNS
          + ", owner_id, hardware_info) VALUES ("
          + Values.places(DeviceRow.COLUMN_COUNT + 2)
          + ")"
          + RETURNING;
  private static final String UPDATE =
      "UPDATE devices SET ("
          + DeviceRow.COLUMNS
          + ") = ("
          + Values.places(DeviceRow.COLUMN_COUNT)
          + ") WHERE id = $"
          + (DeviceRow.COLUMN_COUNT + 1)
          + RETURNING;

  /** Those who take the same address do so one after the other, and see who has it. */
  private static final String LOCK_MAC = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

  private static final String FREE_MAC =
      """
      UPDATE devices SET old_mac_address = mac_address, mac_address = NULL
      WHERE mac_address = $1 AND id <> $2
      """;
  private static final String FIND = SELECT + "WHERE id = $1" + ACTIVE;
  private static final String FIND_TO_CHANGE = FIND + " FOR NO KEY UPDATE";
  private static final String FIND_BY_TOKEN = SELECT + "WHERE token_hash = $1" + ACTIVE;
  private static final String OWNED = SELECT + "WHERE owner_id = $1" + ACTIVE + " ORDER BY id";
  private static final String OWNED_IDS =
      "SELECT owner_id, id FROM devices WHERE owner_id = ANY ($1)"
          + ACTIVE
          + " ORDER BY owner_id, id";
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

  private final Server server;
  private final DeviceListing listing;
  private final PostgresComponents components;

  PostgresDeviceRegistry(Server server) {
    this.server = server;
    this.listing = new DeviceListing(server);
    this.components = new PostgresComponents(server);
  }

  @Override
  public Future<Device> add(Device draft) {
    Object[] values = DeviceRow.values(draft, draft.owner().value(), draft.hardware().info());
    return server.write(
        draft.uuid().hashCode(),
        session ->
            freeMac(session, draft, 0)
                .compose(free -> session.first(INSERT, DeviceRow::read, values))
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<Optional<Device>> find(DeviceId id) {
    return server.read(session -> session.first(FIND, DeviceRow::read, id.value()));
  }

  @Override
  public Future<Optional<Device>> findByToken(String tokenHash) {
    return server.read(session -> session.first(FIND_BY_TOKEN, DeviceRow::read, tokenHash));
  }

  @Override
  public Future<Page<Device>> list(Visibility visibility, Paging paging) {
    return listing.page(visibility, paging);
  }

  @Override
  public Future<List<Device>> ownedBy(UserId owner) {
    return server.read(session -> session.list(OWNED, DeviceRow::read, owner.value()));
  }

  @Override
  public Future<Map<UserId, List<DeviceId>>> idsOwnedBy(Collection<UserId> owners) {
    Map<UserId, List<DeviceId>> owned = new LinkedHashMap<>();
    owners.forEach(owner -> owned.put(owner, new ArrayList<>()));
    Object wanted = Values.ids(owned.keySet(), UserId::value);
    return server
        .read(session -> session.list(OWNED_IDS, Ownership::read, wanted))
        .map(
            found -> {
              for (Ownership one : found) owned.get(one.owner()).add(one.device());
              return owned;
            });
  }

  @Override
  public Future<Device> update(DeviceId id, UnaryOperator<Device> change) {
    return server.write(
        id.value(),
        session ->
            session
                .first(FIND_TO_CHANGE, DeviceRow::read, id.value())
                .map(found -> change.apply(found.orElseThrow(Missing.device(id.value()))))
                .compose(changed -> replace(session, id, changed)));
  }

  private static Future<Device> replace(Session session, DeviceId id, Device changed) {
    return freeMac(session, changed, id.value())
        .compose(
            free -> session.first(UPDATE, DeviceRow::read, DeviceRow.values(changed, id.value())))
        .map(Optional::orElseThrow);
  }

  @Override
  public Future<Void> keepInfo(DeviceId id, String json) {
    return server
        .writeAlone(id.value(), session -> session.change(KEEP_INFO, json, id.value()))
        .map(
            changed -> {
              if (changed == 0) throw Missing.device(id.value()).get();
              return null;
            });
  }

  @Override
  public Future<Void> archive(DeviceId id, Instant when) {
    return server
        .writeAlone(id.value(), session -> session.change(ARCHIVE, when, id.value()))
        .mapEmpty();
  }

  @Override
  public Future<Component> component(
      DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    return components.findOrMake(device, sensor, defaultKey, now);
  }

  @Override
  public Future<Map<DeviceId, List<Component>>> components(Collection<DeviceId> devices) {
    return components.of(devices);
  }

  private static Future<?> freeMac(Session session, Device device, long id) {
    if (device.macAddress().isEmpty()) return Future.succeededFuture();
    String mac = device.macAddress().get();
    return session.change(LOCK_MAC, mac).compose(locked -> session.change(FREE_MAC, mac, id));
  }

  private record Ownership(UserId owner, DeviceId device) {
    static Ownership read(Row row) {
      return new Ownership(new UserId(row.number("owner_id")), new DeviceId(row.number("id")));
    }
  }
}
