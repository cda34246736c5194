package io.mestral.storage.sql.metadata;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Mail;
import io.mestral.storage.MailQueue;
import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

final class SqlMailQueue implements MailQueue {
  private static final String ADD =
      """
      INSERT INTO mails (event, recipient, subject, body, created_at, due_at)
      VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (event) DO NOTHING
      """;
  private static final String DUE =
      """
      SELECT id, event, recipient, subject, body, created_at, attempts FROM mails
      WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2
      """;
  private static final String BEGIN =
      "UPDATE mails SET attempts = attempts + 1, due_at = $1 WHERE id = $2 AND attempts = $3";
  private static final String POSTPONE = "UPDATE mails SET due_at = $1 WHERE id = $2";
  private static final String REMOVE = "DELETE FROM mails WHERE id = $1";
  private static final String SIZE = "SELECT count(*) AS n FROM mails";

  private final Engine engine;

  SqlMailQueue(Engine engine) {
    this.engine = engine;
  }

  /** Part of another unit, which a full queue doesn't hold up. */
  static Future<Integer> add(Session session, Mail mail) {
    return session.change(
        ADD,
        mail.event(),
        new AnyText(mail.recipient()),
        new AnyText(mail.subject()),
        new AnyText(mail.body()),
        mail.createdAt());
  }

  @Override
  public Future<Void> add(Mail mail) {
    return engine.write(mail.event().hashCode(), session -> addIfRoom(session, mail)).mapEmpty();
  }

  /** Part of another unit, which fails when the queue is full. */
  static Future<Integer> addIfRoom(Session session, Mail mail) {
    return session
        .number(SIZE)
        .compose(
            size ->
                size >= MOST
                    ? Future.failedFuture(
                        new RefusedException(Refusal.QUOTA_EXCEEDED, "too many mails wait"))
                    : add(session, mail));
  }

  @Override
  public Future<List<Waiting>> due(Instant now, int limit) {
    return engine.read(session -> session.list(DUE, SqlMailQueue::read, now, (long) limit));
  }

  @Override
  public Future<Boolean> begin(Waiting mail, Instant due) {
    return engine
        .writeAlone(mail.id(), session -> session.change(BEGIN, due, mail.id(), mail.attempts()))
        .map(changed -> changed > 0);
  }

  @Override
  public Future<Void> postpone(long id, Instant due) {
    return engine.writeAlone(id, session -> session.change(POSTPONE, due, id)).mapEmpty();
  }

  @Override
  public Future<Void> remove(long id) {
    return engine.writeAlone(id, session -> session.change(REMOVE, id)).mapEmpty();
  }

  @Override
  public Future<Long> size() {
    return engine.read(session -> session.number(SIZE));
  }

  private static Waiting read(Row row) {
    Mail mail =
        new Mail(
            row.text("event"),
            row.anyText("recipient"),
            row.anyText("subject"),
            row.anyText("body"),
            row.time("created_at"));
    return new Waiting(row.number("id"), mail, (int) row.number("attempts"));
  }
}
