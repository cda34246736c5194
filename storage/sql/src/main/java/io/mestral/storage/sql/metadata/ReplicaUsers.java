package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.MailTopic;
import io.mestral.model.platform.Preferences;
import io.mestral.model.platform.User;
import io.mestral.storage.Steps;
import io.mestral.storage.replica.ReplicaContent.OfUser;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Users as the node above has them. One of this node's own who has the same name or address gives
 * way to them and gets another; mails and picture stay as they are here.
 */
final class ReplicaUsers {
  private static final String FIND =
      "SELECT "
          + UserRow.ALL
          + ", password_hash, workflow_state, token_hash FROM users"
          + " LEFT JOIN replica_users ON user_id = id WHERE uuid = $1";
  private static final String SAME_NAME =
      "SELECT id, username, email FROM users"
          + " WHERE username_folded = $1 AND workflow_state = 'active' AND uuid <> $2";
  private static final String SAME_EMAIL =
      "SELECT id, username, email FROM users"
          + " WHERE email_folded = $1 AND workflow_state = 'active' AND uuid <> $2";
  private static final String GIVE_WAY =
      "UPDATE users SET (username, username_folded, email, email_folded) = ($1, $2, $3, $4)"
          + " WHERE id = $5";
  private static final String UPDATE =
      "UPDATE users SET ("
          + UserRow.COLUMNS
          + ", password_hash, workflow_state, archived_at) = ("
          + Arguments.places(UserRow.COLUMN_COUNT + 1)
          + ", 'active', NULL) WHERE id = $"
          + (UserRow.COLUMN_COUNT + 2);
  private static final String END_SESSIONS =
      "DELETE FROM user_tokens WHERE user_id = $1 AND kind = 'session'";
  private static final String KEEP =
      """
      INSERT INTO replica_users (user_id, token_hash, token_ends) VALUES ($1, $2, $3)
      ON CONFLICT (user_id) DO UPDATE
      SET token_hash = excluded.token_hash, token_ends = excluded.token_ends
      """;
  private static final String ARCHIVE =
      """
      UPDATE users SET workflow_state = 'archived', archived_at = $2
      WHERE id = $1 AND workflow_state = 'active'
      """;
  private static final String FORGET = "DELETE FROM replica_users WHERE user_id = $1";
  private static final String SUFFIX = ".local";

  private record Known(
      User user, String passwordHash, boolean isActive, Optional<String> tokenHash) {
    static Known read(Row row) {
      return new Known(
          UserRow.read(row),
          row.text("password_hash"),
          row.text("workflow_state").equals("active"),
          row.optionalText("token_hash"));
    }
  }

  private record Named(long id, String name, String email) {
    static Named read(Row row) {
      return new Named(row.number("id"), row.text("username"), row.text("email"));
    }
  }

  Future<?> put(Session session, OfUser told, ReplicaOutcome outcome) {
    return makeWay(session, told.user(), outcome)
        .compose(done -> session.first(FIND, Known::read, told.user().uuid()))
        .compose(
            known ->
                known.isPresent()
                    ? replace(session, known.get(), told, outcome)
                    : SqlUserRegistry.insert(
                            session, as(told.user(), Set.of()), told.passwordHash())
                        .map(User::id))
        .compose(id -> session.change(KEEP, id.value(), told.token(), told.tokenEndsAt()));
  }

  private static User as(User told, Set<MailTopic> mails) {
    Preferences wishes = told.preferences();
    return told.with(new Preferences(wishes.language(), wishes.timeZone(), mails));
  }

  /** The keys for logging in without showing the password were made here, and stay with it. */
  private static Future<UserId> replace(
      Session session, Known known, OfUser told, ReplicaOutcome outcome) {
    UserId id = known.user().id();
    boolean isSamePassword = known.passwordHash().startsWith(told.passwordHash());
    User here =
        as(told.user(), known.user().preferences().mails()).withPicture(known.user().picture());
    boolean isSame =
        isSamePassword
            && known.isActive()
            && known.tokenHash().equals(told.token())
            && known.user().roleMask() == told.user().roleMask();
    if (!isSame) outcome.changed(id);
    Future<?> ended =
        isSamePassword ? Future.succeededFuture() : session.change(END_SESSIONS, id.value());
    return ended
        .compose(
            done ->
                session.change(
                    UPDATE,
                    UserRow.values(
                        here,
                        isSamePassword ? known.passwordHash() : told.passwordHash(),
                        id.value())))
        .map(id);
  }

  private static Future<Void> makeWay(Session session, User told, ReplicaOutcome outcome) {
    return session
        .list(SAME_NAME, Named::read, UserRow.folded(told.username()), told.uuid())
        .compose(same -> Steps.forEach(same, one -> rename(session, one, outcome)))
        .compose(
            done ->
                session.list(SAME_EMAIL, Named::read, UserRow.folded(told.email()), told.uuid()))
        .compose(same -> Steps.forEach(same, one -> rename(session, one, outcome)));
  }

  private static Future<?> rename(Session session, Named one, ReplicaOutcome outcome) {
    outcome.renamed(one.name());
    String name = one.name() + SUFFIX;
    String email = one.email() + SUFFIX;
    return makeRoom(session, name, email, outcome)
        .compose(
            done ->
                session.change(
                    GIVE_WAY, name, UserRow.folded(name), email, UserRow.folded(email), one.id()));
  }

  /** Who has that name gives way, too. */
  private static Future<Void> makeRoom(
      Session session, String name, String email, ReplicaOutcome outcome) {
    UUID nobody = new UUID(0, 0);
    return session
        .list(SAME_NAME, Named::read, UserRow.folded(name), nobody)
        .compose(same -> Steps.forEach(same, one -> rename(session, one, outcome)))
        .compose(done -> session.list(SAME_EMAIL, Named::read, UserRow.folded(email), nobody))
        .compose(same -> Steps.forEach(same, one -> rename(session, one, outcome)));
  }

  Future<?> take(Session session, String uuid, Instant when, ReplicaOutcome outcome) {
    return session
        .first(FIND, Known::read, UUID.fromString(uuid))
        .compose(
            found -> {
              if (found.isEmpty()) return Future.succeededFuture();
              UserId id = found.get().user().id();
              outcome.changed(id);
              return session
                  .change(ARCHIVE, id.value(), when)
                  .compose(
                      done ->
                          Steps.forEach(
                              SqlDepartures.END_RIGHTS, one -> session.change(one, id.value())))
                  .compose(done -> session.change(FORGET, id.value()));
            });
  }
}
