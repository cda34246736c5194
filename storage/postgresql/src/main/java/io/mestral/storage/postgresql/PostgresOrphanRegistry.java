package io.mestral.storage.postgresql;

import io.mestral.storage.Conflict;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.Network;
import io.mestral.storage.Orphan;
import io.mestral.storage.OrphanRegistry;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.postgresql.client.Values;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

final class PostgresOrphanRegistry implements OrphanRegistry {
  private static final String SELECT = "SELECT " + OrphanRow.ALL + " FROM orphans ";
  private static final String RETURNING = " RETURNING " + OrphanRow.ALL;
  private static final String TOKEN_OF_DEVICE =
      "SELECT count(*) AS n FROM devices WHERE token_hash = $1";
  private static final String INSERT =
      "INSERT INTO orphans ("
          + OrphanRow.COLUMNS
          + ", session, token_hash, token_cipher, handshake, created_at, network) VALUES ("
          + Values.places(OrphanRow.COLUMN_COUNT + 6)
          + ")"
          + RETURNING;
  private static final String MAKE_ROOM =
      """
      DELETE FROM orphans WHERE id IN (
        SELECT id FROM orphans
        WHERE network = (
          SELECT network FROM orphans
          GROUP BY network ORDER BY count(*) DESC, min(updated_at) LIMIT 1)
        AND (held_bytes = 0 OR
      """
          + HeldMessages.NOT_REGISTERED
          + """
        ) ORDER BY updated_at LIMIT greatest((SELECT count(*) FROM orphans) - $1, 0))
      """;
  private static final String REMOVE_OLD =
      "DELETE FROM orphans WHERE updated_at < $1 AND (held_bytes = 0 OR "
          + HeldMessages.NOT_REGISTERED
          + ")";
  private static final String FIND = SELECT + "WHERE session = $1";
  private static final String FIND_TO_CHANGE = FIND + " FOR UPDATE";
  private static final String UPDATE =
      "UPDATE orphans SET ("
          + OrphanRow.COLUMNS
          + ") = ("
          + Values.places(OrphanRow.COLUMN_COUNT)
          + ") WHERE id = $"
          + (OrphanRow.COLUMN_COUNT + 1)
          + RETURNING;
  private static final String FIND_BY_TOKEN = SELECT + "WHERE token_hash = $1";
  private static final String SHAKE =
      "UPDATE orphans SET handshake = TRUE, updated_at = $1 WHERE token_hash = $2" + RETURNING;
  private static final String TO_REPLAY =
      SELECT
          + """
          JOIN devices
            ON devices.token_hash = orphans.token_hash AND devices.workflow_state = 'active'
          WHERE orphans.held_bytes > 0 LIMIT $1
          """;

  /** What concerns all orphans together. */
  private static final long ALL_OF_THEM = 0;

  private final Server server;
  private final HeldMessages messages = new HeldMessages();

  PostgresOrphanRegistry(Server server) {
    this.server = server;
  }

  @Override
  public Future<Orphan> add(Orphan draft, Network from) {
    return server.write(
        ALL_OF_THEM,
        session ->
            session
                .first(TOKEN_OF_DEVICE, row -> row.number("n"), draft.token().hash())
                .compose(
                    taken ->
                        insert(session, OrphanRow.newValues(draft, from), taken.orElseThrow() > 0))
                .compose(added -> session.change(MAKE_ROOM, (long) KEPT).map(added)));
  }

  private static Future<Orphan> insert(Session session, Object[] values, boolean taken) {
    return taken
        ? Future.failedFuture(new Conflict("device_token"))
        : session.first(INSERT, OrphanRow::read, values).map(Optional::orElseThrow);
  }

  @Override
  public Future<Optional<Orphan>> find(UUID session) {
    return server.read(sql -> sql.first(FIND, OrphanRow::read, session));
  }

  @Override
  public Future<Orphan> update(UUID session, UnaryOperator<Orphan> change) {
    return server.write(
        session.hashCode(),
        sql ->
            sql.first(FIND_TO_CHANGE, OrphanRow::read, session)
                .map(found -> found.orElseThrow(Missing.orphan()))
                .compose(now -> replace(sql, now.id(), change.apply(now))));
  }

  private static Future<Orphan> replace(Session session, long id, Orphan changed) {
    return session
        .first(UPDATE, OrphanRow::read, OrphanRow.values(changed, id))
        .map(Optional::orElseThrow);
  }

  /** Reads first: only the first message of an orphan is worth a write. */
  @Override
  public Future<Optional<Orphan>> handshake(String tokenHash, Instant now) {
    return server
        .read(session -> session.first(FIND_BY_TOKEN, OrphanRow::read, tokenHash))
        .compose(
            found ->
                found.isEmpty() || found.get().handshake()
                    ? Future.succeededFuture(found)
                    : shake(found.get().id(), tokenHash, now));
  }

  private Future<Optional<Orphan>> shake(long orphan, String tokenHash, Instant now) {
    return server.writeAlone(
        orphan, session -> session.first(SHAKE, OrphanRow::read, now, tokenHash));
  }

  @Override
  public Future<Void> hold(long orphan, HeldMessage message) {
    return server.write(orphan, session -> messages.hold(session, orphan, message));
  }

  @Override
  public Future<List<HeldMessage>> held(long orphan, long after, int limit) {
    return server.read(session -> messages.list(session, orphan, after, limit));
  }

  @Override
  public Future<Void> forget(long orphan, long upTo) {
    return server.write(orphan, session -> messages.forget(session, orphan, upTo));
  }

  @Override
  public Future<List<Orphan>> toReplay(int limit) {
    return server.read(session -> session.list(TO_REPLAY, OrphanRow::read, (long) limit));
  }

  @Override
  public Future<Integer> sweep(Instant untouchedSince, Instant arrivedBefore) {
    return server.write(
        ALL_OF_THEM,
        session ->
            session
                .change(REMOVE_OLD, untouchedSince)
                .compose(removed -> messages.forgetBefore(session, arrivedBefore).map(removed)));
  }
}
