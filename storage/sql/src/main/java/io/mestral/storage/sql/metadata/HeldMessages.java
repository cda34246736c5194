package io.mestral.storage.sql.metadata;

import static io.mestral.storage.OrphanRegistry.HELD_BYTES;
import static io.mestral.storage.OrphanRegistry.HELD_BYTES_IN_ALL;
import static io.mestral.storage.OrphanRegistry.HELD_BYTES_OF_A_NETWORK;
import static io.mestral.storage.OrphanRegistry.HELD_MESSAGES;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.HeldMessage.Kind;
import io.mestral.storage.Steps;
import io.mestral.storage.sql.Dialect;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What orphans sent, oldest first. Each orphan's row says how many bytes that is, so that the sum
 * over all of them is at hand; several that hold at once can pass the bound in all by what they
 * hold just then.
 */
final class HeldMessages {
  /** Of an orphan: no device has its token, so what is held of it is due to nobody. */
  static final String NOT_REGISTERED =
      """
      NOT EXISTS (
        SELECT 1 FROM devices
        WHERE devices.token_hash = orphans.token_hash AND devices.workflow_state = 'active')
      """;

  private static final String ORPHAN = "SELECT id FROM orphans WHERE id = $1";
  private static final String GROW =
      "UPDATE orphans SET held_bytes = held_bytes + $2 WHERE id = $1 RETURNING held_bytes AS n";
  private static final String SHRINK =
      "UPDATE orphans SET held_bytes = held_bytes - $2 WHERE id = $1";
  private static final String TOTAL =
      """
      SELECT CAST(coalesce(sum(held_bytes), 0) AS BIGINT) AS n FROM orphans WHERE held_bytes > 0
      """;
  private static final String OF_ITS_NETWORK =
      """
      SELECT CAST(coalesce(sum(held_bytes), 0) AS BIGINT) AS n FROM orphans
      WHERE network = (SELECT network FROM orphans WHERE id = $1)
      """;
  private static final String TO_MAKE_ROOM =
      """
      SELECT id FROM orphans
      WHERE held_bytes > 0 AND network = (
        SELECT network FROM orphans WHERE held_bytes > 0
        GROUP BY network HAVING sum(held_bytes) > $1 ORDER BY sum(held_bytes) DESC LIMIT 1)
      AND
      """
          + NOT_REGISTERED
          + " ORDER BY held_bytes DESC LIMIT 1";
  private static final String ADD =
      "INSERT INTO held_messages (orphan_id, kind, payload, arrived_at) VALUES ($1, $2, $3, $4)";
  private static final String WEIGHED = " RETURNING orphan_id, length(payload) AS bytes";
  private static final String TRIM_NUMBER =
      """
      DELETE FROM held_messages WHERE orphan_id = $1 AND id <= (
        SELECT id FROM held_messages WHERE orphan_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
      """
          + WEIGHED;
  private static final String TRIM_BYTES =
      """
      DELETE FROM held_messages WHERE orphan_id = $1 AND id <= (
        SELECT max(id) FROM (
          SELECT id, sum(length(payload)) OVER (ORDER BY id DESC) AS bytes
          FROM held_messages WHERE orphan_id = $1) AS held
        WHERE bytes > $2)
      """
          + WEIGHED;
  private static final String FORGET =
      "DELETE FROM held_messages WHERE orphan_id = $1 AND id <= $2" + WEIGHED;
  private static final String FORGET_BEFORE =
      """
      DELETE FROM held_messages WHERE arrived_at < $1 AND EXISTS (
        SELECT 1 FROM orphans WHERE orphans.id = orphan_id AND
      """
          + NOT_REGISTERED
          + ")"
          + WEIGHED;
  private static final String LIST =
      """
      SELECT id, kind, payload, arrived_at FROM held_messages
      WHERE orphan_id = $1 AND id > $2 ORDER BY id LIMIT $3
      """;

  private final String lock;

  HeldMessages(Dialect dialect) {
    lock = ORPHAN + dialect.toChange();
  }

  Future<Void> hold(Session session, long orphan, HeldMessage message) {
    long bytes = message.payload().length();
    if (bytes > HELD_BYTES)
      return Future.failedFuture(
          new RefusedException(
              Refusal.TOO_LARGE,
              "of a device that is not registered at most " + HELD_BYTES + " bytes"));
    String kind = message.kind().name().toLowerCase(Locale.ROOT);
    return session
        .first(GROW, row -> row.number("n"), orphan, bytes)
        .map(grown -> grown.orElseThrow(Missing.orphan()))
        .compose(held -> makeRoom(session, orphan).map(held))
        .compose(
            held ->
                session
                    .change(ADD, orphan, kind, message.payload().getBytes(), message.arrivedAt())
                    .compose(added -> trim(session, orphan, held)));
  }

  /** The message counts already. */
  private Future<Void> makeRoom(Session session, long orphan) {
    return Steps.until(
        () ->
            session
                .number(TOTAL)
                .compose(
                    all ->
                        all <= HELD_BYTES_IN_ALL
                            ? Future.succeededFuture(true)
                            : push(session, orphan).map(false)));
  }

  /** Forgets what is held of the orphan that most is held of, of a network that has too much. */
  private Future<Void> push(Session session, long orphan) {
    return session
        .number(OF_ITS_NETWORK, orphan)
        .compose(
            own ->
                own <= HELD_BYTES_OF_A_NETWORK
                    ? session.first(TO_MAKE_ROOM, row -> row.number("id"), HELD_BYTES_OF_A_NETWORK)
                    : Future.succeededFuture(Optional.<Long>empty()))
        .compose(
            pushed -> {
              if (pushed.isEmpty())
                throw new RefusedException(
                    Refusal.QUOTA_EXCEEDED, "too much is held for devices that are not registered");
              return forget(session, pushed.get(), Long.MAX_VALUE);
            });
  }

  private static Future<Void> trim(Session session, long orphan, long held) {
    return remove(session, TRIM_NUMBER, orphan, (long) HELD_MESSAGES)
        .compose(
            removed ->
                held > HELD_BYTES
                    ? remove(session, TRIM_BYTES, orphan, (long) HELD_BYTES)
                    : Future.succeededFuture());
  }

  Future<List<HeldMessage>> list(Session session, long orphan, long after, int limit) {
    return session.list(LIST, HeldMessages::read, orphan, after, (long) limit);
  }

  /** Takes the orphan first and its messages then, as who holds one does: else they would clash. */
  Future<Void> forget(Session session, long orphan, long upTo) {
    return session
        .list(lock, row -> row.number("id"), orphan)
        .compose(locked -> remove(session, FORGET, orphan, upTo));
  }

  Future<Void> forgetBefore(Session session, Instant arrival) {
    return remove(session, FORGET_BEFORE, arrival);
  }

  /** What one removed nobody else did: so the rows' bytes stay right, whoever else is at work. */
  private static Future<Void> remove(Session session, String sql, Object... arguments) {
    return session.list(sql, Removed::read, arguments).compose(gone -> shrink(session, gone));
  }

  private static Future<Void> shrink(Session session, List<Removed> gone) {
    if (gone.isEmpty()) return Future.succeededFuture();
    Map<Long, Long> bytes = new TreeMap<>();
    for (Removed one : gone) bytes.merge(one.orphan(), one.bytes(), Long::sum);
    return session.changeAll(
        SHRINK,
        bytes.entrySet().stream().map(of -> new Object[] {of.getKey(), of.getValue()}).toList());
  }

  private record Removed(long orphan, long bytes) {
    static Removed read(Row row) {
      return new Removed(row.number("orphan_id"), row.number("bytes"));
    }
  }

  private static HeldMessage read(Row row) {
    return new HeldMessage(
        row.number("id"),
        Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
        Buffer.buffer(row.bytes("payload")),
        row.time("arrived_at"));
  }
}
