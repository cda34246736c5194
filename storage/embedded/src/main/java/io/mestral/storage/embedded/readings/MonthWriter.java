package io.mestral.storage.embedded.readings;

import io.mestral.model.reading.TimeRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds blocks to the file of a month; for the store's thread. */
final class MonthWriter implements AutoCloseable {
  static final int VERSION = 1;

  private static final Logger log = LoggerFactory.getLogger(MonthWriter.class);

  /** A day that would get so many parts is written as one. */
  private static final int PARTS = 4;

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
  private final PreparedStatement deleteDays;
  private final PreparedStatement setAside;

  private MonthWriter(Connection connection) throws SQLException {
    this.connection = connection;
    Sqlite.requireVersion(connection, VERSION);
    connection.setAutoCommit(false);
    String here = " WHERE device = ? AND sensor = ? AND day = ?";
    parts = connection.prepareStatement("SELECT part FROM block" + here + " ORDER BY part");
    blocks =
        connection.prepareStatement(
            "SELECT part, format, crc, data FROM block" + here + " ORDER BY part");
    String values = " INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    insert = connection.prepareStatement("INSERT" + values);
    restore = connection.prepareStatement("INSERT OR IGNORE" + values);
    delete = connection.prepareStatement("DELETE FROM block" + here);
    String between = " WHERE device = ? AND sensor = ? AND day BETWEEN ? AND ?";
    deleteDays = connection.prepareStatement("DELETE FROM block" + between);
    setAside =
        connection.prepareStatement(
            "INSERT INTO damaged SELECT * FROM block" + here + " AND part = ?");
  }

  /** Opens the file of a month, which is made if it is not there. */
  static MonthWriter open(Path file) throws SQLException {
    if (!Files.exists(file)) Sqlite.create(file, VERSION, MonthWriter::createTables);
    Connection connection = Sqlite.writer(file);
    try {
      return new MonthWriter(connection);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  private static void createTables(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE block"
            + COLUMNS
            + ", PRIMARY KEY (device, sensor, day, part)) WITHOUT ROWID");
    statement.execute("CREATE TABLE damaged" + COLUMNS + ")");
  }

  /** The file is not for this program. */
  static final class NewerVersion extends SQLException {
    private static final long serialVersionUID = 1L;

    NewerVersion(String message) {
      super(message);
    }
  }

  /** Adds readings of a series and day; later ones win over those that are there. */
  void add(Block.Place place, Slice readings) throws SQLException {
    List<Integer> there = partsOf(place);
    int next = there.isEmpty() ? 1 : there.get(there.size() - 1) + 1;
    if (there.size() + 1 < PARTS) {
      put(Block.of(place, next, readings), readings);
      return;
    }
    List<Slice> slices = readableOf(place);
    slices.add(readings);
    Slice whole = Columns.merged(slices, Integer.MAX_VALUE).all();
    bind(delete, place);
    delete.executeUpdate();
    put(Block.of(place, next, whole), whole);
  }

  /** Removes readings of a series from one second of the month to another. */
  void remove(long device, int sensor, TimeRange range) throws SQLException {
    long first = Math.floorDiv(range.from() + Days.SECONDS - 1, Days.SECONDS);
    long last = Math.floorDiv(range.to() + 1, Days.SECONDS) - 1;
    for (long day : new TreeSet<>(List.of(Days.of(range.from()), Days.of(range.to()))))
      if (day < first || day > last) removePart(new Block.Place(device, sensor, day), range);
    if (first > last) return;
    bind(deleteDays, new Block.Place(device, sensor, first));
    deleteDays.setLong(4, last);
    deleteDays.executeUpdate();
  }

  private void removePart(Block.Place place, TimeRange range) throws SQLException {
    List<Integer> there = partsOf(place);
    if (there.isEmpty()) return;
    List<Slice> left = new ArrayList<>();
    for (Slice slice : readableOf(place)) Removals.of(range).leave(slice, left);
    bind(delete, place);
    delete.executeUpdate();
    Slice rest = Columns.merged(left, Integer.MAX_VALUE).all();
    if (rest.size() > 0) put(Block.of(place, there.get(there.size() - 1) + 1, rest), rest);
  }

  private void put(Block block, Slice readings) throws SQLException {
    bind(insert, block, readings);
    insert.executeUpdate();
  }

  /** Adds a block as it is, unless it is there already. */
  boolean restore(Block block, Slice readings) throws SQLException {
    bind(restore, block, readings);
    return restore.executeUpdate() > 0;
  }

  private List<Integer> partsOf(Block.Place place) throws SQLException {
    List<Integer> found = new ArrayList<>();
    bind(parts, place);
    try (ResultSet rows = parts.executeQuery()) {
      while (rows.next()) found.add(rows.getInt(1));
    }
    return found;
  }

  /** The good blocks; a damaged one is kept in a table of its own. */
  private List<Slice> readableOf(Block.Place place) throws SQLException {
    List<Slice> slices = new ArrayList<>();
    List<Integer> bad = new ArrayList<>();
    bind(blocks, place);
    try (ResultSet rows = blocks.executeQuery()) {
      while (rows.next()) {
        Block block =
            new Block(place, rows.getInt(1), rows.getInt(2), rows.getInt(3), rows.getBytes(4));
        try {
          slices.add(block.readings());
        } catch (ByteSource.Malformed damage) {
          log.error("{} part {} is set aside: {}", place, block.part(), damage.getMessage());
          bad.add(block.part());
        }
      }
    }
    for (int part : bad) {
      bind(setAside, place);
      setAside.setInt(4, part);
      setAside.executeUpdate();
    }
    return slices;
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

  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close(); // what was not committed never was
  }
}
