package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.storage.Departures;
import io.mestral.storage.Steps;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

final class SqlDepartures implements Departures {
  private static final String ARCHIVE_USER =
      """
      UPDATE users SET workflow_state = 'archived', archived_at = $1
      WHERE id = $2 AND workflow_state = 'active'
      """;
  private static final String DEVICES =
      "SELECT "
          + DeviceRow.ALL
          + " FROM devices WHERE owner_id = $1 AND workflow_state = 'active' ORDER BY id";
  private static final String ARCHIVE_DEVICES =
      """
      UPDATE devices
      SET workflow_state = 'archived', archived_at = $1, erase_readings = $2,
          old_mac_address = coalesce(mac_address, old_mac_address), mac_address = NULL,
          token_hash = NULL, token_cipher = NULL
      WHERE owner_id = $3 AND workflow_state = 'active'
      """;

  private static final String ERASE_FORMER =
      "UPDATE devices SET erase_readings = $1 WHERE owner_id = $2 AND workflow_state = 'archived'";

  /** What speaks for a user. */
  static final List<String> END_RIGHTS =
      List.of(
          "DELETE FROM user_tokens WHERE user_id = $1",
          "DELETE FROM named_tokens WHERE user_id = $1",
          "DELETE FROM oauth_grants WHERE user_id = $1",
          "DELETE FROM external_identities WHERE user_id = $1",
          "DELETE FROM forwarding_access WHERE user_id = $1",
          "DELETE FROM password_resets WHERE user_id = $1",
          "DELETE FROM gateways WHERE owner_id = $1");

  private static final String DEVICES_DUE =
      """
      SELECT id, erase_readings FROM devices
      WHERE workflow_state = 'archived' AND archived_at < $1
        AND NOT EXISTS (SELECT 1 FROM replica_devices WHERE device_id = devices.id)
      ORDER BY archived_at, id LIMIT $2
      """;
  private static final String SENSORS =
      "SELECT sensor_id FROM components WHERE device_id = $1 ORDER BY sensor_id";
  private static final String LEAVING_DEVICE =
      "SELECT id FROM devices WHERE id = $1 AND workflow_state = 'archived'";

  /** What refers to a device, where it doesn't go with it by itself. */
  private static final List<String> FORGET_DEVICE =
      List.of(
          "DELETE FROM components WHERE device_id = $1",
          "DELETE FROM ingest_errors WHERE device_id = $1",
          "DELETE FROM quarantine WHERE device_id = $1",
          "DELETE FROM device_destinations WHERE device_id = $1",
          "DELETE FROM device_notices WHERE device_id = $1",
          "DELETE FROM csv_exports WHERE device_id = $1",
          "DELETE FROM csv_uploads WHERE device_id = $1",
          "DELETE FROM devices WHERE id = $1");

  private static final String USERS_DUE =
      """
      SELECT id FROM users
      WHERE workflow_state = 'archived' AND archived_at < $1
        AND NOT EXISTS (SELECT 1 FROM devices WHERE owner_id = users.id)
      ORDER BY archived_at, id LIMIT $2
      """;
  private static final String LEAVING_USER =
      "SELECT id FROM users WHERE id = $1 AND workflow_state = 'archived'";
  private static final List<String> FORGET_USER =
      List.of(
          "DELETE FROM user_tokens WHERE user_id = $1", // one may have been made meanwhile
          "DELETE FROM forwarding_access WHERE user_id = $1",
          "DELETE FROM password_resets WHERE user_id = $1",
          "UPDATE audit_log SET address = '' WHERE actor_id = $1",
          "DELETE FROM profile_pictures WHERE user_id = $1",
          "DELETE FROM users WHERE id = $1");

  private final Engine engine;
  private final String leavingDevice;
  private final String leavingUser;

  SqlDepartures(Engine engine) {
    this.engine = engine;
    leavingDevice = LEAVING_DEVICE + engine.dialect().toChange();
    leavingUser = LEAVING_USER + engine.dialect().toChange();
  }

  @Override
  public Future<List<Device>> archive(UserId user, boolean withReadings, Instant when) {
    long id = user.value();
    return engine.write(
        id,
        session ->
            Replicated.requireOwnUser(session, id)
                .compose(own -> session.change(ARCHIVE_USER, when, id))
                .map(
                    archived -> {
                      if (archived == 0) throw Missing.user(id).get();
                      return archived;
                    })
                .compose(archived -> session.list(DEVICES, DeviceRow::read, id))
                .compose(
                    devices ->
                        session
                            .change(ARCHIVE_DEVICES, when, withReadings, id)
                            .compose(done -> eraseFormer(session, id, withReadings))
                            .compose(done -> all(session, END_RIGHTS, id))
                            .map(devices)));
  }

  /** What the user archived before leaving has to be destroyed still. */
  private static Future<?> eraseFormer(Session session, long user, boolean withReadings) {
    return withReadings ? session.change(ERASE_FORMER, true, user) : Future.succeededFuture();
  }

  @Override
  public Future<List<Leaving>> devicesDue(Instant archivedBefore, int limit) {
    return engine.read(
        session ->
            session.list(
                DEVICES_DUE,
                row -> new Leaving(new DeviceId(row.number("id")), row.flag("erase_readings")),
                archivedBefore,
                (long) limit));
  }

  @Override
  public Future<List<SensorId>> sensors(DeviceId device) {
    return engine.read(
        session ->
            session.list(
                SENSORS, row -> new SensorId((int) row.number("sensor_id")), device.value()));
  }

  @Override
  public Future<Void> destroy(DeviceId device) {
    return destroy(leavingDevice, FORGET_DEVICE, device.value());
  }

  @Override
  public Future<List<UserId>> usersDue(Instant archivedBefore, int limit) {
    return engine.read(
        session ->
            session.list(
                USERS_DUE, row -> new UserId(row.number("id")), archivedBefore, (long) limit));
  }

  @Override
  public Future<Void> destroy(UserId user) {
    return destroy(leavingUser, FORGET_USER, user.value());
  }

  private Future<Void> destroy(String leaving, List<String> statements, long id) {
    return engine.write(
        id,
        session ->
            session
                .first(leaving, row -> row.number("id"), id)
                .compose(
                    found ->
                        found.isPresent()
                            ? all(session, statements, id)
                            : Future.succeededFuture()));
  }

  private static Future<Void> all(Session session, List<String> statements, long id) {
    return Steps.forEach(statements, statement -> session.change(statement, id));
  }
}
