package io.mestral.storage.embedded.readings.examination;

import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.format.DayRow;
import io.mestral.storage.embedded.readings.format.Malformed;
import io.mestral.storage.embedded.readings.newest.NewestFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Looks through a file of the readings, and changes nothing: its pages, blocks and days. */
public final class ReadingsCheck {
  private static final int MOST_PROBLEMS = 20;

  private final LongConsumer looked;
  private final List<String> problems = new ArrayList<>();
  private long readings;
  private int others;
  private boolean broken;

  private ReadingsCheck(LongConsumer looked) {
    this.looked = looked;
  }

  /**
   * What a file holds.
   *
   * @param readings in good blocks; one that came twice may count twice
   * @param problems each damage, in words
   * @param broken whether SQLite itself stumbles over it
   */
  public record Result(long readings, List<String> problems, boolean broken) {}

  /** Looks through a file that the store has, too. */
  static Result of(Path file, LongConsumer looked) {
    return check(() -> Sqlite.reader(file), looked);
  }

  /**
   * Looks through a file that nobody changes, without leaving a trace beside it.
   *
   * @param looked gets the number of bytes after each row, and may take its time
   */
  public static Result ofCopy(Path file, LongConsumer looked) {
    return check(() -> Sqlite.untouching(file), looked);
  }

  /** Opens a file. */
  @FunctionalInterface
  private interface Opening {
    Connection open() throws SQLException;
  }

  private static Result check(Opening opening, LongConsumer looked) {
    ReadingsCheck check = new ReadingsCheck(looked);
    try (Connection connection = opening.open()) {
      check.run(connection);
    } catch (SQLException failure) {
      check.broken = Sqlite.isDamage(failure);
      check.add(failure.getMessage());
    }
    if (check.others > 0) check.problems.add("and " + check.others + " more");
    return new Result(check.readings, List.copyOf(check.problems), check.broken);
  }

  private void run(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet verdict = statement.executeQuery("PRAGMA integrity_check(1)")) {
        if (verdict.next() && !verdict.getString(1).equals("ok")) {
          broken = true;
          add(verdict.getString(1));
        }
      }
      int version = Sqlite.knownVersion(connection, Integer.MAX_VALUE);
      if (has(statement, "block")) blocks(statement);
      if (has(statement, "day")) days(statement);
      if (has(statement, "series") && version >= NewestFile.FIRST_WITH_CHECKSUMS) series(statement);
    }
  }

  private static boolean has(Statement statement, String table) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = '" + table + "'")) {
      return row.next();
    }
  }

  private void blocks(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT device, sensor, day, part, format, crc, data FROM block")) {
      while (rows.next()) {
        Block block =
            new Block(
                placeOf(rows), rows.getInt(4), rows.getInt(5), rows.getInt(6), rows.getBytes(7));
        looked.accept(block.data().length);
        try {
          readings += block.readings().size();
        } catch (Malformed damage) {
          add(nameOf(block.place()) + " part " + block.part() + ": " + damage.getMessage());
        }
      }
    }
  }

  private void days(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT device, sensor, day, blocks, crc, data FROM day")) {
      while (rows.next()) {
        DayRow row = new DayRow(placeOf(rows), rows.getInt(4), rows.getInt(5), rows.getBytes(6));
        looked.accept(row.data().length);
        if (!row.isSound()) add("the hours of " + nameOf(row.place()) + ": the checksum is wrong");
      }
    }
  }

  private void series(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT " + NewestFile.COLUMNS + " FROM series")) {
      while (rows.next()) {
        looked.accept(Long.BYTES * 6);
        NewestFile.rowOf(rows);
      }
    }
  }

  private static Block.Place placeOf(ResultSet row) throws SQLException {
    return new Block.Place(row.getLong(1), row.getInt(2), row.getLong(3));
  }

  private static String nameOf(Block.Place place) {
    return "device " + place.device() + " sensor " + place.sensor() + " day " + place.day();
  }

  private void add(String problem) {
    if (problems.size() < MOST_PROBLEMS) problems.add(problem);
    else others++;
  }
}
