package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.User;
import io.mestral.storage.Invitation;
import io.mestral.storage.Invitations;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

final class SqlInvitations implements Invitations {
  private static final String COLUMNS = "id, hash, made_by, created_at, expires_at, used_by";
  private static final String SIZE = "SELECT count(*) AS n FROM invitations";

  /** Of those that are of no use any more the one that was made first. */
  private static final String MAKE_ROOM =
      """
      DELETE FROM invitations WHERE id =
        (SELECT min(id) FROM invitations WHERE used_by IS NOT NULL OR expires_at < $1)
      """;

  private static final String ADD =
      """
      INSERT INTO invitations (hash, made_by, created_at, expires_at) VALUES ($1, $2, $3, $4)
      RETURNING\s\
      """
          + COLUMNS;
  private static final String LIST =
      "SELECT " + COLUMNS + " FROM invitations ORDER BY id DESC LIMIT $1 OFFSET $2";
  private static final String REMOVE = "DELETE FROM invitations WHERE id = $1 AND used_by IS NULL";
  private static final String VALID =
      "SELECT "
          + COLUMNS
          + " FROM invitations WHERE hash = $1 AND used_by IS NULL AND expires_at > $2";
  private static final String SPEND = "UPDATE invitations SET used_by = $1 WHERE id = $2";

  private final Engine engine;
  private final String validToChange;

  SqlInvitations(Engine engine) {
    this.engine = engine;
    validToChange = VALID + engine.dialect().toChange();
  }

  @Override
  public Future<Invitation> add(Invitation draft) {
    return engine.write(
        draft.madeBy().value(),
        session ->
            room(session, draft.createdAt())
                .compose(
                    room ->
                        session.first(
                            ADD,
                            SqlInvitations::read,
                            draft.hash(),
                            draft.madeBy().value(),
                            draft.createdAt(),
                            draft.expiresAt()))
                .map(Optional::orElseThrow));
  }

  private static Future<Void> room(Session session, Instant now) {
    return session
        .number(SIZE)
        .compose(size -> size < KEPT ? Future.succeededFuture(1) : session.change(MAKE_ROOM, now))
        .map(
            room -> {
              if (room == 0)
                throw new RefusedException(Refusal.QUOTA_EXCEEDED, "too many invitations wait");
              return null;
            });
  }

  @Override
  public Future<Page<Invitation>> list(Paging paging) {
    return engine.read(
        session ->
            session
                .list(LIST, SqlInvitations::read, (long) paging.size(), paging.offset())
                .compose(items -> session.number(SIZE).map(total -> new Page<>(items, total))));
  }

  @Override
  public Future<Boolean> remove(long id) {
    return engine.writeAlone(id, session -> session.change(REMOVE, id)).map(gone -> gone > 0);
  }

  @Override
  public Future<Optional<User>> redeem(String hash, User draft, String passwordHash, Instant now) {
    return engine.write(
        hash.hashCode(),
        session ->
            session
                .first(validToChange, SqlInvitations::read, hash, now)
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : SqlUserRegistry.insert(session, draft, passwordHash)
                                .compose(
                                    user ->
                                        session
                                            .change(SPEND, user.id().value(), found.get().id())
                                            .map(spent -> Optional.of(user)))));
  }

  private static Invitation read(Row row) {
    Optional<UserId> usedBy =
        row.lacks("used_by") ? Optional.empty() : Optional.of(new UserId(row.number("used_by")));
    return new Invitation(
        row.number("id"),
        row.text("hash"),
        new UserId(row.number("made_by")),
        row.time("created_at"),
        row.time("expires_at"),
        usedBy);
  }
}
