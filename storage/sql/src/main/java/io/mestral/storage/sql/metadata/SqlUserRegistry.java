package io.mestral.storage.sql.metadata;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Selection;
import io.mestral.storage.UserRegistry;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

final class SqlUserRegistry implements UserRegistry {
  private static final String SELECT = "SELECT " + UserRow.ALL + " FROM users ";
  private static final String RETURNING = " RETURNING " + UserRow.ALL;
  private static final String ACTIVE = " AND workflow_state = 'active'";

  private static final String INSERT =
      "INSERT INTO users ("
          + UserRow.COLUMNS
          + ", password_hash) VALUES ("
          + Arguments.places(UserRow.COLUMN_COUNT + 1)
          + ")"
          + RETURNING;
  private static final String UPDATE =
      "UPDATE users SET ("
          + UserRow.COLUMNS
          + ") = ("
          + Arguments.places(UserRow.COLUMN_COUNT)
          + ") WHERE id = $"
          + (UserRow.COLUMN_COUNT + 1)
          + RETURNING;
  private static final String FIND = SELECT + "WHERE id = $1" + ACTIVE;
  private static final String COUNT =
      "SELECT count(*) AS n FROM users WHERE workflow_state = 'active'";
  private static final String ADMINISTRATOR =
      SELECT + "WHERE role_mask >= 5" + ACTIVE + " ORDER BY id LIMIT 1";
  private static final String FIND_BY_NAME = SELECT + "WHERE username_folded = $1" + ACTIVE;
  private static final String FIND_BY_EMAIL = SELECT + "WHERE email_folded = $1" + ACTIVE;
  private static final String PASSWORD = "SELECT password_hash FROM users WHERE id = $1" + ACTIVE;
  private static final String CHANGE_PASSWORD =
      "UPDATE users SET password_hash = $1 WHERE id = $2" + ACTIVE;
  private static final String END_SESSIONS =
      "DELETE FROM user_tokens WHERE user_id = $1 AND kind = 'session' AND hash <> $2";

  private static final String LISTED =
      "users AS " + SearchText.THING + " WHERE " + SearchText.THING + ".workflow_state = 'active'";

  private final Engine engine;
  private final Listing<User> listing;
  private final String findToChange;
  private final String findAll;

  SqlUserRegistry(Engine engine) {
    this.engine = engine;
    listing = new Listing<>(engine, UserRow.ALL, UserRow::read);
    findToChange = FIND + engine.dialect().toChange();
    findAll = SELECT + "WHERE " + engine.dialect().among("id", "$1") + ACTIVE;
  }

  @Override
  public Future<User> add(User draft, String passwordHash) {
    return engine.writeAlone(
        draft.uuid().hashCode(), session -> insert(session, draft, passwordHash));
  }

  /** Part of another unit. */
  static Future<User> insert(Session session, User draft, String passwordHash) {
    return session
        .first(INSERT, UserRow::read, UserRow.values(draft, passwordHash))
        .map(Optional::orElseThrow);
  }

  @Override
  public Future<Optional<User>> find(UserId id) {
    return engine.read(session -> session.first(FIND, UserRow::read, id.value()));
  }

  @Override
  public Future<Long> count() {
    return engine.read(session -> session.number(COUNT));
  }

  @Override
  public Future<Optional<User>> administrator() {
    return engine.read(session -> session.first(ADMINISTRATOR, UserRow::read));
  }

  @Override
  public Future<Page<User>> list(Selection selection, Paging paging) {
    SearchText text = new SearchText(engine.dialect(), selection);
    return listing.page(text, LISTED + text.where(), text.order(), paging);
  }

  @Override
  public Future<List<User>> findAll(Collection<UserId> ids) {
    Many wanted = Many.ids(ids, UserId::value);
    return engine.read(session -> session.list(findAll, UserRow::read, wanted));
  }

  @Override
  public Future<Optional<User>> findByNameOrEmail(String text) {
    String folded = UserRow.folded(text);
    return engine.read(
        session ->
            session
                .first(FIND_BY_NAME, UserRow::read, folded)
                .compose(
                    named ->
                        named.isPresent()
                            ? Future.succeededFuture(named)
                            : session.first(FIND_BY_EMAIL, UserRow::read, folded)));
  }

  @Override
  public Future<User> update(UserId id, UnaryOperator<User> change) {
    return engine.write(
        id.value(),
        session ->
            session
                .first(findToChange, UserRow::read, id.value())
                .map(found -> found.orElseThrow(Missing.user(id.value())))
                .compose(
                    found ->
                        Replicated.requireOwnUser(session, id.value())
                            .compose(own -> replace(session, found, change.apply(found)))));
  }

  /** A code that was mailed to the former address would let in whoever reads there. */
  private static Future<User> replace(Session session, User former, User changed) {
    UserId id = former.id();
    Future<?> ready =
        changed.email().equals(former.email())
            ? Future.succeededFuture()
            : SqlPasswordResets.end(session, id);
    return ready
        .compose(done -> session.first(UPDATE, UserRow::read, UserRow.values(changed, id.value())))
        .map(Optional::orElseThrow);
  }

  @Override
  public Future<Optional<String>> passwordHash(UserId id) {
    return engine.read(
        session -> session.first(PASSWORD, row -> row.text("password_hash"), id.value()));
  }

  @Override
  public Future<Void> changePassword(UserId id, String passwordHash, Optional<String> stays) {
    return engine
        .write(
            id.value(),
            session ->
                Replicated.requireOwnUser(session, id.value())
                    .compose(own -> setPassword(session, id, passwordHash, stays)))
        .map(
            changed -> {
              if (!changed) throw Missing.user(id.value()).get();
              return null;
            });
  }

  /**
   * Part of another unit; succeeds with whether there is such a user. Codes end first: who redeems
   * one takes the rows in this order, too.
   */
  static Future<Boolean> setPassword(
      Session session, UserId id, String passwordHash, Optional<String> stays) {
    long user = id.value();
    return SqlPasswordResets.end(session, id)
        .compose(ended -> session.change(CHANGE_PASSWORD, passwordHash, user))
        .compose(
            changed ->
                changed == 0
                    ? Future.succeededFuture(false)
                    : session.change(END_SESSIONS, user, stays.orElse("")).map(true));
  }
}
