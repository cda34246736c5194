package io.mestral.storage.sql.metadata;

import io.mestral.model.GatewayId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Gateway;
import io.mestral.storage.GatewayRegistry;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class SqlGatewayRegistry implements GatewayRegistry {
  private static final String ALL = "id, name, iri, owner_id, created_at, updated_at";
  private static final String SELECT = "SELECT " + ALL + " FROM gateways ";
  private static final String INSERT =
      "INSERT INTO gateways (name, iri, owner_id, token_hash, created_at, updated_at)"
          + " VALUES ($1, $2, $3, $4, $5, $6) RETURNING "
          + ALL;
  private static final String OWNER_IS_THERE =
      " AND EXISTS (SELECT 1 FROM users WHERE users.id = owner_id AND workflow_state = 'active')";
  private static final String BY_NAME = SELECT + "WHERE name = $1" + OWNER_IS_THERE;
  private static final String BY_TOKEN = SELECT + "WHERE token_hash = $1" + OWNER_IS_THERE;
  private static final String OF_OWNER =
      SELECT + "WHERE owner_id = $1" + OWNER_IS_THERE + " ORDER BY id";
  private static final String PAGE =
      SELECT + "WHERE gateways.id > $1" + OWNER_IS_THERE + " ORDER BY gateways.id LIMIT $2";
  private static final String REPLACE =
      "UPDATE gateways SET token_hash = $1, updated_at = $2 WHERE id = $3";
  private static final String REMOVE = "DELETE FROM gateways WHERE id = $1";

  private final Engine engine;

  SqlGatewayRegistry(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Gateway> add(Gateway draft, String tokenHash) {
    return engine
        .writeAlone(
            draft.name().hashCode(),
            session ->
                session.first(
                    INSERT,
                    SqlGatewayRegistry::read,
                    draft.name(),
                    draft.iri(),
                    draft.owner().value(),
                    tokenHash,
                    draft.createdAt(),
                    draft.updatedAt()))
        .map(Optional::orElseThrow);
  }

  @Override
  public Future<Optional<Gateway>> find(String name) {
    return engine.read(session -> session.first(BY_NAME, SqlGatewayRegistry::read, name));
  }

  @Override
  public Future<Optional<Gateway>> findByToken(String tokenHash) {
    return engine.read(session -> session.first(BY_TOKEN, SqlGatewayRegistry::read, tokenHash));
  }

  @Override
  public Future<List<Gateway>> ownedBy(UserId owner) {
    return engine.read(session -> session.list(OF_OWNER, SqlGatewayRegistry::read, owner.value()));
  }

  @Override
  public Future<List<Gateway>> page(long after, int limit) {
    return engine.read(
        session -> session.list(PAGE, SqlGatewayRegistry::read, after, (long) limit));
  }

  @Override
  public Future<Boolean> replaceToken(GatewayId id, String tokenHash, Instant now) {
    return engine
        .writeAlone(id.value(), session -> session.change(REPLACE, tokenHash, now, id.value()))
        .map(rows -> rows > 0);
  }

  @Override
  public Future<Boolean> remove(GatewayId id) {
    return engine
        .writeAlone(id.value(), session -> session.change(REMOVE, id.value()))
        .map(rows -> rows > 0);
  }

  private static Gateway read(Row row) {
    return new Gateway(
        new GatewayId(row.number("id")),
        row.text("name"),
        row.text("iri"),
        new UserId(row.number("owner_id")),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
