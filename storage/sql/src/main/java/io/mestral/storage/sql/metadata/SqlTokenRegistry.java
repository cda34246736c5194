package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.ApiToken;
import io.mestral.storage.Conflict;
import io.mestral.storage.TokenRegistry;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Optional;

final class SqlTokenRegistry implements TokenRegistry {
  private static final String USER = "SELECT id FROM users WHERE id = $1";
  private static final String REPLACED =
      "DELETE FROM user_tokens WHERE user_id = $1 AND kind = 'private' AND hash <> $2";
  private static final String OLD_SESSIONS =
      """
      DELETE FROM user_tokens
      WHERE user_id = $1 AND kind = 'session' AND (created_at, hash) <= (
        SELECT created_at, hash FROM user_tokens
        WHERE user_id = $1 AND kind = 'session'
        ORDER BY created_at DESC, hash DESC LIMIT 1 OFFSET $2)
      """;
  // Adding the same token again changes nothing; another user's token is not taken over.
  private static final String ADD =
      """
      INSERT INTO user_tokens (hash, cipher, user_id, kind, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (hash) DO UPDATE
      SET cipher = excluded.cipher, kind = excluded.kind,
          created_at = excluded.created_at, expires_at = excluded.expires_at
      WHERE user_tokens.user_id = excluded.user_id
      """;
  private static final String SELECT =
      """
      SELECT hash, cipher, user_id, kind, user_tokens.created_at, expires_at FROM user_tokens
      JOIN users ON users.id = user_tokens.user_id AND users.workflow_state = 'active'
      """;
  private static final String FIND = SELECT + "WHERE user_tokens.hash = $1";
  private static final String FIND_PRIVATE =
      SELECT + "WHERE user_tokens.user_id = $1 AND user_tokens.kind = 'private'";
  private static final String REMOVE = "DELETE FROM user_tokens WHERE hash = $1";

  private final Engine engine;
  private final String lockUser;

  SqlTokenRegistry(Engine engine) {
    this.engine = engine;
    lockUser = USER + engine.dialect().toChange();
  }

  /** Two nodes don't count the same user's tokens at the same time. */
  @Override
  public Future<Void> add(ApiToken token) {
    long user = token.user().value();
    return engine.write(
        user,
        session ->
            session
                .first(lockUser, row -> row.number("id"), user)
                .map(found -> found.orElseThrow(Missing.user(user)))
                .compose(locked -> makeRoom(session, token))
                .compose(room -> keep(session, token)));
  }

  @Override
  public Future<Optional<ApiToken>> find(String hash) {
    return engine.read(session -> session.first(FIND, SqlTokenRegistry::read, hash));
  }

  @Override
  public Future<Optional<ApiToken>> privateTokenOf(UserId user) {
    return engine.read(
        session -> session.first(FIND_PRIVATE, SqlTokenRegistry::read, user.value()));
  }

  @Override
  public Future<Void> remove(String hash) {
    return engine.writeAlone(hash.hashCode(), session -> session.change(REMOVE, hash)).mapEmpty();
  }

  private static Future<Integer> makeRoom(Session session, ApiToken token) {
    long user = token.user().value();
    return token.kind() == ApiToken.Kind.PRIVATE
        ? session.change(REPLACED, user, token.token().hash())
        : session.change(OLD_SESSIONS, user, (long) SESSIONS_PER_USER - 1);
  }

  private static Future<Void> keep(Session session, ApiToken token) {
    return session
        .change(
            ADD,
            token.token().hash(),
            token.token().cipher(),
            token.user().value(),
            token.kind().name().toLowerCase(Locale.ROOT),
            token.createdAt(),
            token.expiresAt())
        .map(
            kept -> {
              if (kept == 0) throw new Conflict("access_token");
              return null;
            });
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
