package io.mestral.storage.embedded.metadata.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the rows that can still be read in a broken database over into a sound one of the same
 * kind. A table whose rows can all be read takes the place of what was there; of another the rows
 * from both ends, up to where it breaks, replace those with their keys. All or nothing.
 */
public final class Rescue {
  private static final Logger LOG = LoggerFactory.getLogger(Rescue.class);
  private static final String TABLES =
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'schema_steps'
      """;
  private static final String COLUMNS = "SELECT name FROM pragma_table_info(?)";
  private static final String ORPHANS =
      "SELECT \"table\" AS name, rowid AS n FROM pragma_foreign_key_check";
  private static final String STEPS = "SELECT max(number) AS n FROM schema_steps";

  private final SqliteSession from;
  private final SqliteSession into;
  private int rows;
  private int broken;

  private record Orphan(String table, long row) {}

  private Rescue(SqliteSession from, SqliteSession into) {
    this.from = from;
    this.into = into;
  }

  /**
   * Does it.
   *
   * @return how many rows were carried over; with 0 the sound database is as before
   * @throws SQLException when nothing sound came of it; the sound database is as before
   */
  public static int of(Path broken, Path sound) throws SQLException {
    try (SqliteSession into = SqliteSession.copying(sound);
        SqliteSession from = SqliteSession.salvaging(broken)) {
      return new Rescue(from, into).run();
    }
  }

  private int run() throws SQLException {
    if (isNewer()) return 0;
    into.execute("BEGIN IMMEDIATE");
    try {
      for (String table : into.list(TABLES, row -> row.text("name"))) rescue(table);
      int removed = removeOrphans();
      requireSound();
      into.execute(rows > 0 ? "COMMIT" : "ROLLBACK");
      LOG.warn(
          "{} rows could be read, {} tables break off, {} rows referred to lost ones",
          rows,
          broken,
          removed);
      return rows;
    } catch (SQLException | RuntimeException failure) {
      rollBack(failure);
      throw failure;
    }
  }

  private void rollBack(Exception failure) {
    try {
      into.execute("ROLLBACK");
    } catch (SQLException gone) {
      failure.addSuppressed(gone);
    }
  }

  /** What a newer version wrote must not be cut down to what this one knows. */
  private boolean isNewer() throws SQLException {
    long known = into.number(STEPS);
    try {
      return from.number(STEPS) > known;
    } catch (SQLException unreadable) {
      LOG.debug("the steps of the schema cannot be read: {}", unreadable.getMessage());
      return false;
    }
  }

  private void rescue(String table) throws SQLException {
    List<String> columns = columnsOf(table);
    if (columns.isEmpty()) {
      broken++;
      return;
    }
    into.execute("SAVEPOINT whole");
    into.execute("DELETE FROM " + table);
    Copy copy = new Copy(table, columns);
    if (copy.run(false)) {
      into.execute("RELEASE whole");
    } else {
      broken++;
      into.execute("ROLLBACK TO whole");
      into.execute("RELEASE whole");
      copy = new Copy(table, columns);
      copy.run(false);
      copy.run(true);
    }
    rows += copy.copied;
  }

  /** Those that both have: the broken one may be of an earlier schema. */
  private List<String> columnsOf(String table) throws SQLException {
    List<String> columns = new ArrayList<>(into.list(COLUMNS, row -> row.text("name"), table));
    try {
      columns.retainAll(Set.copyOf(from.list(COLUMNS, row -> row.text("name"), table)));
      return columns;
    } catch (SQLException unreadable) {
      LOG.warn("nothing of table {} can be read: {}", table, unreadable.getMessage());
      return List.of();
    }
  }

  private int removeOrphans() throws SQLException {
    int removed = 0;
    List<Orphan> orphans = orphans();
    while (!orphans.isEmpty()) {
      for (Orphan orphan : orphans)
        removed += into.change("DELETE FROM " + orphan.table + " WHERE rowid = ?", orphan.row);
      orphans = orphans();
    }
    return removed;
  }

  private List<Orphan> orphans() throws SQLException {
    return into.list(ORPHANS, row -> new Orphan(row.text("name"), row.number("n")));
  }

  private void requireSound() throws SQLException {
    String verdict =
        into.first("PRAGMA integrity_check(1)", row -> row.text("integrity_check")).orElse("");
    if (!verdict.equals("ok")) throw new SQLException("the rescued rows make no sound database");
  }

  /** The copying of one table. */
  private final class Copy {
    private final String table;
    private final List<String> columns;
    private long front = Long.MIN_VALUE;
    private int copied;
    private int refused;

    Copy(String table, List<String> columns) {
      this.table = table;
      this.columns = columns;
    }

    /** Whether every row was copied, or from the back those to where the front broke off. */
    boolean run(boolean backwards) throws SQLException {
      String names = String.join(", ", columns);
      String query =
          String.format(
              "SELECT rowid, %s FROM %s NOT INDEXED ORDER BY rowid %s",
              names, table, backwards ? "DESC" : "ASC");
      String marks = ", ?".repeat(columns.size()).substring(2);
      String insert = "INSERT OR REPLACE INTO " + table + " (" + names + ") VALUES (" + marks + ")";
      try (PreparedStatement target = into.connection().prepareStatement(insert)) {
        return copied(query, backwards, target);
      }
    }

    private boolean copied(String query, boolean backwards, PreparedStatement target) {
      try (PreparedStatement source = from.connection().prepareStatement(query);
          ResultSet found = source.executeQuery()) {
        while (found.next()) {
          long row = found.getLong(1);
          if (backwards && row <= front) return true;
          Object[] values = new Object[columns.size()];
          for (int i = 0; i < values.length; i++) values[i] = found.getObject(i + 2);
          put(values, target);
          if (!backwards) front = row;
        }
        return refused == 0;
      } catch (SQLException unreadable) {
        LOG.warn("table {} breaks off: {}", table, unreadable.getMessage());
        return false;
      }
    }

    /** A row that the schema doesn't allow is damaged itself. */
    private void put(Object[] values, PreparedStatement target) {
      try {
        for (int i = 0; i < values.length; i++) target.setObject(i + 1, values[i]);
        target.executeUpdate();
        copied++;
      } catch (SQLException failure) {
        if (!SqlFailures.isConstraint(failure))
          throw new IllegalStateException("the rescued rows cannot be written", failure);
        refused++;
        LOG.warn("a row of {} is damaged: {}", table, failure.getMessage());
      }
    }
  }
}
