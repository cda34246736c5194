package io.mestral.storage.embedded.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.ApiToken;
import io.mestral.storage.Conflict;
import io.mestral.storage.TokenRegistry;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

final class SqliteTokenRegistry implements TokenRegistry {
  private static final String REPLACED =
      "DELETE FROM user_tokens WHERE user_id = ? AND kind = 'private' AND hash <> ?";
  private static final String OLD_SESSIONS =
      """
      DELETE FROM user_tokens
      WHERE user_id = ? AND kind = 'session' AND hash IN (
        SELECT hash FROM user_tokens
        WHERE user_id = ? AND kind = 'session'
        ORDER BY created_at DESC, hash DESC LIMIT -1 OFFSET ?)
      """;
  // Adding the same token again changes nothing; another user's token is not taken over.
  private static final String ADD =
      """
      INSERT INTO user_tokens (hash, cipher, user_id, kind, created_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (hash) DO UPDATE
      SET cipher = excluded.cipher, kind = excluded.kind,
          created_at = excluded.created_at, expires_at = excluded.expires_at
      WHERE user_id = excluded.user_id
      """;
  private static final String FIND =
      """
      SELECT user_tokens.* FROM user_tokens
      JOIN users ON users.id = user_tokens.user_id AND users.workflow_state = 'active'
      WHERE user_tokens.hash = ?
      """;
  private static final String FIND_PRIVATE =
      """
      SELECT user_tokens.* FROM user_tokens
      JOIN users ON users.id = user_tokens.user_id AND users.workflow_state = 'active'
      WHERE user_tokens.user_id = ? AND user_tokens.kind = 'private'
      """;
  private static final String REMOVE = "DELETE FROM user_tokens WHERE hash = ?";

  private final Database database;

  SqliteTokenRegistry(Database database) {
    this.database = database;
  }

  @Override
  public Future<Void> add(ApiToken token) {
    return database.write(
        session -> {
          makeRoom(session, token);
          keep(session, token);
          return null;
        });
  }

  @Override
  public Future<Optional<ApiToken>> find(String hash) {
    return database.read(session -> session.first(FIND, SqliteTokenRegistry::read, hash));
  }

  @Override
  public Future<Optional<ApiToken>> privateTokenOf(UserId user) {
    return database.read(
        session -> session.first(FIND_PRIVATE, SqliteTokenRegistry::read, user.value()));
  }

  @Override
  public Future<Void> remove(String hash) {
    return database.write(
        session -> {
          session.change(REMOVE, hash);
          return null;
        });
  }

  private static void makeRoom(SqliteSession session, ApiToken token) throws SQLException {
    long user = token.user().value();
    if (token.kind() == ApiToken.Kind.PRIVATE) session.change(REPLACED, user, token.token().hash());
    else session.change(OLD_SESSIONS, user, user, SESSIONS_PER_USER - 1);
  }

  private static void keep(SqliteSession session, ApiToken token) throws SQLException {
    int kept =
        session.change(
            ADD,
            token.token().hash(),
            token.token().cipher(),
            token.user().value(),
            token.kind().name().toLowerCase(Locale.ROOT),
            token.createdAt(),
            token.expiresAt());
    if (kept == 0) throw new Conflict("access_token");
  }

  private static ApiToken read(Row row) {
    return new ApiToken(
        new SealedToken(row.text("hash"), row.bytes("cipher")),
        new UserId(row.number("user_id")),
        ApiToken.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
        row.time("created_at"),
        row.optionalTime("expires_at"));
  }
}
