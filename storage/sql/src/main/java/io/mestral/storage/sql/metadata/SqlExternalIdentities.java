package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.storage.ExternalIdentities;
import io.mestral.storage.sql.Engine;
import io.vertx.core.Future;
import java.util.Optional;

final class SqlExternalIdentities implements ExternalIdentities {
  private static final String FIND =
      """
      SELECT user_id FROM external_identities
      JOIN users ON users.id = external_identities.user_id AND users.workflow_state = 'active'
      WHERE issuer = $1 AND subject = $2
      """;
  private static final String LINK =
      """
      INSERT INTO external_identities (issuer, subject, user_id) VALUES ($1, $2, $3)
      ON CONFLICT (issuer, subject) DO UPDATE SET user_id = excluded.user_id
      """;

  private final Engine engine;

  SqlExternalIdentities(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Optional<UserId>> find(Identity identity) {
    return engine.read(
        session ->
            session.first(
                FIND,
                row -> new UserId(row.number("user_id")),
                identity.issuer(),
                identity.subject()));
  }

  @Override
  public Future<Void> link(Identity identity, UserId user) {
    return engine
        .writeAlone(
            user.value(),
            session -> session.change(LINK, identity.issuer(), identity.subject(), user.value()))
        .mapEmpty();
  }
}
