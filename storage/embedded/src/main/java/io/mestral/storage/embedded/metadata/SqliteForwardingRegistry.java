package io.mestral.storage.embedded.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.ForwardingAccess;
import io.mestral.storage.ForwardingDestination;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class SqliteForwardingRegistry implements ForwardingRegistry {
  private static final String OF_ACTIVE_USER =
      """
      FROM forwarding_access
      JOIN users ON users.id = forwarding_access.user_id AND users.workflow_state = 'active'
      """;
  private static final String ACTIVE =
      "SELECT count(*) AS n FROM users WHERE id = ? AND workflow_state = 'active'";
  private static final String GRANT =
      """
      INSERT INTO forwarding_access
        (user_id, username_hash, username_cipher, token_hash, token_cipher)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (user_id) DO UPDATE SET
        username_hash = excluded.username_hash, username_cipher = excluded.username_cipher,
        token_hash = excluded.token_hash, token_cipher = excluded.token_cipher
      """;
  private static final String OF_USER =
      "SELECT forwarding_access.* " + OF_ACTIVE_USER + "WHERE forwarding_access.user_id = ?";
  private static final String BY_USERNAME =
      "SELECT forwarding_access.* " + OF_ACTIVE_USER + "WHERE forwarding_access.username_hash = ?";
  private static final String BY_TOKEN =
      "SELECT forwarding_access.* " + OF_ACTIVE_USER + "WHERE forwarding_access.token_hash = ?";
  private static final String ADD_DESTINATION =
      "INSERT INTO forwarding_destinations (name) VALUES (?) RETURNING *";
  private static final String DESTINATIONS = "SELECT * FROM forwarding_destinations ORDER BY id";
  private static final String SEND =
      """
      INSERT INTO device_destinations (device_id, destination_id) VALUES (?, ?)
      ON CONFLICT (device_id) DO UPDATE SET destination_id = excluded.destination_id
      """;
  private static final String SEND_NOWHERE = "DELETE FROM device_destinations WHERE device_id = ?";
  private static final String SENT_TO =
      """
      SELECT device_destinations.device_id, forwarding_destinations.*
      FROM device_destinations
      JOIN forwarding_destinations
        ON forwarding_destinations.id = device_destinations.destination_id
      WHERE device_destinations.device_id IN (SELECT value FROM json_each(?))
      """;

  private final Database database;

  SqliteForwardingRegistry(Database database) {
    this.database = database;
  }

  @Override
  public Future<Void> grant(ForwardingAccess access) {
    return database.write(
        session -> {
          grant(session, access);
          return null;
        });
  }

  @Override
  public Future<ForwardingAccess> grantIfNone(ForwardingAccess access) {
    return database.write(
        session -> {
          Optional<ForwardingAccess> there =
              session.first(OF_USER, SqliteForwardingRegistry::access, access.user().value());
          if (there.isPresent()) return there.get();
          grant(session, access);
          return access;
        });
  }

  private static void grant(SqliteSession session, ForwardingAccess access) throws SQLException {
    long user = access.user().value();
    if (session.number(ACTIVE, user) == 0) throw Missing.user(user).get();
    session.change(
        GRANT,
        user,
        access.username().hash(),
        access.username().cipher(),
        access.token().hash(),
        access.token().cipher());
  }

  @Override
  public Future<Optional<ForwardingAccess>> of(UserId user) {
    return access(OF_USER, user.value());
  }

  @Override
  public Future<Optional<ForwardingAccess>> findByUsername(String usernameHash) {
    return access(BY_USERNAME, usernameHash);
  }

  @Override
  public Future<Optional<ForwardingAccess>> findByToken(String tokenHash) {
    return access(BY_TOKEN, tokenHash);
  }

  private Future<Optional<ForwardingAccess>> access(String sql, Object key) {
    return database.read(session -> session.first(sql, SqliteForwardingRegistry::access, key));
  }

  @Override
  public Future<ForwardingDestination> addDestination(String name) {
    return database.write(
        session ->
            session
                .first(ADD_DESTINATION, SqliteForwardingRegistry::destination, name)
                .orElseThrow());
  }

  @Override
  public Future<List<ForwardingDestination>> destinations() {
    return database.read(
        session -> session.list(DESTINATIONS, SqliteForwardingRegistry::destination));
  }

  @Override
  public Future<Void> sendTo(DeviceId device, Optional<Long> destination) {
    return database.write(
        session -> {
          if (destination.isPresent()) session.change(SEND, device.value(), destination.get());
          else session.change(SEND_NOWHERE, device.value());
          return null;
        });
  }

  @Override
  public Future<Map<DeviceId, ForwardingDestination>> destinationsOf(Collection<DeviceId> devices) {
    String wanted = Arguments.ids(devices, DeviceId::value);
    return database.read(
        session -> {
          Map<DeviceId, ForwardingDestination> found = new LinkedHashMap<>();
          for (Sent sent : session.list(SENT_TO, Sent::read, wanted))
            found.put(sent.device(), sent.destination());
          return found;
        });
  }

  private record Sent(DeviceId device, ForwardingDestination destination) {
    static Sent read(Row row) {
      return new Sent(
          new DeviceId(row.number("device_id")), SqliteForwardingRegistry.destination(row));
    }
  }

  private static ForwardingAccess access(Row row) {
    return new ForwardingAccess(
        new UserId(row.number("user_id")),
        new SealedToken(row.text("username_hash"), row.bytes("username_cipher")),
        new SealedToken(row.text("token_hash"), row.bytes("token_cipher")));
  }

  private static ForwardingDestination destination(Row row) {
    return new ForwardingDestination(row.number("id"), row.text("name"));
  }
}
