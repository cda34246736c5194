package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.storage.Digests;
import io.mestral.storage.Mail;
import io.mestral.storage.sql.Engine;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

final class SqlDigests implements Digests {
  private static final String DUE =
      "SELECT "
          + UserRow.ALL
          + """
          , digested_at FROM users
          WHERE workflow_state = 'active' AND mails LIKE '%weekly_digest%' AND id > $1
            AND (digested_at IS NULL OR digested_at < $2)
          ORDER BY id LIMIT $3
          """;
  private static final String TELL =
      """
      UPDATE users SET digested_at = $1
      WHERE id = $2 AND workflow_state = 'active' AND mails LIKE '%weekly_digest%'
        AND (digested_at IS NULL OR digested_at < $3)
      """;

  private final Engine engine;

  SqlDigests(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<List<Reader>> due(UserId after, Instant untoldSince, int limit) {
    return engine.read(
        session ->
            session.list(
                DUE,
                row -> new Reader(UserRow.read(row), row.optionalTime("digested_at")),
                after.value(),
                untoldSince,
                (long) limit));
  }

  @Override
  public Future<Boolean> tell(UserId user, Mail mail, Instant now, Instant unlessSince) {
    return engine.write(
        user.value(),
        session ->
            session
                .change(TELL, now, user.value(), unlessSince)
                .compose(
                    told ->
                        told == 0
                            ? Future.succeededFuture(false)
                            : SqlMailQueue.add(session, mail).map(true)));
  }
}
