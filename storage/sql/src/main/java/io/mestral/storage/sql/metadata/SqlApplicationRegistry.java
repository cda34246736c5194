package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.ApplicationRegistry;
import io.mestral.storage.OAuthApplication;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

final class SqlApplicationRegistry implements ApplicationRegistry {
  private static final String COLUMNS =
      "owner_id, uid, secret_hash, secret_cipher, name, redirect_uris, scopes, created_at,"
          + " updated_at";
  private static final String ALL = "id, " + COLUMNS;
  private static final String OWNER_IS_THERE =
      " AND (owner_id IS NULL OR EXISTS (SELECT 1 FROM users WHERE users.id = owner_id"
          + " AND workflow_state = 'active'))";
  private static final String SELECT = "SELECT " + ALL + " FROM oauth_applications ";
  private static final String FIND = SELECT + "WHERE id = $1" + OWNER_IS_THERE;
  private static final String FIND_BY_UID = SELECT + "WHERE uid = $1" + OWNER_IS_THERE;
  private static final String OWNED =
      SELECT + "WHERE owner_id = $1" + OWNER_IS_THERE + " ORDER BY id";
  private static final String COUNT_OWNED =
      "SELECT count(*) AS n FROM oauth_applications WHERE owner_id = $1";
  private static final String COUNT_OF_STRANGERS =
      "SELECT count(*) AS n FROM oauth_applications WHERE owner_id IS NULL";
  private static final String INSERT =
      "INSERT INTO oauth_applications ("
          + COLUMNS
          + ") VALUES ("
          + Arguments.places(9)
          + ") RETURNING "
          + ALL;
  private static final String UPDATE =
      """
      UPDATE oauth_applications
      SET secret_hash = $1, secret_cipher = $2, name = $3, redirect_uris = $4, scopes = $5,
          updated_at = $6
      WHERE id = $7
      RETURNING\s\
      """
          + ALL;
  private static final String REMOVE = "DELETE FROM oauth_applications WHERE id = $1";

  private final Engine engine;
  private final String findToChange;

  SqlApplicationRegistry(Engine engine) {
    this.engine = engine;
    findToChange = SELECT + "WHERE id = $1" + engine.dialect().toChange();
  }

  @Override
  public Future<OAuthApplication> add(OAuthApplication draft) {
    long owner = draft.owner().map(UserId::value).orElse(0L);
    return engine.write(
        owner,
        session ->
            (draft.owner().isPresent()
                    ? session.number(COUNT_OWNED, owner)
                    : session.number(COUNT_OF_STRANGERS))
                .compose(
                    count -> {
                      if (count >= (draft.owner().isPresent() ? PER_OWNER : OF_STRANGERS))
                        throw new RefusedException(
                            Refusal.QUOTA_EXCEEDED, "there are as many applications as may be");
                      return session.first(INSERT, SqlApplicationRegistry::read, values(draft));
                    })
                .map(Optional::orElseThrow));
  }

  private static Object[] values(OAuthApplication draft) {
    return new Object[] {
      draft.owner().map(UserId::value),
      draft.uid(),
      draft.secret().map(SealedToken::hash),
      draft.secret().map(SealedToken::cipher),
      draft.name(),
      String.join("\n", draft.redirectUris()),
      Scope.text(draft.scopes()),
      draft.createdAt(),
      draft.updatedAt()
    };
  }

  @Override
  public Future<Optional<OAuthApplication>> find(long id) {
    return engine.read(session -> session.first(FIND, SqlApplicationRegistry::read, id));
  }

  @Override
  public Future<Optional<OAuthApplication>> findByUid(String uid) {
    return engine.read(session -> session.first(FIND_BY_UID, SqlApplicationRegistry::read, uid));
  }

  @Override
  public Future<List<OAuthApplication>> ownedBy(UserId owner) {
    return engine.read(session -> session.list(OWNED, SqlApplicationRegistry::read, owner.value()));
  }

  @Override
  public Future<OAuthApplication> update(long id, UnaryOperator<OAuthApplication> change) {
    return engine.write(
        id,
        session ->
            session
                .first(findToChange, SqlApplicationRegistry::read, id)
                .map(found -> change.apply(found.orElseThrow(Missing.application(id))))
                .compose(
                    changed ->
                        session.first(
                            UPDATE,
                            SqlApplicationRegistry::read,
                            changed.secret().map(SealedToken::hash),
                            changed.secret().map(SealedToken::cipher),
                            changed.name(),
                            String.join("\n", changed.redirectUris()),
                            Scope.text(changed.scopes()),
                            changed.updatedAt(),
                            id))
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<Void> remove(long id) {
    return engine.writeAlone(id, session -> session.change(REMOVE, id)).mapEmpty();
  }

  private static OAuthApplication read(Row row) {
    return new OAuthApplication(
        row.number("id"),
        row.lacks("owner_id") ? Optional.empty() : Optional.of(new UserId(row.number("owner_id"))),
        row.text("uid"),
        row.optionalText("secret_hash")
            .map(hash -> new SealedToken(hash, row.bytes("secret_cipher"))),
        row.text("name"),
        row.text("redirect_uris").lines().toList(),
        Scope.known(row.text("scopes")),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
