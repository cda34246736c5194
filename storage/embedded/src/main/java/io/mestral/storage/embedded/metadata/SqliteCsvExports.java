package io.mestral.storage.embedded.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.CsvExport;
import io.mestral.storage.CsvExport.Outcome;
import io.mestral.storage.CsvExports;
import io.mestral.storage.Mail;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class SqliteCsvExports implements CsvExports {
  private static final String WAIT =
      "SELECT count(*) AS n FROM csv_exports WHERE finished_at IS NULL";
  private static final String LAST =
      "SELECT requested_at FROM csv_exports WHERE device_id = ? ORDER BY id DESC LIMIT 1";
  private static final String ADD =
      """
      INSERT INTO csv_exports (device_id, user_id, name, requested_at, expires_at)
      VALUES (?, ?, ?, ?, ?) RETURNING *
      """;
  private static final String WAITING =
      """
      SELECT csv_exports.* FROM csv_exports
      JOIN devices ON devices.id = csv_exports.device_id AND devices.workflow_state = 'active'
      WHERE finished_at IS NULL AND csv_exports.id > 0 ORDER BY csv_exports.id LIMIT ?
      """;
  private static final String NEWEST =
      """
      SELECT csv_exports.* FROM csv_exports
      JOIN devices ON devices.id = csv_exports.device_id AND devices.workflow_state = 'active'
      WHERE csv_exports.device_id = ? ORDER BY csv_exports.id DESC LIMIT ?
      """;
  private static final String FIND =
      """
      SELECT csv_exports.* FROM csv_exports
      JOIN devices ON devices.id = csv_exports.device_id AND devices.workflow_state = 'active'
      WHERE csv_exports.name = ? AND csv_exports.device_id = ?
      """;
  private static final String FINISH =
      """
      UPDATE csv_exports SET finished_at = ?, bytes = ?, failure = ?, expires_at = ?
      WHERE id = ? AND finished_at IS NULL
      """;
  private static final String FORGET =
      "DELETE FROM csv_exports WHERE expires_at < ? RETURNING name";
  private static final String NAMES = "SELECT name FROM csv_exports";

  private final Database database;

  SqliteCsvExports(Database database) {
    this.database = database;
  }

  @Override
  public Future<Optional<CsvExport>> request(CsvExport draft, Instant unlessSince) {
    long device = draft.device().value();
    return database.write(
        session -> {
          Optional<Instant> last = session.first(LAST, row -> row.time("requested_at"), device);
          if (last.filter(unlessSince::isBefore).isPresent()) return Optional.empty();
          if (session.number(WAIT) >= MOST_WAITING)
            throw new RefusedException(
                Refusal.QUOTA_EXCEEDED, "too many archives wait to be made; try again later");
          return session.first(
              ADD,
              SqliteCsvExports::read,
              device,
              draft.user().value(),
              draft.name(),
              draft.requestedAt(),
              draft.expiresAt());
        });
  }

  @Override
  public Future<List<CsvExport>> waiting(int limit) {
    return database.read(session -> session.list(WAITING, SqliteCsvExports::read, limit));
  }

  @Override
  public Future<List<CsvExport>> of(DeviceId device, int limit) {
    return database.read(
        session -> session.list(NEWEST, SqliteCsvExports::read, device.value(), limit));
  }

  @Override
  public Future<Optional<CsvExport>> find(DeviceId device, String name) {
    return database.read(
        session -> session.first(FIND, SqliteCsvExports::read, name, device.value()));
  }

  @Override
  public Future<Boolean> finish(long id, Outcome outcome, Instant expiresAt, Optional<Mail> mail) {
    return database.write(
        session -> {
          boolean first =
              session.change(
                      FINISH,
                      outcome.finishedAt(),
                      outcome.bytes(),
                      outcome.failure(),
                      expiresAt,
                      id)
                  > 0;
          if (first && mail.isPresent()) SqliteMailQueue.add(session, mail.get());
          return first;
        });
  }

  @Override
  public Future<List<String>> forget(Instant expiredBefore) {
    return database.write(session -> session.list(FORGET, row -> row.text("name"), expiredBefore));
  }

  @Override
  public Future<List<String>> names() {
    return database.read(session -> session.list(NAMES, row -> row.text("name")));
  }

  private static CsvExport read(Row row) {
    return new CsvExport(
        row.number("id"),
        new DeviceId(row.number("device_id")),
        new UserId(row.number("user_id")),
        row.text("name"),
        row.time("requested_at"),
        outcome(row),
        row.time("expires_at"));
  }

  private static Optional<Outcome> outcome(Row row) {
    Optional<Instant> finished = row.optionalTime("finished_at");
    if (finished.isEmpty()) return Optional.empty();
    return Optional.of(
        new Outcome(finished.get(), row.number("bytes"), row.optionalText("failure")));
  }
}
