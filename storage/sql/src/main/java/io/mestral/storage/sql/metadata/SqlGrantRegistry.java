package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.storage.GrantRegistry;
import io.mestral.storage.OAuthGrant;
import io.mestral.storage.OAuthToken;
import io.mestral.storage.OAuthToken.CodeRequest;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A grant's tokens go with it: the tables say so. */
final class SqlGrantRegistry implements GrantRegistry {
  private static final String COLUMNS =
      "id, application_id, user_id, scopes, signed_in_at, created_at, expires_at";
  private static final String TOKEN_COLUMNS =
      "hash, grant_id, redirect_uri, challenge, nonce, created_at, expires_at, used_at";
  private static final String FORGET_GRANTS = "DELETE FROM oauth_grants WHERE expires_at < $1";
  private static final String FORGET_REVOKED =
      "DELETE FROM oauth_revoked_tokens WHERE ends_at < $1";
  private static final String MAKE_ROOM =
      """
      DELETE FROM oauth_grants
      WHERE user_id = $1 AND (created_at, id) <= (
        SELECT created_at, id FROM oauth_grants
        WHERE user_id = $1
        ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET $2)
      """;
  private static final String INSERT =
      "INSERT INTO oauth_grants (" + COLUMNS + ") VALUES (" + Arguments.places(7) + ")";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM oauth_grants ";
  private static final String FIND = SELECT + "WHERE id = $1";
  private static final String STANDING =
      FIND + " AND NOT EXISTS (SELECT 1 FROM oauth_revoked_tokens WHERE id = $2)";
  private static final String OF_USER =
      SELECT + "WHERE user_id = $1 ORDER BY created_at DESC, id DESC";
  private static final String OF_APPLICATION = SELECT + "WHERE application_id = $1 LIMIT $2";
  private static final String INSERT_TOKEN =
      "INSERT INTO oauth_tokens (" + TOKEN_COLUMNS + ") VALUES (" + Arguments.places(8) + ")";
  private static final String FIND_TOKEN =
      "SELECT " + TOKEN_COLUMNS + " FROM oauth_tokens WHERE hash = $1";
  private static final String USE =
      "UPDATE oauth_tokens SET used_at = $1 WHERE hash = $2 AND used_at IS NULL";
  private static final String FORGET_TOKENS =
      "DELETE FROM oauth_tokens WHERE grant_id = $1 AND expires_at < $2";
  private static final String PROLONG = "UPDATE oauth_grants SET expires_at = $1 WHERE id = $2";
  private static final String REVOKE = "DELETE FROM oauth_grants WHERE id = $1";
  private static final String REVOKE_TOKEN =
      "INSERT INTO oauth_revoked_tokens (id, ends_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";

  private final Engine engine;

  SqlGrantRegistry(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Void> add(OAuthGrant grant) {
    return engine.write(grant.user().value(), session -> keep(session, grant));
  }

  @Override
  public Future<Void> add(OAuthGrant grant, OAuthToken code) {
    return engine.write(
        grant.user().value(), session -> keep(session, grant).compose(kept -> keep(session, code)));
  }

  private static Future<Void> keep(Session session, OAuthGrant grant) {
    return session
        .change(FORGET_GRANTS, grant.createdAt())
        .compose(done -> session.change(FORGET_REVOKED, grant.createdAt()))
        .compose(done -> session.change(MAKE_ROOM, grant.user().value(), PER_USER - 1L))
        .compose(
            done ->
                session.change(
                    INSERT,
                    grant.id(),
                    grant.application(),
                    grant.user().value(),
                    Scope.text(grant.scopes()),
                    grant.signedInAt(),
                    grant.createdAt(),
                    grant.expiresAt()))
        .mapEmpty();
  }

  private static Future<Void> keep(Session session, OAuthToken token) {
    return session
        .change(
            INSERT_TOKEN,
            token.hash(),
            token.grant(),
            token.request().map(CodeRequest::redirectUri),
            token.request().map(CodeRequest::challenge),
            token.request().flatMap(CodeRequest::nonce),
            token.createdAt(),
            token.expiresAt(),
            token.usedAt())
        .mapEmpty();
  }

  @Override
  public Future<Optional<OAuthGrant>> find(UUID id) {
    return engine.read(session -> session.first(FIND, SqlGrantRegistry::read, id));
  }

  @Override
  public Future<Optional<OAuthGrant>> standing(UUID id, String accessToken) {
    return engine.read(session -> session.first(STANDING, SqlGrantRegistry::read, id, accessToken));
  }

  @Override
  public Future<List<OAuthGrant>> ofUser(UserId user) {
    return engine.read(session -> session.list(OF_USER, SqlGrantRegistry::read, user.value()));
  }

  @Override
  public Future<List<OAuthGrant>> ofApplication(long application, int limit) {
    return engine.read(
        session -> session.list(OF_APPLICATION, SqlGrantRegistry::read, application, (long) limit));
  }

  @Override
  public Future<Optional<OAuthToken>> findToken(String hash) {
    return engine.read(session -> session.first(FIND_TOKEN, SqlGrantRegistry::readToken, hash));
  }

  @Override
  public Future<Boolean> exchange(String hash, OAuthToken next) {
    return engine.write(
        next.grant().hashCode(),
        session ->
            session
                .change(USE, next.createdAt(), hash)
                .compose(
                    used ->
                        used == 0
                            ? Future.succeededFuture(false)
                            : keep(session, next)
                                .compose(
                                    kept ->
                                        session.change(
                                            FORGET_TOKENS, next.grant(), next.createdAt()))
                                .compose(
                                    done -> session.change(PROLONG, next.expiresAt(), next.grant()))
                                .map(true)));
  }

  @Override
  public Future<Void> revoke(UUID id) {
    return engine.writeAlone(id.hashCode(), session -> session.change(REVOKE, id)).mapEmpty();
  }

  @Override
  public Future<Void> revokeAccessToken(String accessToken, Instant until) {
    return engine
        .writeAlone(
            accessToken.hashCode(), session -> session.change(REVOKE_TOKEN, accessToken, until))
        .mapEmpty();
  }

  private static OAuthGrant read(Row row) {
    return new OAuthGrant(
        row.uuid("id"),
        row.number("application_id"),
        new UserId(row.number("user_id")),
        Scope.known(row.text("scopes")),
        row.time("signed_in_at"),
        row.time("created_at"),
        row.time("expires_at"));
  }

  private static OAuthToken readToken(Row row) {
    return new OAuthToken(
        row.text("hash"),
        row.uuid("grant_id"),
        row.optionalText("redirect_uri")
            .map(uri -> new CodeRequest(uri, row.text("challenge"), row.optionalText("nonce"))),
        row.time("created_at"),
        row.time("expires_at"),
        row.optionalTime("used_at"));
  }
}
