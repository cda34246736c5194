package io.mestral.storage.embedded.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Visibility;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

final class SqliteDeviceRegistry implements DeviceRegistry {
  private static final String INSERT =
      "INSERT INTO devices ("
          + DeviceRow.COLUMNS
          + ", owner_id, hardware_info) VALUES ("
          + DeviceRow.PLACES
          + ", ?, ?) RETURNING *";
  private static final String UPDATE =
      "UPDATE devices SET ("
          + DeviceRow.COLUMNS
          + ") = ("
          + DeviceRow.PLACES
          + ") WHERE id = ? AND workflow_state = 'active' RETURNING *";
  private static final String FREE_MAC =
      """
      UPDATE devices SET old_mac_address = mac_address, mac_address = NULL
      WHERE mac_address = ? AND id <> ?
      """;
  private static final String FIND =
      "SELECT * FROM devices WHERE id = ? AND workflow_state = 'active'";
  private static final String FIND_BY_TOKEN =
      "SELECT * FROM devices WHERE token_hash = ? AND workflow_state = 'active'";
  private static final String OWNED =
      "SELECT * FROM devices WHERE owner_id = ? AND workflow_state = 'active' ORDER BY id";
  private static final String OWNED_IDS =
      """
      SELECT owner_id, id FROM devices
      WHERE owner_id IN (SELECT value FROM json_each(?)) AND workflow_state = 'active'
      ORDER BY owner_id, id
      """;
  private static final String KEEP_INFO =
      "UPDATE devices SET hardware_info = ? WHERE id = ? AND workflow_state = 'active'";
  private static final String ARCHIVE =
      """
      UPDATE devices
      SET workflow_state = 'archived', archived_at = ?,
          old_mac_address = coalesce(mac_address, old_mac_address), mac_address = NULL,
          token_hash = NULL, token_cipher = NULL
      WHERE id = ? AND workflow_state = 'active'
      """;

  private final Database database;
  private final DeviceListing listing = new DeviceListing();
  private final SqliteComponents components;

  SqliteDeviceRegistry(Database database) {
    this.database = database;
    this.components = new SqliteComponents(database);
  }

  @Override
  public Future<Device> add(Device draft) {
    return database.write(
        session -> {
          freeMac(session, draft, 0);
          Object[] values = DeviceRow.values(draft, draft.owner().value(), draft.hardware().info());
          return session.first(INSERT, DeviceRow::read, values).orElseThrow();
        });
  }

  @Override
  public Future<Optional<Device>> find(DeviceId id) {
    return database.read(session -> session.first(FIND, DeviceRow::read, id.value()));
  }

  @Override
  public Future<Optional<Device>> findByToken(String tokenHash) {
    return database.read(session -> session.first(FIND_BY_TOKEN, DeviceRow::read, tokenHash));
  }

  @Override
  public Future<Page<Device>> list(Visibility visibility, Paging paging) {
    return database.read(session -> listing.page(session, visibility, paging));
  }

  @Override
  public Future<List<Device>> ownedBy(UserId owner) {
    return database.read(session -> session.list(OWNED, DeviceRow::read, owner.value()));
  }

  @Override
  public Future<Map<UserId, List<DeviceId>>> idsOwnedBy(Collection<UserId> owners) {
    Map<UserId, List<DeviceId>> owned = new LinkedHashMap<>();
    owners.forEach(owner -> owned.put(owner, new ArrayList<>()));
    String wanted = Arguments.ids(owned.keySet(), UserId::value);
    return database.read(
        session -> {
          for (Ownership one : session.list(OWNED_IDS, Ownership::read, wanted))
            owned.get(one.owner()).add(one.device());
          return owned;
        });
  }

  @Override
  public Future<Device> update(DeviceId id, UnaryOperator<Device> change) {
    long row = id.value();
    return database.write(
        session -> {
          Device now = session.first(FIND, DeviceRow::read, row).orElseThrow(Missing.device(row));
          Device changed = change.apply(now);
          freeMac(session, changed, row);
          return session
              .first(UPDATE, DeviceRow::read, DeviceRow.values(changed, row))
              .orElseThrow(Missing.device(row));
        });
  }

  @Override
  public Future<Void> keepInfo(DeviceId id, String json) {
    return database.write(
        session -> {
          if (session.change(KEEP_INFO, json, id.value()) == 0)
            throw Missing.device(id.value()).get();
          return null;
        });
  }

  @Override
  public Future<Void> archive(DeviceId id, Instant when) {
    return database.write(
        session -> {
          session.change(ARCHIVE, when, id.value());
          return null;
        });
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

  private record Ownership(UserId owner, DeviceId device) {
    static Ownership read(Row row) {
      return new Ownership(new UserId(row.number("owner_id")), new DeviceId(row.number("id")));
    }
  }

  private static void freeMac(SqliteSession session, Device device, long id) throws SQLException {
    if (device.macAddress().isPresent()) session.change(FREE_MAC, device.macAddress(), id);
  }
}
