package io.mestral.storage.sql.metadata;

import io.mestral.storage.Conflict;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.Network;
import io.mestral.storage.Orphan;
import io.mestral.storage.OrphanRegistry;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

final class SqlOrphanRegistry implements OrphanRegistry {
  private static final String SELECT = "SELECT " + OrphanRow.ALL + " FROM orphans ";
  private static final String RETURNING = " RETURNING " + OrphanRow.ALL;
  private static final String TOKEN_OF_DEVICE =
      "SELECT count(*) AS n FROM devices WHERE token_hash = $1";
  private static final String INSERT =
      "INSERT INTO orphans ("
          + OrphanRow.COLUMNS
          + ", session, token_hash, token_cipher, handshake, created_at, network) VALUES ("
          + Arguments.places(OrphanRow.COLUMN_COUNT + 6)
          + ")"
          + RETURNING;
  private static final String COUNT = "SELECT count(*) AS n FROM orphans";
  private static final String TO_MAKE_ROOM =
      """
      SELECT id FROM orphans
      WHERE network = (
        SELECT network FROM orphans
        GROUP BY network ORDER BY count(*) DESC, min(updated_at) LIMIT 1)
      AND (held_bytes = 0 OR
      """
          + HeldMessages.NOT_REGISTERED
          + ") ORDER BY updated_at LIMIT $1";
  private static final String UNTOUCHED_SINCE =
      "SELECT id FROM orphans WHERE updated_at < $1 AND (held_bytes = 0 OR "
          + HeldMessages.NOT_REGISTERED
          + ")";
  private static final String REMOVE_HELD = "DELETE FROM held_messages WHERE orphan_id = $1";
  private static final String REMOVE = "DELETE FROM orphans WHERE id = $1";
  private static final String FIND = SELECT + "WHERE session = $1";
  private static final String UPDATE =
      "UPDATE orphans SET ("
          + OrphanRow.COLUMNS
          + ") = ("
          + Arguments.places(OrphanRow.COLUMN_COUNT)
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

  private final Engine engine;
  private final HeldMessages messages;
  private final String findToChange;
  private final String toMakeRoom;
  private final String untouched;

  SqlOrphanRegistry(Engine engine) {
    this.engine = engine;
    messages = new HeldMessages(engine.dialect());
    findToChange = FIND + engine.dialect().toChange();
    toMakeRoom = TO_MAKE_ROOM + engine.dialect().toChange();
    untouched = UNTOUCHED_SINCE + engine.dialect().toChange();
  }

  @Override
  public Future<Orphan> add(Orphan draft, Network from) {
    return engine.write(
        ALL_OF_THEM,
        session ->
            session
                .number(TOKEN_OF_DEVICE, draft.token().hash())
                .compose(taken -> insert(session, OrphanRow.newValues(draft, from), taken > 0))
                .compose(added -> makeRoom(session).map(added)));
  }

  private static Future<Orphan> insert(Session session, Object[] values, boolean taken) {
    return taken
        ? Future.failedFuture(new Conflict("device_token"))
        : session.first(INSERT, OrphanRow::read, values).map(Optional::orElseThrow);
  }

  private Future<Integer> makeRoom(Session session) {
    return session
        .number(COUNT)
        .compose(
            kept ->
                kept <= KEPT
                    ? Future.succeededFuture(0)
                    : remove(session, toMakeRoom, kept - KEPT));
  }

  /** They are locked first, so that nobody touches one of them meanwhile. */
  private static Future<Integer> remove(Session session, String which, Object argument) {
    return session
        .list(which, row -> new Object[] {row.number("id")}, argument)
        .compose(
            ids ->
                session
                    .changeAll(REMOVE_HELD, ids)
                    .compose(emptied -> session.changeAll(REMOVE, ids))
                    .map(ids.size()));
  }

  @Override
  public Future<Optional<Orphan>> find(UUID session) {
    return engine.read(sql -> sql.first(FIND, OrphanRow::read, session));
  }

  @Override
  public Future<Orphan> update(UUID session, UnaryOperator<Orphan> change) {
    return engine.write(
        session.hashCode(),
        sql ->
            sql.first(findToChange, OrphanRow::read, session)
                .map(found -> found.orElseThrow(Missing.orphan()))
                .compose(now -> replace(sql, now.id(), change.apply(now))));
  }

  private static Future<Orphan> replace(Session session, long id, Orphan changed) {
    return session
        .first(UPDATE, OrphanRow::read, OrphanRow.values(changed, id))
        .map(Optional::orElseThrow);
  }

  @Override
  public Future<Optional<Orphan>> findByToken(String tokenHash) {
    return engine.read(session -> session.first(FIND_BY_TOKEN, OrphanRow::read, tokenHash));
  }

  /** Reads first: only the first message of an orphan is worth a write. */
  @Override
  public Future<Optional<Orphan>> handshake(String tokenHash, Instant now) {
    return findByToken(tokenHash)
        .compose(
            found ->
                found.isEmpty() || found.get().handshake()
                    ? Future.succeededFuture(found)
                    : shake(found.get().id(), tokenHash, now));
  }

  private Future<Optional<Orphan>> shake(long orphan, String tokenHash, Instant now) {
    return engine.writeAlone(
        orphan, session -> session.first(SHAKE, OrphanRow::read, now, tokenHash));
  }

  @Override
  public Future<Void> hold(long orphan, HeldMessage message) {
    return engine.write(orphan, session -> messages.hold(session, orphan, message));
  }

  @Override
  public Future<List<HeldMessage>> held(long orphan, long after, int limit) {
    return engine.read(session -> messages.list(session, orphan, after, limit));
  }

  @Override
  public Future<Void> forget(long orphan, long upTo) {
    return engine.write(orphan, session -> messages.forget(session, orphan, upTo));
  }

  @Override
  public Future<List<Orphan>> toReplay(int limit) {
    return engine.read(session -> session.list(TO_REPLAY, OrphanRow::read, (long) limit));
  }

  @Override
  public Future<Integer> sweep(Instant untouchedSince, Instant arrivedBefore) {
    return engine.write(
        ALL_OF_THEM,
        session ->
            remove(session, untouched, untouchedSince)
                .compose(removed -> messages.forgetBefore(session, arrivedBefore).map(removed)));
  }
}
