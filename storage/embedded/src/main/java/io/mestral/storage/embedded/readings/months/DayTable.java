package io.mestral.storage.embedded.readings.months;

import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.format.DayRow;
import io.mestral.storage.embedded.readings.series.Slice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The days of a month's file, one row for each series that has readings on that day. By day first:
 * all series are written at once, day after day, and one series is looked up in thirty places.
 */
final class DayTable {
  static final String QUERY =
      "WITH RECURSIVE asked(day) AS"
          + " (SELECT ? UNION ALL SELECT day + 1 FROM asked WHERE day < ?)"
          + " SELECT d.day, d.blocks, d.crc, d.data FROM asked CROSS JOIN day d"
          + " ON d.day = asked.day AND d.device = ? AND d.sensor = ?";

  private final Connection connection;
  private final PreparedStatement select;
  private final PreparedStatement upsert;
  private final PreparedStatement delete;

  DayTable(Connection connection) throws SQLException {
    this.connection = connection;
    String here = " FROM day WHERE day = ? AND device = ? AND sensor = ?";
    select = connection.prepareStatement("SELECT blocks, crc, data" + here);
    upsert = connection.prepareStatement("INSERT OR REPLACE INTO day VALUES (?, ?, ?, ?, ?, ?)");
    delete = connection.prepareStatement("DELETE" + here);
  }

  static void create(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE day (day INTEGER NOT NULL, device INTEGER NOT NULL,"
            + " sensor INTEGER NOT NULL, blocks INTEGER NOT NULL, crc INTEGER NOT NULL,"
            + " data BLOB NOT NULL, PRIMARY KEY (day, device, sensor)) WITHOUT ROWID");
  }

  Optional<DayRow> find(Block.Place place) throws SQLException {
    bind(select, place);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(rowOf(place, row, 1)) : Optional.empty();
    }
  }

  /** Reads what stands from a column on: the number of blocks, the checksum, the data. */
  static DayRow rowOf(Block.Place place, ResultSet row, int column) throws SQLException {
    return new DayRow(place, row.getInt(column), row.getInt(column + 1), row.getBytes(column + 2));
  }

  /** Writes the row of a day as the readings are that lie in so many blocks. */
  void write(Block.Place place, int blocks, Slice readings) throws SQLException {
    if (readings.size() == 0) remove(place);
    else put(DayRow.of(place, blocks, readings));
  }

  void put(DayRow row) throws SQLException {
    bind(upsert, row.place());
    upsert.setInt(4, row.blocks());
    upsert.setInt(5, row.checksum());
    upsert.setBytes(6, row.data());
    upsert.executeUpdate();
  }

  void remove(Block.Place place) throws SQLException {
    bind(delete, place);
    delete.executeUpdate();
  }

  /** Removes the rows of all series before a day. */
  void removeBefore(long day) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM day WHERE day < ?")) {
      statement.setLong(1, day);
      statement.executeUpdate();
    }
  }

  /** Every day of every series that has a row. */
  List<Block.Place> places() throws SQLException {
    List<Block.Place> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT device, sensor, day FROM day")) {
      while (rows.next())
        found.add(new Block.Place(rows.getLong(1), rows.getInt(2), rows.getLong(3)));
    }
    return found;
  }

  private static void bind(PreparedStatement statement, Block.Place place) throws SQLException {
    statement.setLong(1, place.day());
    statement.setLong(2, place.device());
    statement.setInt(3, place.sensor());
  }
}
