package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.CsvExport;
import io.mestral.storage.CsvExport.Outcome;
import io.mestral.storage.CsvExports;
import io.mestral.storage.Mail;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class SqlCsvExports implements CsvExports {
  private static final String COLUMNS =
      """
      csv_exports.id, csv_exports.device_id, csv_exports.user_id, csv_exports.name,
        requested_at, finished_at, bytes, failure, expires_at
      """;
  private static final String OF_ACTIVE_DEVICES =
      """
      FROM csv_exports
      JOIN devices ON devices.id = csv_exports.device_id AND devices.workflow_state = 'active'
      """;

  private static final String DEVICE = "SELECT id FROM devices WHERE id = $1";
  private static final String WAIT =
      "SELECT count(*) AS n FROM csv_exports WHERE finished_at IS NULL";
  private static final String LAST =
      "SELECT requested_at FROM csv_exports WHERE device_id = $1 ORDER BY id DESC LIMIT 1";
  private static final String ADD =
      """
      INSERT INTO csv_exports (device_id, user_id, name, requested_at, expires_at)
      VALUES ($1, $2, $3, $4, $5) RETURNING\s\
      """
          + COLUMNS;
  private static final String WAITING =
      "SELECT "
          + COLUMNS
          + OF_ACTIVE_DEVICES
          + "WHERE finished_at IS NULL AND csv_exports.id > 0 ORDER BY csv_exports.id LIMIT $1";
  private static final String NEWEST =
      "SELECT "
          + COLUMNS
          + OF_ACTIVE_DEVICES
          + "WHERE csv_exports.device_id = $1 ORDER BY csv_exports.id DESC LIMIT $2";
  private static final String FIND =
      "SELECT "
          + COLUMNS
          + OF_ACTIVE_DEVICES
          + "WHERE csv_exports.name = $1 AND csv_exports.device_id = $2";
  private static final String FINISH =
      """
      UPDATE csv_exports SET finished_at = $1, bytes = $2, failure = $3, expires_at = $4
      WHERE id = $5 AND finished_at IS NULL
      """;
  private static final String FORGET =
      "DELETE FROM csv_exports WHERE expires_at < $1 RETURNING name";
  private static final String NAMES = "SELECT name FROM csv_exports";

  private final Engine engine;
  private final String lockDevice;

  SqlCsvExports(Engine engine) {
    this.engine = engine;
    lockDevice = DEVICE + engine.dialect().toChange();
  }

  /** Two nodes don't ask for the same device at the same time. */
  @Override
  public Future<Optional<CsvExport>> request(CsvExport draft, Instant unlessSince) {
    long device = draft.device().value();
    return engine.write(
        device,
        session ->
            session
                .first(lockDevice, row -> row.number("id"), device)
                .map(found -> found.orElseThrow(Missing.device(device)))
                .compose(locked -> session.first(LAST, row -> row.time("requested_at"), device))
                .compose(
                    last ->
                        last.filter(unlessSince::isBefore).isPresent()
                            ? Future.succeededFuture(Optional.empty())
                            : add(session, draft)));
  }

  private static Future<Optional<CsvExport>> add(Session session, CsvExport draft) {
    return session
        .number(WAIT)
        .compose(
            waiting ->
                waiting >= MOST_WAITING
                    ? Future.failedFuture(
                        new RefusedException(
                            Refusal.QUOTA_EXCEEDED,
                            "too many archives wait to be made; try again later"))
                    : session.first(
                        ADD,
                        SqlCsvExports::read,
                        draft.device().value(),
                        draft.user().value(),
                        draft.name(),
                        draft.requestedAt(),
                        draft.expiresAt()));
  }

  @Override
  public Future<List<CsvExport>> waiting(int limit) {
    return engine.read(session -> session.list(WAITING, SqlCsvExports::read, (long) limit));
  }

  @Override
  public Future<List<CsvExport>> of(DeviceId device, int limit) {
    return engine.read(
        session -> session.list(NEWEST, SqlCsvExports::read, device.value(), (long) limit));
  }

  @Override
  public Future<Optional<CsvExport>> find(DeviceId device, String name) {
    return engine.read(session -> session.first(FIND, SqlCsvExports::read, name, device.value()));
  }

  @Override
  public Future<Boolean> finish(long id, Outcome outcome, Instant expiresAt, Optional<Mail> mail) {
    return engine.write(
        id,
        session ->
            session
                .change(
                    FINISH, outcome.finishedAt(), outcome.bytes(), outcome.failure(), expiresAt, id)
                .compose(
                    changed ->
                        changed > 0 && mail.isPresent()
                            ? SqlMailQueue.add(session, mail.get()).map(true)
                            : Future.succeededFuture(changed > 0)));
  }

  @Override
  public Future<List<String>> forget(Instant expiredBefore) {
    return engine.writeAlone(
        0, session -> session.list(FORGET, row -> row.text("name"), expiredBefore));
  }

  @Override
  public Future<List<String>> names() {
    return engine.read(session -> session.list(NAMES, row -> row.text("name")));
  }

  private static CsvExport read(Row row) {
    return new CsvExport(
        row.number("id"),
        new DeviceId(row.number("device_id")),
        new UserId(row.number("user_id")),
        row.text("name"),
        row.time("requested_at"),
        row.optionalTime("finished_at")
            .map(
                finished ->
                    new Outcome(finished, row.number("bytes"), row.optionalText("failure"))),
        row.time("expires_at"));
  }
}
