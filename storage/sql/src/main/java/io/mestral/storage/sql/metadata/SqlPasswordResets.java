package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.storage.Mail;
import io.mestral.storage.PasswordReset;
import io.mestral.storage.PasswordResets;
import io.mestral.storage.Steps;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class SqlPasswordResets implements PasswordResets {
  private static final String PUT =
      """
      INSERT INTO password_resets (user_id, hash, expires_at) VALUES ($1, $2, $3)
      ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at
      """;
  private static final String FIND =
      "SELECT user_id, hash, expires_at FROM password_resets WHERE hash = $1";
  private static final String SPEND =
      "DELETE FROM password_resets WHERE hash = $1 RETURNING user_id, hash, expires_at";
  private static final String FORGET = "DELETE FROM password_resets WHERE expires_at < $1";

  private static final String END = "DELETE FROM password_resets WHERE user_id = $1";
  private static final List<String> LET_IN_BEFORE =
      List.of(
          "DELETE FROM user_tokens WHERE user_id = $1",
          "DELETE FROM named_tokens WHERE user_id = $1",
          "DELETE FROM oauth_grants WHERE user_id = $1");

  private final Engine engine;

  SqlPasswordResets(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Void> put(PasswordReset reset, Mail mail) {
    long user = reset.user().value();
    return engine
        .write(
            user,
            session ->
                session
                    .change(PUT, user, reset.hash(), reset.expiresAt())
                    .compose(put -> SqlMailQueue.add(session, mail)))
        .mapEmpty();
  }

  @Override
  public Future<Optional<PasswordReset>> find(String hash) {
    return engine.read(session -> session.first(FIND, SqlPasswordResets::read, hash));
  }

  @Override
  public Future<Optional<UserId>> redeem(String hash, String passwordHash, Instant now) {
    return engine.write(
        hash.hashCode(),
        session ->
            session
                .first(SPEND, SqlPasswordResets::read, hash)
                .map(spent -> spent.filter(reset -> now.isBefore(reset.expiresAt())))
                .compose(
                    reset ->
                        reset.isPresent()
                            ? setPassword(session, reset.get().user(), passwordHash)
                            : Future.succeededFuture(Optional.empty())));
  }

  private static Future<Optional<UserId>> setPassword(
      Session session, UserId user, String passwordHash) {
    return SqlUserRegistry.setPassword(session, user, passwordHash, Optional.empty())
        .compose(set -> SqlExternalIdentities.unlinkAll(session, user).map(set))
        .compose(set -> endAll(session, user).map(set))
        .map(set -> set ? Optional.of(user) : Optional.empty());
  }

  private static Future<Void> endAll(Session session, UserId user) {
    return Steps.forEach(LET_IN_BEFORE, statement -> session.change(statement, user.value()));
  }

  /** Part of another unit: no code that was mailed to the user sets a password any more. */
  static Future<?> end(Session session, UserId user) {
    return session.change(END, user.value());
  }

  @Override
  public Future<Void> forget(Instant expiredBefore) {
    return engine.writeAlone(0, session -> session.change(FORGET, expiredBefore)).mapEmpty();
  }

  private static PasswordReset read(Row row) {
    return new PasswordReset(
        row.text("hash"), new UserId(row.number("user_id")), row.time("expires_at"));
  }
}
