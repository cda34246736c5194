package io.mestral.storage.embedded.metadata;

import static io.mestral.storage.OrphanRegistry.HELD_BYTES;
import static io.mestral.storage.OrphanRegistry.HELD_BYTES_IN_ALL;
import static io.mestral.storage.OrphanRegistry.HELD_BYTES_OF_A_NETWORK;
import static io.mestral.storage.OrphanRegistry.HELD_MESSAGES;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.HeldMessage.Kind;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.Row;
import io.vertx.core.buffer.Buffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What orphans sent, oldest first. Each orphan's row says how many bytes that is, so that the sum
 * over all of them is at hand.
 */
final class HeldMessages {
  /** Of an orphan: no device has its token, so what is held of it is due to nobody. */
  static final String NOT_REGISTERED =
      """
      NOT EXISTS (
        SELECT 1 FROM devices
        WHERE devices.token_hash = orphans.token_hash AND devices.workflow_state = 'active')
      """;

  private static final String TOTAL =
      "SELECT coalesce(sum(held_bytes), 0) AS n FROM orphans WHERE held_bytes > 0";
  private static final String OF_ITS_NETWORK =
      """
      SELECT coalesce(sum(held_bytes), 0) AS n FROM orphans
      WHERE network = (SELECT network FROM orphans WHERE id = ?)
      """;
  private static final String TO_MAKE_ROOM =
      """
      SELECT id FROM orphans
      WHERE held_bytes > 0 AND network = (
        SELECT network FROM orphans WHERE held_bytes > 0
        GROUP BY network HAVING sum(held_bytes) > ? ORDER BY sum(held_bytes) DESC LIMIT 1)
      AND
      """
          + NOT_REGISTERED
          + " ORDER BY held_bytes DESC LIMIT 1";
  private static final String ADD =
      "INSERT INTO held_messages (orphan_id, kind, payload, arrived_at) VALUES (?, ?, ?, ?)";
  private static final String TRIM_NUMBER =
      """
      DELETE FROM held_messages WHERE orphan_id = ? AND id <= (
        SELECT id FROM held_messages WHERE orphan_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
      """;
  private static final String TRIM_BYTES =
      """
      DELETE FROM held_messages WHERE orphan_id = ? AND id <= (
        SELECT id FROM (
          SELECT id, sum(length(payload)) OVER (ORDER BY id DESC) AS bytes
          FROM held_messages WHERE orphan_id = ?)
        WHERE bytes > ? LIMIT 1)
      """;
  private static final String WEIGH =
      """
      UPDATE orphans SET held_bytes = (
        SELECT coalesce(sum(length(payload)), 0) FROM held_messages WHERE orphan_id = orphans.id)
      WHERE id = ?
      """;
  private static final String BYTES = "SELECT held_bytes AS n FROM orphans WHERE id = ?";
  private static final String GROWN = "UPDATE orphans SET held_bytes = held_bytes + ? WHERE id = ?";
  private static final String LIST =
      "SELECT * FROM held_messages WHERE orphan_id = ? AND id > ? ORDER BY id LIMIT ?";
  private static final String FORGET = "DELETE FROM held_messages WHERE orphan_id = ? AND id <= ?";
  private static final String OLD =
      "SELECT orphan_id FROM held_messages JOIN orphans ON orphans.id = orphan_id"
          + " WHERE arrived_at < ? AND "
          + NOT_REGISTERED;
  private static final String FORGET_BEFORE =
      "DELETE FROM held_messages WHERE orphan_id = ? AND arrived_at < ?";

  void hold(SqliteSession session, long orphan, HeldMessage message) throws SQLException {
    int bytes = message.payload().length();
    if (bytes > HELD_BYTES)
      throw new RefusedException(
          Refusal.TOO_LARGE, "of a device that is not registered at most " + HELD_BYTES + " bytes");
    makeRoom(session, orphan, bytes);
    String kind = message.kind().name().toLowerCase(Locale.ROOT);
    session.change(ADD, orphan, kind, message.payload().getBytes(), message.arrivedAt());
    session.change(GROWN, bytes, orphan);
    int trimmed = session.change(TRIM_NUMBER, orphan, orphan, HELD_MESSAGES);
    if (session.number(BYTES, orphan) > HELD_BYTES)
      trimmed += session.change(TRIM_BYTES, orphan, orphan, HELD_BYTES);
    if (trimmed > 0) session.change(WEIGH, orphan);
  }

  /** An orphan that is gone meanwhile has no network, and no place for what it sent. */
  private void makeRoom(SqliteSession session, long orphan, int bytes) throws SQLException {
    while (session.number(TOTAL) + bytes > HELD_BYTES_IN_ALL) {
      boolean mayPush = session.number(OF_ITS_NETWORK, orphan) + bytes <= HELD_BYTES_OF_A_NETWORK;
      Optional<Long> pushed =
          mayPush
              ? session.first(TO_MAKE_ROOM, row -> row.number("id"), HELD_BYTES_OF_A_NETWORK)
              : Optional.empty();
      if (pushed.isEmpty())
        throw new RefusedException(
            Refusal.QUOTA_EXCEEDED, "too much is held for devices that are not registered");
      forgetAll(session, pushed.get());
    }
  }

  List<HeldMessage> list(SqliteSession session, long orphan, long after, int limit)
      throws SQLException {
    return session.list(LIST, HeldMessages::read, orphan, after, limit);
  }

  void forget(SqliteSession session, long orphan, long upTo) throws SQLException {
    session.change(FORGET, orphan, upTo);
    session.change(WEIGH, orphan);
  }

  void forgetAll(SqliteSession session, long orphan) throws SQLException {
    forget(session, orphan, Long.MAX_VALUE);
  }

  void forgetBefore(SqliteSession session, Instant arrival) throws SQLException {
    List<Long> old = session.list(OLD, row -> row.number("orphan_id"), arrival);
    for (long orphan : Set.copyOf(old)) {
      session.change(FORGET_BEFORE, orphan, arrival);
      session.change(WEIGH, orphan);
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
