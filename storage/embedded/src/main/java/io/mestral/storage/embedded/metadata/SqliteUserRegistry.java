package io.mestral.storage.embedded.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.UserRegistry;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

final class SqliteUserRegistry implements UserRegistry {
  private static final String INSERT =
      "INSERT INTO users ("
          + UserRow.COLUMNS
          + ", password_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *";
  private static final String UPDATE =
      "UPDATE users SET ("
          + UserRow.COLUMNS
          + ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " WHERE id = ? AND workflow_state = 'active' RETURNING *";
  private static final String FIND =
      "SELECT * FROM users WHERE id = ? AND workflow_state = 'active'";
  private static final String ADMINISTRATOR =
      """
      SELECT * FROM users
      WHERE role_mask >= 5 AND workflow_state = 'active' ORDER BY id LIMIT 1
      """;
  private static final String FIND_ALL =
      """
      SELECT * FROM users
      WHERE id IN (SELECT value FROM json_each(?)) AND workflow_state = 'active'
      """;
  private static final String FIND_BY_NAME =
      "SELECT * FROM users WHERE username_folded = ? AND workflow_state = 'active'";
  private static final String FIND_BY_EMAIL =
      "SELECT * FROM users WHERE email_folded = ? AND workflow_state = 'active'";
  private static final String PASSWORD =
      "SELECT password_hash FROM users WHERE id = ? AND workflow_state = 'active'";
  private static final String END_SESSIONS =
      "DELETE FROM user_tokens WHERE user_id = ? AND kind = 'session' AND hash <> ?";
  private static final String CHANGE_PASSWORD =
      "UPDATE users SET password_hash = ? WHERE id = ? AND workflow_state = 'active'";

  private final Database database;

  SqliteUserRegistry(Database database) {
    this.database = database;
  }

  @Override
  public Future<User> add(User draft, String passwordHash) {
    return database.write(
        session ->
            session
                .first(INSERT, UserRow::read, UserRow.values(draft, passwordHash))
                .orElseThrow());
  }

  @Override
  public Future<Optional<User>> find(UserId id) {
    return database.read(session -> session.first(FIND, UserRow::read, id.value()));
  }

  @Override
  public Future<Optional<User>> administrator() {
    return database.read(session -> session.first(ADMINISTRATOR, UserRow::read));
  }

  @Override
  public Future<List<User>> findAll(Collection<UserId> ids) {
    String wanted = Arguments.ids(ids, UserId::value);
    return database.read(session -> session.list(FIND_ALL, UserRow::read, wanted));
  }

  @Override
  public Future<Optional<User>> findByNameOrEmail(String text) {
    String folded = UserRow.folded(text);
    return database.read(
        session -> {
          Optional<User> named = session.first(FIND_BY_NAME, UserRow::read, folded);
          return named.isPresent() ? named : session.first(FIND_BY_EMAIL, UserRow::read, folded);
        });
  }

  @Override
  public Future<User> update(UserId id, UnaryOperator<User> change) {
    long row = id.value();
    return database.write(
        session -> {
          User now = session.first(FIND, UserRow::read, row).orElseThrow(Missing.user(row));
          return session
              .first(UPDATE, UserRow::read, UserRow.values(change.apply(now), row))
              .orElseThrow(Missing.user(row));
        });
  }

  @Override
  public Future<Optional<String>> passwordHash(UserId id) {
    return database.read(
        session -> session.first(PASSWORD, row -> row.text("password_hash"), id.value()));
  }

  @Override
  public Future<Void> changePassword(UserId id, String passwordHash, Optional<String> stays) {
    return database.write(
        session -> {
          if (session.change(CHANGE_PASSWORD, passwordHash, id.value()) == 0)
            throw Missing.user(id.value()).get();
          session.change(END_SESSIONS, id.value(), stays.orElse(""));
          return null;
        });
  }
}
