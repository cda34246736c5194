package io.mestral.storage.embedded.readings.months;

import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.format.Malformed;
import io.mestral.storage.embedded.readings.series.Slice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks of a month's file, some for each series and day. They lie in the order of their
 * writing, and so does their index as long as time goes on: what is sealed together, a little of
 * each of many series, fills pages instead of touching one for each series. In files that were made
 * by version 1 they lie by series.
 */
final class BlockTable {
  private static final Logger log = LoggerFactory.getLogger(BlockTable.class);

  private static final String COLUMNS =
      " (device INTEGER NOT NULL, sensor INTEGER NOT NULL, day INTEGER NOT NULL,"
          + " part INTEGER NOT NULL, format INTEGER NOT NULL, count INTEGER NOT NULL,"
          + " first INTEGER NOT NULL, last INTEGER NOT NULL, crc INTEGER NOT NULL,"
          + " data BLOB NOT NULL";

  private final Connection connection;
  private final PreparedStatement parts;
  private final PreparedStatement blocks;
  private final PreparedStatement insert;
  private final PreparedStatement restore;
  private final PreparedStatement delete;
  private final PreparedStatement setAside;

  BlockTable(Connection connection) throws SQLException {
    this.connection = connection;
    String here = " WHERE device = ? AND sensor = ? AND day = ?";
    parts = connection.prepareStatement("SELECT part FROM block" + here + " ORDER BY part");
    blocks =
        connection.prepareStatement(
            "SELECT part, format, crc, data FROM block" + here + " ORDER BY part");
    String values = " INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    insert = connection.prepareStatement("INSERT" + values);
    restore = connection.prepareStatement("INSERT OR IGNORE" + values);
    delete = connection.prepareStatement("DELETE FROM block" + here);
    setAside =
        connection.prepareStatement(
            "INSERT INTO damaged SELECT * FROM block" + here + " AND part = ?");
  }

  static void create(Statement statement) throws SQLException {
    statement.execute("CREATE TABLE block" + COLUMNS + ")");
    statement.execute("CREATE UNIQUE INDEX block_place ON block (day, device, sensor, part)");
    statement.execute("CREATE TABLE damaged" + COLUMNS + ")");
  }

  /** The numbers of the parts that a day has, ascending. */
  List<Integer> partsOf(Block.Place place) throws SQLException {
    List<Integer> found = new ArrayList<>();
    bind(parts, place);
    try (ResultSet rows = parts.executeQuery()) {
      while (rows.next()) found.add(rows.getInt(1));
    }
    return found;
  }

  /** The readings of a day's good blocks, later parts last. */
  List<Slice> readableOf(Block.Place place) throws SQLException {
    List<Slice> slices = new ArrayList<>();
    read(place, slices);
    return slices;
  }

  /** The same; a damaged block is kept in a table of its own. */
  List<Slice> takeOut(Block.Place place) throws SQLException {
    List<Slice> slices = new ArrayList<>();
    for (int part : read(place, slices)) {
      bind(setAside, place);
      setAside.setInt(4, part);
      setAside.executeUpdate();
    }
    remove(place);
    return slices;
  }

  /** Adds the good parts and gives the numbers of the bad ones. */
  private List<Integer> read(Block.Place place, List<Slice> into) throws SQLException {
    List<Integer> bad = new ArrayList<>();
    bind(blocks, place);
    try (ResultSet rows = blocks.executeQuery()) {
      while (rows.next()) {
        Block block =
            new Block(place, rows.getInt(1), rows.getInt(2), rows.getInt(3), rows.getBytes(4));
        try {
          into.add(block.readings());
        } catch (Malformed damage) {
          log.error("{} part {} is damaged: {}", place, block.part(), damage.getMessage());
          bad.add(block.part());
        }
      }
    }
    return bad;
  }

  void put(Block block, Slice readings) throws SQLException {
    bind(insert, block, readings);
    insert.executeUpdate();
  }

  /** Adds a block unless it is there already. */
  boolean restore(Block block, Slice readings) throws SQLException {
    bind(restore, block, readings);
    return restore.executeUpdate() > 0;
  }

  void remove(Block.Place place) throws SQLException {
    bind(delete, place);
    delete.executeUpdate();
  }

  /** Every day of every series that has blocks. */
  List<Block.Place> places() throws SQLException {
    List<Block.Place> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT DISTINCT device, sensor, day FROM block")) {
      while (rows.next())
        found.add(new Block.Place(rows.getLong(1), rows.getInt(2), rows.getLong(3)));
    }
    return found;
  }

  /** Those before a day, in the order of days, the next behind one of them. */
  List<Block.Place> placesBefore(long day, Optional<Block.Place> after, int limit)
      throws SQLException {
    List<Block.Place> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT DISTINCT device, sensor, day FROM block"
                + " WHERE day < ? AND (day, device, sensor) > (?, ?, ?)"
                + " ORDER BY day, device, sensor LIMIT ?")) {
      statement.setLong(1, day);
      statement.setLong(2, after.map(Block.Place::day).orElse(Long.MIN_VALUE));
      statement.setLong(3, after.map(Block.Place::device).orElse(0L));
      statement.setInt(4, after.map(Block.Place::sensor).orElse(0));
      statement.setInt(5, limit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next())
          found.add(new Block.Place(rows.getLong(1), rows.getInt(2), rows.getLong(3)));
      }
    }
    return found;
  }

  private static void bind(PreparedStatement statement, Block block, Slice readings)
      throws SQLException {
    bind(statement, block.place());
    statement.setInt(4, block.part());
    statement.setInt(5, block.format());
    statement.setInt(6, readings.size());
    statement.setLong(7, readings.first());
    statement.setLong(8, readings.last());
    statement.setInt(9, block.checksum());
    statement.setBytes(10, block.data());
  }

  private static void bind(PreparedStatement statement, Block.Place place) throws SQLException {
    statement.setLong(1, place.device());
    statement.setInt(2, place.sensor());
    statement.setLong(3, place.day());
  }
}
