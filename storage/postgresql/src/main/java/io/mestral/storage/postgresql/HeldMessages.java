package io.mestral.storage.postgresql;

import static io.mestral.storage.OrphanRegistry.HELD_BYTES;
import static io.mestral.storage.OrphanRegistry.HELD_BYTES_IN_ALL;
import static io.mestral.storage.OrphanRegistry.HELD_BYTES_OF_A_NETWORK;
import static io.mestral.storage.OrphanRegistry.HELD_MESSAGES;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.HeldMessage.Kind;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What orphans sent, oldest first. Each orphan's row says how many messages and bytes that is, so
 * that the sum over all of them is at hand; several that hold at once can pass the bound in all by
 * what they hold just then.
 */
final class HeldMessages {
  /** Of an orphan: no device has its token, so what is held of it is due to nobody. */
  static final String NOT_REGISTERED =
      """
      NOT EXISTS (
        SELECT 1 FROM devices
        WHERE devices.token_hash = orphans.token_hash AND devices.workflow_state = 'active')
      """;

  private static final String GROW =
      """
      UPDATE orphans SET held_number = held_number + 1, held_bytes = held_bytes + $2 WHERE id = $1
      RETURNING held_number, held_bytes,
        (SELECT coalesce(sum(held_bytes), 0)::bigint FROM orphans WHERE held_bytes > 0) AS before
      """;
  private static final String TOTAL =
      """
      SELECT coalesce(sum(held_bytes), 0)::bigint AS n,
        coalesce(sum(held_bytes) FILTER (
          WHERE network = (SELECT network FROM orphans WHERE id = $1)), 0)::bigint AS own
      FROM orphans WHERE held_bytes > 0
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
  private static final String SHRINK =
      """
      UPDATE orphans
      SET held_number = held_number - gone.number, held_bytes = held_bytes - gone.bytes
      FROM (SELECT orphan_id, count(*) AS number, sum(bytes)::bigint AS bytes FROM removed
        GROUP BY orphan_id) AS gone
      WHERE orphans.id = gone.orphan_id
      """;
  private static final String TRIM =
      """
      WITH removed AS (
        DELETE FROM held_messages WHERE orphan_id = $1 AND id <= (
          SELECT max(id) FROM (
            SELECT id, row_number() OVER newest AS number, sum(length(payload)) OVER newest AS bytes
            FROM held_messages WHERE orphan_id = $1
            WINDOW newest AS (ORDER BY id DESC)) AS held
          WHERE number > $2 OR bytes > $3)
        RETURNING orphan_id, length(payload) AS bytes)
      """
          + SHRINK;
  private static final String FORGET =
      """
      WITH removed AS (
        DELETE FROM held_messages WHERE orphan_id = $1 AND id <= $2
        RETURNING orphan_id, length(payload) AS bytes)
      """
          + SHRINK;
  private static final String FORGET_BEFORE =
      """
      WITH removed AS (
        DELETE FROM held_messages USING orphans
        WHERE orphans.id = orphan_id AND arrived_at < $1 AND
      """
          + NOT_REGISTERED
          + """
        RETURNING orphan_id, length(payload) AS bytes)
      """
          + SHRINK;
  private static final String LIST =
      """
      SELECT id, kind, payload, arrived_at FROM held_messages
      WHERE orphan_id = $1 AND id > $2 ORDER BY id LIMIT $3
      """;

  Future<Void> hold(Session session, long orphan, HeldMessage message) {
    long bytes = message.payload().length();
    if (bytes > HELD_BYTES)
      return Future.failedFuture(
          new RefusedException(
              Refusal.TOO_LARGE,
              "of a device that is not registered at most " + HELD_BYTES + " bytes"));
    String kind = message.kind().name().toLowerCase(Locale.ROOT);
    return session
        .first(GROW, Held::read, orphan, bytes)
        .map(grown -> grown.orElseThrow(Missing.orphan()))
        .compose(held -> (held.fits(bytes) ? nothing() : makeRoom(session, orphan)).map(held))
        .compose(
            held ->
                session
                    .change(ADD, orphan, kind, message.payload().getBytes(), message.arrivedAt())
                    .compose(added -> held.isTooMuch() ? trim(session, orphan) : nothing()));
  }

  /** The message counts already. */
  private Future<Void> makeRoom(Session session, long orphan) {
    return session
        .first(TOTAL, Sum::read, orphan)
        .map(Optional::orElseThrow)
        .compose(
            sum -> {
              if (sum.all <= HELD_BYTES_IN_ALL) return nothing();
              return pushed(session, sum)
                  .compose(pushed -> forget(session, pushed, Long.MAX_VALUE))
                  .compose(forgotten -> makeRoom(session, orphan));
            });
  }

  private static Future<Long> pushed(Session session, Sum sum) {
    Future<Optional<Long>> found =
        sum.own <= HELD_BYTES_OF_A_NETWORK
            ? session.first(TO_MAKE_ROOM, row -> row.number("id"), HELD_BYTES_OF_A_NETWORK)
            : Future.succeededFuture(Optional.empty());
    return found.map(
        orphan ->
            orphan.orElseThrow(
                () ->
                    new RefusedException(
                        Refusal.QUOTA_EXCEEDED,
                        "too much is held for devices that are not registered")));
  }

  /** What is held of all orphans, and of those of one network. */
  private record Sum(long all, long own) {
    static Sum read(Row row) {
      return new Sum(row.number("n"), row.number("own"));
    }
  }

  Future<List<HeldMessage>> list(Session session, long orphan, long after, int limit) {
    return session.list(LIST, HeldMessages::read, orphan, after, (long) limit);
  }

  Future<Void> forget(Session session, long orphan, long upTo) {
    return session.change(FORGET, orphan, upTo).mapEmpty();
  }

  Future<Void> forgetBefore(Session session, Instant arrival) {
    return session.change(FORGET_BEFORE, arrival).mapEmpty();
  }

  private static Future<Void> trim(Session session, long orphan) {
    return session.change(TRIM, orphan, (long) HELD_MESSAGES, (long) HELD_BYTES).mapEmpty();
  }

  private static Future<Void> nothing() {
    return Future.succeededFuture();
  }

  /**
   * What an orphan has with a message that comes.
   *
   * @param before what all have without it
   */
  private record Held(long number, long bytes, long before) {
    static Held read(Row row) {
      return new Held(row.number("held_number"), row.number("held_bytes"), row.number("before"));
    }

    boolean fits(long more) {
      return before + more <= HELD_BYTES_IN_ALL;
    }

    boolean isTooMuch() {
      return number > HELD_MESSAGES || bytes > HELD_BYTES;
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
