package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.NamedToken;
import io.mestral.storage.NamedTokenRegistry;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

final class SqlNamedTokenRegistry implements NamedTokenRegistry {
  private static final String ALL = "id, hash, user_id, name, scopes, created_at, expires_at";
  private static final String USER = "SELECT id FROM users WHERE id = $1";
  private static final String COUNT = "SELECT count(*) AS n FROM named_tokens WHERE user_id = $1";
  private static final String INSERT =
      "INSERT INTO named_tokens (hash, user_id, name, scopes, created_at, expires_at)"
          + " VALUES ($1, $2, $3, $4, $5, $6) RETURNING "
          + ALL;
  private static final String SELECT = "SELECT " + ALL + " FROM named_tokens ";
  private static final String FIND = SELECT + "WHERE hash = $1";
  private static final String OF_USER = SELECT + "WHERE user_id = $1 ORDER BY id";
  private static final String REMOVE =
      "DELETE FROM named_tokens WHERE id = $1 AND user_id = $2 RETURNING " + ALL;

  private final Engine engine;
  private final String lockUser;

  SqlNamedTokenRegistry(Engine engine) {
    this.engine = engine;
    lockUser = USER + engine.dialect().toChange();
  }

  @Override
  public Future<NamedToken> add(NamedToken draft) {
    long user = draft.user().value();
    return engine.write(
        user,
        session ->
            session
                .first(lockUser, row -> row.number("id"), user)
                .map(found -> found.orElseThrow(Missing.user(user)))
                .compose(locked -> session.number(COUNT, user))
                .compose(
                    count -> {
                      if (count >= PER_USER)
                        throw new RefusedException(
                            Refusal.QUOTA_EXCEEDED, "there are as many tokens as may be");
                      return session.first(
                          INSERT,
                          SqlNamedTokenRegistry::read,
                          draft.hash(),
                          user,
                          draft.name(),
                          Scope.text(draft.scopes()),
                          draft.createdAt(),
                          draft.expiresAt());
                    })
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<Optional<NamedToken>> find(String hash) {
    return engine.read(session -> session.first(FIND, SqlNamedTokenRegistry::read, hash));
  }

  @Override
  public Future<List<NamedToken>> ofUser(UserId user) {
    return engine.read(session -> session.list(OF_USER, SqlNamedTokenRegistry::read, user.value()));
  }

  @Override
  public Future<Optional<NamedToken>> remove(UserId user, long id) {
    return engine.writeAlone(
        user.value(),
        session -> session.first(REMOVE, SqlNamedTokenRegistry::read, id, user.value()));
  }

  private static NamedToken read(Row row) {
    return new NamedToken(
        row.number("id"),
        row.text("hash"),
        new UserId(row.number("user_id")),
        row.text("name"),
        Scope.known(row.text("scopes")),
        row.time("created_at"),
        row.optionalTime("expires_at"));
  }
}
