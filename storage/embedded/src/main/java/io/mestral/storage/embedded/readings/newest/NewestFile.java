package io.mestral.storage.embedded.readings.newest;

import io.mestral.model.reading.Series;
import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.series.NewestTwo;
import java.nio.ByteBuffer;
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
import java.util.zip.CRC32C;

/**
 * The newest two readings of each series as far as they are sealed, so that nobody searches blocks
 * for them. It follows from the blocks and can be made again.
 */
public final class NewestFile implements AutoCloseable {
  /** Version 1 had no checksums. */
  public static final int FIRST_WITH_CHECKSUMS = 2;

  private static final int VERSION = 2;

  /** What SQLite calls the application's number says whether some were missing. */
  private static final int WHOLE = 0;

  private static final int LACKS_SOME = 1;

  /** The columns of a row, in the order that {@link #rowOf} reads them. */
  public static final String COLUMNS =
      "device, sensor, second, value, previous_second, previous_value, crc";

  private static final String PUT = "INSERT OR REPLACE INTO series VALUES (?, ?, ?, ?, ?, ?, ?)";

  private final Connection connection;
  private final PreparedStatement select;

  private NewestFile(Connection connection) throws SQLException {
    this.connection = connection;
    select = connection.prepareStatement("SELECT " + COLUMNS + " FROM series WHERE device = ?");
  }

  /** For the store's thread: {@link #isCurrent}, and changes are kept by {@link #commit}. */
  public static NewestFile writer(Path file) throws SQLException {
    Connection connection = Sqlite.writer(file);
    try {
      Sqlite.knownVersion(connection, VERSION);
      connection.setAutoCommit(false);
      return new NewestFile(connection);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /**
   * Makes it with all that is to be in it, in the place of an earlier one: nobody ever sees a part.
   *
   * @param whole false when some could not be found
   */
  static void create(Path file, Map<Series, NewestTwo> newest, boolean whole) throws SQLException {
    Sqlite.create(
        file,
        VERSION,
        statement -> {
          createTable(statement);
          if (!whole) statement.execute("PRAGMA application_id = " + LACKS_SOME);
          fill(statement.getConnection(), newest);
        });
  }

  /** Whether the file is there and not of an earlier version. */
  public static boolean isCurrent(Path file) {
    return is(file, connection -> true);
  }

  /** Whether it is current, too, and nothing was missing when it was made. */
  public static boolean isWhole(Path file) {
    return is(file, NewestFile::lacksNone);
  }

  private static boolean is(Path file, Condition condition) {
    if (!Files.exists(file)) return false;
    try (Connection connection = Sqlite.reader(file)) {
      return Sqlite.knownVersion(connection, VERSION) == VERSION && condition.test(connection);
    } catch (SQLException broken) {
      return true; // whoever reads it says so
    }
  }

  private static boolean lacksNone(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA application_id")) {
      return row.getInt(1) == WHOLE;
    }
  }

  /** Something to ask of a file. */
  @FunctionalInterface
  private interface Condition {
    boolean test(Connection connection) throws SQLException;
  }

  /** For readers; empty when the file is not there, or not filled yet. */
  public static Optional<NewestFile> reader(Path file) throws SQLException {
    if (!Files.exists(file)) return Optional.empty();
    Connection connection = Sqlite.reader(file);
    try {
      if (Sqlite.knownVersion(connection, VERSION) == VERSION)
        return Optional.of(new NewestFile(connection));
      connection.close();
      return Optional.empty();
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
            + " previous_second INTEGER, previous_value INTEGER, crc INTEGER NOT NULL,"
            + " PRIMARY KEY (device, sensor)) WITHOUT ROWID");
  }

  /** The newest readings of a device by sensor. */
  public Map<Integer, NewestTwo> of(long device) throws SQLException {
    Map<Integer, NewestTwo> found = new HashMap<>();
    select.setLong(1, device);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) found.put(rows.getInt(2), rowOf(rows));
    }
    return found;
  }

  /** The highest number of a device; 0 when there is none. */
  public long highestDevice() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT " + COLUMNS + " FROM series ORDER BY device DESC LIMIT 1")) {
      if (!row.next()) return 0;
      rowOf(row); // a broken number could be any
      return row.getLong(1);
    }
  }

  /**
   * Reads a row of {@link #COLUMNS}.
   *
   * @throws Sqlite.Broken when it is not as it was written
   */
  public static NewestTwo rowOf(ResultSet row) throws SQLException {
    NewestTwo newest = new NewestTwo();
    long previous = row.getLong(5);
    if (!row.wasNull()) newest.offer(previous, Double.longBitsToDouble(row.getLong(6)));
    newest.offer(row.getLong(3), Double.longBitsToDouble(row.getLong(4)));
    if (row.getInt(7) != checksum(row.getLong(1), row.getInt(2), newest))
      throw new Sqlite.Broken(
          "the checksum of device " + row.getLong(1) + " sensor " + row.getInt(2) + " is wrong");
    return newest;
  }

  private static int checksum(long device, int sensor, NewestTwo newest) {
    ByteBuffer bytes = ByteBuffer.allocate(44);
    bytes.putLong(device).putInt(sensor).putLong(newest.second()).putDouble(newest.value());
    if (newest.hasPrevious())
      bytes.putLong(newest.previousSecond()).putDouble(newest.previousValue());
    CRC32C crc = new CRC32C();
    crc.update(bytes.flip());
    return (int) crc.getValue();
  }

  private static void fill(Connection connection, Map<Series, NewestTwo> newest)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(PUT)) {
      for (Map.Entry<Series, NewestTwo> entry : newest.entrySet()) {
        if (entry.getValue().isEmpty()) continue;
        Series series = entry.getKey();
        bind(insert, series.device().value(), series.sensor().value(), entry.getValue());
        insert.executeUpdate();
      }
    }
  }

  /** Writes the newest readings of a device's sensors; those without any are forgotten. */
  void put(long device, Map<Integer, NewestTwo> newest) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT);
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM series WHERE device = ? AND sensor = ?")) {
      for (Map.Entry<Integer, NewestTwo> entry : newest.entrySet()) {
        if (entry.getValue().isEmpty()) {
          delete.setLong(1, device);
          delete.setInt(2, entry.getKey());
          delete.addBatch();
        } else {
          bind(put, device, entry.getKey(), entry.getValue());
          put.addBatch();
        }
      }
      put.executeBatch();
      delete.executeBatch();
    }
  }

  private static void bind(PreparedStatement put, long device, int sensor, NewestTwo two)
      throws SQLException {
    put.setLong(1, device);
    put.setInt(2, sensor);
    put.setLong(3, two.second());
    put.setLong(4, Double.doubleToRawLongBits(two.value()));
    if (two.hasPrevious()) {
      put.setLong(5, two.previousSecond());
      put.setLong(6, Double.doubleToRawLongBits(two.previousValue()));
    } else {
      put.setNull(5, Types.INTEGER);
      put.setNull(6, Types.INTEGER);
    }
    put.setInt(7, checksum(device, sensor, two));
  }

  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
