package io.mestral.storage.embedded.metadata;

import io.mestral.storage.Conflict;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.Network;
import io.mestral.storage.Orphan;
import io.mestral.storage.OrphanRegistry;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

final class SqliteOrphanRegistry implements OrphanRegistry {
  private static final String TOKEN_OF_DEVICE =
      "SELECT count(*) AS n FROM devices WHERE token_hash = ?";
  private static final String INSERT =
      "INSERT INTO orphans ("
          + OrphanRow.COLUMNS
          + ", session, token_hash, token_cipher, handshake, created_at, network)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *";
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
          + ") ORDER BY updated_at LIMIT ?";
  private static final String UNTOUCHED_SINCE =
      "SELECT id FROM orphans WHERE updated_at < ? AND (held_bytes = 0 OR "
          + HeldMessages.NOT_REGISTERED
          + ")";
  private static final String REMOVE = "DELETE FROM orphans WHERE id = ?";
  private static final String FIND = "SELECT * FROM orphans WHERE session = ?";
  private static final String UPDATE =
      "UPDATE orphans SET ("
          + OrphanRow.COLUMNS
          + ") = (?, ?, ?, ?, ?, ?, ?) WHERE id = ? RETURNING *";
  private static final String FIND_BY_TOKEN = "SELECT * FROM orphans WHERE token_hash = ?";
  private static final String SHAKE =
      "UPDATE orphans SET handshake = 1, updated_at = ? WHERE token_hash = ? RETURNING *";
  private static final String TO_REPLAY =
      """
      SELECT orphans.* FROM orphans
      JOIN devices ON devices.token_hash = orphans.token_hash AND devices.workflow_state = 'active'
      WHERE orphans.held_bytes > 0 LIMIT ?
      """;

  private final Database database;
  private final HeldMessages messages = new HeldMessages();

  SqliteOrphanRegistry(Database database) {
    this.database = database;
  }

  @Override
  public Future<Orphan> add(Orphan draft, Network from) {
    return database.write(
        session -> {
          if (session.number(TOKEN_OF_DEVICE, draft.token().hash()) > 0)
            throw new Conflict("device_token");
          Object[] values = OrphanRow.newValues(draft, from);
          Orphan added = session.first(INSERT, OrphanRow::read, values).orElseThrow();
          long tooMany = session.number(COUNT) - KEPT;
          if (tooMany > 0)
            for (long id : session.list(TO_MAKE_ROOM, row -> row.number("id"), tooMany)) {
              messages.forgetAll(session, id);
              session.change(REMOVE, id);
            }
          return added;
        });
  }

  @Override
  public Future<Optional<Orphan>> find(UUID session) {
    return database.read(sql -> sql.first(FIND, OrphanRow::read, session));
  }

  @Override
  public Future<Orphan> update(UUID session, UnaryOperator<Orphan> change) {
    return database.write(
        sql -> {
          Orphan now = sql.first(FIND, OrphanRow::read, session).orElseThrow(Missing.orphan());
          return sql.first(UPDATE, OrphanRow::read, OrphanRow.values(change.apply(now), now.id()))
              .orElseThrow(Missing.orphan());
        });
  }

  /** Reads first: only the first message of an orphan is worth a write. */
  @Override
  public Future<Optional<Orphan>> handshake(String tokenHash, Instant now) {
    return database
        .read(session -> session.first(FIND_BY_TOKEN, OrphanRow::read, tokenHash))
        .compose(
            found ->
                found.isEmpty() || found.get().handshake()
                    ? Future.succeededFuture(found)
                    : database.write(
                        session -> session.first(SHAKE, OrphanRow::read, now, tokenHash)));
  }

  @Override
  public Future<Void> hold(long orphan, HeldMessage message) {
    return database.write(
        session -> {
          messages.hold(session, orphan, message);
          return null;
        });
  }

  @Override
  public Future<List<HeldMessage>> held(long orphan, long after, int limit) {
    return database.read(session -> messages.list(session, orphan, after, limit));
  }

  @Override
  public Future<Void> forget(long orphan, long upTo) {
    return database.write(
        session -> {
          messages.forget(session, orphan, upTo);
          return null;
        });
  }

  @Override
  public Future<List<Orphan>> toReplay(int limit) {
    return database.read(session -> session.list(TO_REPLAY, OrphanRow::read, limit));
  }

  @Override
  public Future<Integer> sweep(Instant untouchedSince, Instant arrivedBefore) {
    return database.write(
        session -> {
          List<Long> old = session.list(UNTOUCHED_SINCE, row -> row.number("id"), untouchedSince);
          for (long id : old) {
            messages.forgetAll(session, id);
            session.change(REMOVE, id);
          }
          messages.forgetBefore(session, arrivedBefore);
          return old.size();
        });
  }
}
