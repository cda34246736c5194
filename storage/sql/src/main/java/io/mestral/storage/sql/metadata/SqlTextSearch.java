package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.storage.Page;
import io.mestral.storage.Steps;
import io.mestral.storage.TextSearch;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Looks for words in texts that were folded when they were kept. */
final class SqlTextSearch implements TextSearch {
  private static final int AT_ONCE = 500;

  private static final String DEVICES =
      """
      FROM devices JOIN users ON users.id = devices.owner_id
      WHERE devices.workflow_state = 'active' AND users.workflow_state = 'active'
        AND is_private = FALSE AND is_test = FALSE
      """
          + has("devices");
  private static final String USERS = "FROM users WHERE workflow_state = 'active'" + has("users");
  private static final String FIND =
      "SELECT 0 AS kind, devices.id AS id, name, description, owner_id, username, devices.city AS"
          + " city, devices.country_code AS country_code, CAST(NULL AS TEXT) AS picture "
          + DEVICES
          + " UNION ALL SELECT 1, id, username, CAST(NULL AS TEXT), id, username, city,"
          + " country_code, picture "
          + USERS
          + " ORDER BY 1, 2 LIMIT $"
          + (MOST_WORDS + 1)
          + " OFFSET $"
          + (MOST_WORDS + 2);
  private static final String COUNT =
      "SELECT (SELECT count(*) " + DEVICES + ") + (SELECT count(*) " + USERS + ") AS n";

  private static final String OLD_DEVICES =
      "SELECT " + DeviceRow.ALL + " FROM devices WHERE folded = '' ORDER BY id LIMIT $1";
  private static final String OLD_USERS =
      "SELECT " + UserRow.ALL + " FROM users WHERE folded = '' ORDER BY id LIMIT $1";
  private static final String FOLD_DEVICE = "UPDATE devices SET folded = $1 WHERE id = $2";
  private static final String FOLD_USER = "UPDATE users SET folded = $1 WHERE id = $2";

  private final Engine engine;

  SqlTextSearch(Engine engine) {
    this.engine = engine;
  }

  /** The statement is the same for any number of words: those that aren't there fit everything. */
  private static String has(String table) {
    StringBuilder has = new StringBuilder();
    for (int i = 1; i <= MOST_WORDS; i++)
      has.append(" AND ").append(table).append(".folded LIKE $").append(i);
    return has.toString();
  }

  @Override
  public Future<Page<Hit>> find(List<String> words, long offset, int limit) {
    List<Object> patterns = new ArrayList<>();
    for (int i = 0; i < MOST_WORDS; i++)
      patterns.add(i < words.size() ? "% " + words.get(i) + "%" : "%");
    List<Object> page = new ArrayList<>(patterns);
    page.add((long) limit);
    page.add(offset);
    return engine.read(
        session ->
            session
                .list(FIND, SqlTextSearch::hit, page.toArray())
                .compose(
                    hits ->
                        session
                            .number(COUNT, patterns.toArray())
                            .map(total -> new Page<>(hits, total))));
  }

  private static Hit hit(Row row) {
    if (row.number("kind") == 1)
      return new Hit.OfUser(
          new UserId(row.number("id")),
          row.text("username"),
          row.optionalText("picture"),
          row.optionalText("city"),
          row.optionalText("country_code"));
    return new Hit.OfDevice(
        new DeviceId(row.number("id")),
        row.text("name"),
        row.optionalText("description"),
        new UserId(row.number("owner_id")),
        row.text("username"),
        row.optionalText("city"),
        row.optionalText("country_code"));
  }

  @Override
  public Future<Void> catchUp() {
    return Steps.until(() -> engine.write(0, SqlTextSearch::foldDevices))
        .compose(done -> Steps.until(() -> engine.write(0, SqlTextSearch::foldUsers)));
  }

  /** Succeeds with whether none was left. */
  private static Future<Boolean> foldDevices(Session session) {
    return session
        .list(
            OLD_DEVICES,
            row -> new Object[] {DeviceRow.folded(DeviceRow.read(row)), row.number("id")},
            (long) AT_ONCE)
        .compose(lines -> fold(session, FOLD_DEVICE, lines));
  }

  private static Future<Boolean> foldUsers(Session session) {
    return session
        .list(
            OLD_USERS,
            row -> new Object[] {UserRow.words(UserRow.read(row)), row.number("id")},
            (long) AT_ONCE)
        .compose(lines -> fold(session, FOLD_USER, lines));
  }

  private static Future<Boolean> fold(Session session, String sql, List<Object[]> lines) {
    return lines.isEmpty()
        ? Future.succeededFuture(true)
        : session.changeAll(sql, lines).map(lines.size() < AT_ONCE);
  }
}
