package io.mestral.storage.embedded.metadata;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Mail;
import io.mestral.storage.MailQueue;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

final class SqliteMailQueue implements MailQueue {
  private static final String ADD =
      """
      INSERT INTO mails (event, recipient, subject, body, created_at, due_at)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (event) DO NOTHING
      """;
  private static final String DUE =
      "SELECT * FROM mails WHERE due_at <= ? ORDER BY due_at, id LIMIT ?";
  private static final String BEGIN =
      "UPDATE mails SET attempts = attempts + 1, due_at = ? WHERE id = ? AND attempts = ?";
  private static final String POSTPONE = "UPDATE mails SET due_at = ? WHERE id = ?";
  private static final String REMOVE = "DELETE FROM mails WHERE id = ?";
  private static final String SIZE = "SELECT count(*) AS n FROM mails";

  private final Database database;

  SqliteMailQueue(Database database) {
    this.database = database;
  }

  /** Part of another unit, which a full queue doesn't hold up. */
  static void add(SqliteSession session, Mail mail) throws SQLException {
    session.change(
        ADD,
        mail.event(),
        mail.recipient(),
        mail.subject(),
        mail.body(),
        mail.createdAt(),
        mail.createdAt());
  }

  @Override
  public Future<Void> add(Mail mail) {
    return database.write(
        session -> {
          if (session.number(SIZE) >= MOST)
            throw new RefusedException(Refusal.QUOTA_EXCEEDED, "too many mails wait");
          add(session, mail);
          return null;
        });
  }

  @Override
  public Future<List<Waiting>> due(Instant now, int limit) {
    return database.read(session -> session.list(DUE, SqliteMailQueue::read, now, limit));
  }

  @Override
  public Future<Boolean> begin(Waiting mail, Instant due) {
    return database.write(
        session -> session.change(BEGIN, due, mail.id(), (long) mail.attempts()) > 0);
  }

  @Override
  public Future<Void> postpone(long id, Instant due) {
    return database.write(
        session -> {
          session.change(POSTPONE, due, id);
          return null;
        });
  }

  @Override
  public Future<Void> remove(long id) {
    return database.write(
        session -> {
          session.change(REMOVE, id);
          return null;
        });
  }

  @Override
  public Future<Long> size() {
    return database.read(session -> session.number(SIZE));
  }

  private static Waiting read(Row row) {
    Mail mail =
        new Mail(
            row.text("event"),
            row.text("recipient"),
            row.text("subject"),
            row.text("body"),
            row.time("created_at"));
    return new Waiting(row.number("id"), mail, (int) row.number("attempts"));
  }
}
