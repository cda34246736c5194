package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.ForwardingAccess;
import io.mestral.storage.ForwardingDestination;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class SqlForwardingRegistry implements ForwardingRegistry {
  private static final String SELECT =
      """
      SELECT user_id, username_hash, username_cipher, token_hash, token_cipher
      FROM forwarding_access
      JOIN users ON users.id = forwarding_access.user_id AND users.workflow_state = 'active'
      """;
  private static final String INSERT =
      """
      INSERT INTO forwarding_access
        (user_id, username_hash, username_cipher, token_hash, token_cipher)
      SELECT id, $2, $3, $4, $5 FROM users WHERE id = $1 AND workflow_state = 'active'
      ON CONFLICT (user_id) DO
      """;
  private static final String GRANT_IF_NONE = INSERT + " NOTHING";
  private static final String GRANT =
      INSERT
          + """
           UPDATE SET
            username_hash = excluded.username_hash, username_cipher = excluded.username_cipher,
            token_hash = excluded.token_hash, token_cipher = excluded.token_cipher
          """;
  private static final String OF_USER = SELECT + "WHERE user_id = $1";
  private static final String BY_USERNAME = SELECT + "WHERE username_hash = $1";
  private static final String BY_TOKEN = SELECT + "WHERE token_hash = $1";
  private static final String ADD_DESTINATION =
      "INSERT INTO forwarding_destinations (name) VALUES ($1) RETURNING id, name";
  private static final String DESTINATIONS =
      "SELECT id, name FROM forwarding_destinations ORDER BY id";
  private static final String SEND =
      """
      INSERT INTO device_destinations (device_id, destination_id) VALUES ($1, $2)
      ON CONFLICT (device_id) DO UPDATE SET destination_id = excluded.destination_id
      """;
  private static final String SEND_NOWHERE = "DELETE FROM device_destinations WHERE device_id = $1";

  private final Engine engine;
  private final String ofUsers;
  private final String sentTo;

  SqlForwardingRegistry(Engine engine) {
    this.engine = engine;
    ofUsers = SELECT + "WHERE " + engine.dialect().among("user_id", "$1");
    sentTo =
        "SELECT device_id, id, name FROM device_destinations"
            + " JOIN forwarding_destinations ON id = destination_id WHERE "
            + engine.dialect().among("device_id", "$1");
  }

  @Override
  public Future<Void> grant(ForwardingAccess access) {
    long user = access.user().value();
    return engine
        .writeAlone(user, session -> grant(session, GRANT, access))
        .map(
            granted -> {
              if (granted == 0) throw Missing.user(user).get();
              return null;
            });
  }

  /** Who comes second waits for the first one's end, and sees what that one left. */
  @Override
  public Future<ForwardingAccess> grantIfNone(ForwardingAccess access) {
    long user = access.user().value();
    return engine.write(
        user,
        session ->
            grant(session, GRANT_IF_NONE, access)
                .compose(granted -> session.first(OF_USER, SqlForwardingRegistry::access, user))
                .map(there -> there.orElseThrow(Missing.user(user))));
  }

  private static Future<Integer> grant(Session session, String sql, ForwardingAccess access) {
    return session.change(
        sql,
        access.user().value(),
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
  public Future<List<ForwardingAccess>> of(Collection<UserId> users) {
    Many wanted = Many.ids(users, UserId::value);
    return engine.read(session -> session.list(ofUsers, SqlForwardingRegistry::access, wanted));
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
    return engine.read(session -> session.first(sql, SqlForwardingRegistry::access, key));
  }

  @Override
  public Future<ForwardingDestination> addDestination(String name) {
    return engine.writeAlone(
        name.hashCode(),
        session ->
            session
                .first(ADD_DESTINATION, SqlForwardingRegistry::destination, name)
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<List<ForwardingDestination>> destinations() {
    return engine.read(session -> session.list(DESTINATIONS, SqlForwardingRegistry::destination));
  }

  @Override
  public Future<Void> sendTo(DeviceId device, Optional<Long> destination) {
    return engine
        .writeAlone(
            device.value(),
            session ->
                destination.isPresent()
                    ? session.change(SEND, device.value(), destination.get())
                    : session.change(SEND_NOWHERE, device.value()))
        .mapEmpty();
  }

  @Override
  public Future<Map<DeviceId, ForwardingDestination>> destinationsOf(Collection<DeviceId> devices) {
    Many wanted = Many.ids(devices, DeviceId::value);
    return engine
        .read(session -> session.list(sentTo, Sent::read, wanted))
        .map(
            sent -> {
              Map<DeviceId, ForwardingDestination> found = new LinkedHashMap<>();
              for (Sent one : sent) found.put(one.device(), one.destination());
              return found;
            });
  }

  private record Sent(DeviceId device, ForwardingDestination destination) {
    static Sent read(Row row) {
      return new Sent(
          new DeviceId(row.number("device_id")), SqlForwardingRegistry.destination(row));
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
