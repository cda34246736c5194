package io.mestral.storage.embedded.readings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest two readings of each series as far as they are sealed, so that nobody searches blocks
 * for them. It follows from the blocks and can be made again.
 */
final class NewestFile implements AutoCloseable {
  private static final int VERSION = 1;

  private final Connection connection;
  private final PreparedStatement select;

  private NewestFile(Connection connection) throws SQLException {
    this.connection = connection;
    select =
        connection.prepareStatement(
            "SELECT sensor, second, value, previous_second, previous_value"
                + " FROM series WHERE device = ?");
  }

  /** For the store's thread: made if it is not there, changes are kept by {@link #commit}. */
  static NewestFile writer(Path file) throws SQLException {
    if (!Files.exists(file)) Sqlite.create(file, VERSION, NewestFile::createTable);
    Connection connection = Sqlite.writer(file);
    try {
      Sqlite.requireVersion(connection, VERSION);
      connection.setAutoCommit(false);
      return new NewestFile(connection);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** For readers; empty when the file is not there. */
  static Optional<NewestFile> reader(Path file) throws SQLException {
    if (!Files.exists(file)) return Optional.empty();
    Connection connection = Sqlite.reader(file);
    try {
      Sqlite.requireVersion(connection, VERSION);
      return Optional.of(new NewestFile(connection));
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  private static void createTable(Statement statement) throws SQLException {
    // Values as the bits they are: SQLite keeps no negative zero.
    statement.execute(
        "CREATE TABLE series (device INTEGER NOT NULL, sensor INTEGER NOT NULL,"
            + " second INTEGER NOT NULL, value INTEGER NOT NULL,"
            + " previous_second INTEGER, previous_value INTEGER,"
            + " PRIMARY KEY (device, sensor)) WITHOUT ROWID");
  }

  /** The newest readings of a device by sensor. */
  Map<Integer, NewestTwo> of(long device) throws SQLException {
    Map<Integer, NewestTwo> found = new HashMap<>();
    select.setLong(1, device);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        NewestTwo newest = new NewestTwo();
        long previous = rows.getLong(4);
        if (!rows.wasNull()) newest.offer(previous, Double.longBitsToDouble(rows.getLong(5)));
        newest.offer(rows.getLong(2), Double.longBitsToDouble(rows.getLong(3)));
        found.put(rows.getInt(1), newest);
      }
    }
    return found;
  }

  /** Writes the newest readings of a device's sensors; those without any are forgotten. */
  void put(long device, Map<Integer, NewestTwo> newest) throws SQLException {
    try (PreparedStatement upsert =
            connection.prepareStatement("INSERT OR REPLACE INTO series VALUES (?, ?, ?, ?, ?, ?)");
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM series WHERE device = ? AND sensor = ?")) {
      for (Map.Entry<Integer, NewestTwo> entry : newest.entrySet()) {
        PreparedStatement change = entry.getValue().isEmpty() ? delete : upsert;
        change.setLong(1, device);
        change.setInt(2, entry.getKey());
        if (change == upsert) bind(upsert, entry.getValue());
        change.addBatch();
      }
      upsert.executeBatch();
      delete.executeBatch();
    }
  }

  private static void bind(PreparedStatement upsert, NewestTwo two) throws SQLException {
    upsert.setLong(3, two.second());
    upsert.setLong(4, Double.doubleToRawLongBits(two.value()));
    if (two.hasPrevious()) {
      upsert.setLong(5, two.previousSecond());
      upsert.setLong(6, Double.doubleToRawLongBits(two.previousValue()));
    } else {
      upsert.setNull(5, Types.INTEGER);
      upsert.setNull(6, Types.INTEGER);
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
