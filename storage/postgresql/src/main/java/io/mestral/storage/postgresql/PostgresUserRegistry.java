package io.mestral.storage.postgresql;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.UserRegistry;
import io.mestral.storage.postgresql.client.Row;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.postgresql.client.Session;
import io.mestral.storage.postgresql.client.Values;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

final class PostgresUserRegistry implements UserRegistry {
  private static final String SELECT = "SELECT " + UserRow.ALL + " FROM users ";
  private static final String RETURNING = " RETURNING " + UserRow.ALL;
  private static final String ACTIVE = " AND workflow_state = 'active'";

  private static final String INSERT =
      "INSERT INTO users ("
          + UserRow.COLUMNS
          + ", password_hash) VALUES ("
          + Values.places(UserRow.COLUMN_COUNT + 1)
          + ")"
          + RETURNING;
  private static final String UPDATE =
      "UPDATE users SET ("
          + UserRow.COLUMNS
          + ") = ("
          + Values.places(UserRow.COLUMN_COUNT)
          + ") WHERE id = $"
          + (UserRow.COLUMN_COUNT + 1)
          + RETURNING;
  private static final String FIND = SELECT + "WHERE id = $1" + ACTIVE;
  private static final String FIND_TO_CHANGE = FIND + " FOR NO KEY UPDATE";
  private static final String ADMINISTRATOR =
      SELECT + "WHERE role_mask >= 5" + ACTIVE + " ORDER BY id LIMIT 1";
  private static final String FIND_ALL = SELECT + "WHERE id = ANY ($1)" + ACTIVE;
  private static final String FIND_BY_NAME =
      SELECT
          + "WHERE (username_folded = $1 OR email_folded = $1)"
          + ACTIVE
          + " ORDER BY username_folded = $1 DESC LIMIT 1";
  private static final String PASSWORD = "SELECT password_hash FROM users WHERE id = $1" + ACTIVE;
  private static final String CHANGE_PASSWORD =
      """
      WITH ended AS (
        DELETE FROM user_tokens WHERE user_id = $2 AND kind = 'session' AND hash <> $3)
      UPDATE users SET password_hash = $1 WHERE id = $2"""
          + ACTIVE;

  private final Server server;

  PostgresUserRegistry(Server server) {
    this.server = server;
  }

  @Override
  public Future<User> add(User draft, String passwordHash) {
    return server.writeAlone(
        draft.uuid().hashCode(),
        session ->
            session
                .first(INSERT, UserRow::read, UserRow.values(draft, passwordHash))
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<Optional<User>> find(UserId id) {
    return server.read(session -> session.first(FIND, UserRow::read, id.value()));
  }

  @Override
  public Future<Optional<User>> administrator() {
    return server.read(session -> session.first(ADMINISTRATOR, UserRow::read));
  }

  @Override
  public Future<List<User>> findAll(Collection<UserId> ids) {
    Object wanted = Values.ids(ids, UserId::value);
    return server.read(session -> session.list(FIND_ALL, UserRow::read, wanted));
  }

  @Override
  public Future<Optional<User>> findByNameOrEmail(String text) {
    String folded = UserRow.folded(text);
    return server.read(session -> session.first(FIND_BY_NAME, UserRow::read, folded));
  }

  @Override
  public Future<User> update(UserId id, UnaryOperator<User> change) {
    return server.write(
        id.value(),
        session ->
            session
                .first(FIND_TO_CHANGE, UserRow::read, id.value())
                .map(found -> change.apply(found.orElseThrow(Missing.user(id.value()))))
                .compose(changed -> replace(session, id, changed)));
  }

  private static Future<User> replace(Session session, UserId id, User changed) {
    return session
        .first(UPDATE, UserRow::read, UserRow.values(changed, id.value()))
        .map(Optional::orElseThrow);
  }

  @Override
  public Future<Optional<String>> passwordHash(UserId id) {
    return server.read(
        session -> session.first(PASSWORD, (Row row) -> row.text("password_hash"), id.value()));
  }

  @Override
  public Future<Void> changePassword(UserId id, String passwordHash, Optional<String> stays) {
    return server
        .writeAlone(
            id.value(),
            session -> session.change(CHANGE_PASSWORD, passwordHash, id.value(), stays.orElse("")))
        .map(
            changed -> {
              if (changed == 0) throw Missing.user(id.value()).get();
              return null;
            });
  }
}
