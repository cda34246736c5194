package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.ExternalIdentities;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
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
  private static final String OF =
      "SELECT issuer, subject FROM external_identities WHERE user_id = $1";
  private static final String UNLINK =
      "DELETE FROM external_identities WHERE issuer = $1 AND subject = $2 AND user_id = $3";
  private static final String UNLINK_ALL = "DELETE FROM external_identities WHERE user_id = $1";

  private static final Comparator<Identity> BY_NAME =
      Comparator.comparing(Identity::issuer).thenComparing(Identity::subject);

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
  public Future<List<Identity>> of(UserId user) {
    return engine
        .read(
            session ->
                session.list(
                    OF, row -> new Identity(row.text("issuer"), row.text("subject")), user.value()))
        .map(identities -> identities.stream().sorted(BY_NAME).toList());
  }

  @Override
  public Future<Void> link(Identity identity, UserId user) {
    return engine.writeAlone(user.value(), session -> link(session, identity, user)).mapEmpty();
  }

  private static Future<Integer> link(Session session, Identity identity, UserId user) {
    return session.change(LINK, identity.issuer(), identity.subject(), user.value());
  }

  @Override
  public Future<User> add(Identity identity, User draft, String passwordHash) {
    return engine.write(
        draft.uuid().hashCode(),
        session ->
            SqlUserRegistry.insert(session, draft, passwordHash)
                .compose(user -> link(session, identity, user.id()).map(user)));
  }

  @Override
  public Future<Boolean> unlink(Identity identity, UserId user) {
    return engine
        .writeAlone(
            user.value(),
            session -> session.change(UNLINK, identity.issuer(), identity.subject(), user.value()))
        .map(changed -> changed > 0);
  }

  /** Part of another unit: nobody from elsewhere is this user any more. */
  static Future<?> unlinkAll(Session session, UserId user) {
    return session.change(UNLINK_ALL, user.value());
  }
}
