package io.mestral.storage.embedded.readings.months;

import io.mestral.model.reading.TimeRange;
import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.format.DayRow;
import io.mestral.storage.embedded.readings.format.Malformed;
import io.mestral.storage.embedded.readings.series.Columns;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.Removals;
import io.mestral.storage.embedded.readings.series.Slice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the file of a month; for the store's thread. Blocks and the rows of days are written
 * together: each row is what the blocks of its day make, or the last that is left of them.
 */
public final class MonthWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MonthWriter.class);

  /** Version 1 had blocks only. */
  static final int FIRST_WITH_DAYS = 2;

  private static final int VERSION = 2;

  /** A day that would get so many parts is written as one. */
  private static final int PARTS = 4;

  private final Connection connection;
  private final BlockTable blocks;
  private final DayTable days;

  private MonthWriter(Connection connection) throws SQLException {
    this.connection = connection;
    int version = versionOf(connection);
    connection.setAutoCommit(false);
    if (version < FIRST_WITH_DAYS) createDays();
    blocks = new BlockTable(connection);
    days = new DayTable(connection);
    if (version == VERSION) return;
    summarise();
    setVersion();
    commit();
  }

  /** Opens the file of a month, which is made if it is not there, and upgraded if it is old. */
  public static MonthWriter open(Path file) throws SQLException {
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
    BlockTable.create(statement);
    DayTable.create(statement);
  }

  private void createDays() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      DayTable.create(statement);
    }
  }

  private void setVersion() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + VERSION);
    }
  }

  /**
   * The version of a file, which this program knows. A newer version has other tables: with those
   * of this one the number is damaged.
   */
  static int versionOf(Connection connection) throws SQLException {
    try {
      return Sqlite.knownVersion(connection, VERSION);
    } catch (Sqlite.NewerVersion newer) {
      if (tablesOf(connection).equals(ownTables())) throw new Sqlite.Hollow();
      throw newer;
    }
  }

  /** Whether a file that is there was made by an earlier version. */
  public static boolean isOld(Path file) throws SQLException {
    if (!Files.exists(file)) return false;
    try (Connection connection = Sqlite.reader(file)) {
      return versionOf(connection) < VERSION;
    }
  }

  private static Set<String> ownTables() throws SQLException {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = memory.createStatement()) {
      createTables(statement);
      return tablesOf(memory);
    }
  }

  private static Set<String> tablesOf(Connection connection) throws SQLException {
    Set<String> tables = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT sql FROM sqlite_master WHERE sql > ''")) {
      while (rows.next()) tables.add(rows.getString(1));
    }
    return tables;
  }

  /**
   * Adds readings of a series and day; later ones win over those that are there. To a day whose
   * readings were let go of nothing is added.
   *
   * @return whether they were added
   */
  public boolean add(Block.Place place, Slice readings) throws SQLException {
    List<Integer> there = blocks.partsOf(place);
    if (there.isEmpty()) {
      if (isLast(place)) return false;
      blocks.put(Block.of(place, 1, readings), readings);
      days.write(place, 1, readings);
      return true;
    }
    int next = there.get(there.size() - 1) + 1;
    boolean asOne = there.size() + 1 >= PARTS;
    List<Slice> slices = asOne ? blocks.takeOut(place) : blocks.readableOf(place);
    slices.add(readings);
    Slice whole = Columns.merged(slices, Integer.MAX_VALUE).all();
    Slice part = asOne ? whole : readings;
    blocks.put(Block.of(place, next, part), part);
    days.write(place, asOne ? 1 : there.size() + 1, whole);
    return true;
  }

  private boolean isLast(Block.Place place) throws SQLException {
    return days.find(place).filter(DayRow::last).isPresent();
  }

  /** Removes readings of a series from one second of the month to another. */
  public void remove(long device, int sensor, TimeRange range) throws SQLException {
    for (long day = Days.of(range.from()); day <= Days.of(range.to()); day++) {
      Block.Place place = new Block.Place(device, sensor, day);
      boolean whole =
          range.from() <= day * Days.SECONDS && (day + 1) * Days.SECONDS - 1 <= range.to();
      if (!whole) {
        removePart(place, range);
      } else {
        blocks.remove(place);
        days.remove(place);
      }
    }
  }

  private void removePart(Block.Place place, TimeRange range) throws SQLException {
    Removals removed = Removals.of(range);
    List<Integer> there = blocks.partsOf(place);
    if (there.isEmpty()) {
      removeHours(place, removed);
      return;
    }
    List<Slice> left = new ArrayList<>();
    for (Slice slice : blocks.takeOut(place)) removed.leave(slice, left);
    Slice rest = Columns.merged(left, Integer.MAX_VALUE).all();
    if (rest.size() > 0) blocks.put(Block.of(place, there.get(there.size() - 1) + 1, rest), rest);
    days.write(place, 1, rest);
  }

  private void removeHours(Block.Place place, Removals removed) throws SQLException {
    Optional<DayRow> row = days.find(place);
    if (row.isEmpty()) return;
    try {
      DayRow rest = row.get().without(removed);
      if (rest.isEmpty()) days.remove(place);
      else days.put(rest);
    } catch (Malformed damage) {
      log.error("the hours of {} are lost: {}", place, damage.getMessage());
      days.remove(place);
    }
  }

  /** Adds a block as it is, unless it is there already; {@link #summarise} comes after the last. */
  public boolean restore(Block block, Slice readings) throws SQLException {
    return blocks.restore(block, readings);
  }

  /** Adds what is left of a day, unless there are blocks. */
  public void restore(DayRow last) throws SQLException {
    if (blocks.partsOf(last.place()).isEmpty()) days.put(last);
  }

  /** Writes the rows of all days that have blocks. */
  public void summarise() throws SQLException {
    for (Block.Place place : blocks.places()) summarise(place);
  }

  /** Writes the row of a day anew. */
  public void summarise(Block.Place place) throws SQLException {
    List<Slice> slices = blocks.readableOf(place);
    if (slices.isEmpty() && isLast(place)) return;
    int parts = blocks.partsOf(place).size();
    days.write(place, parts, Columns.merged(slices, Integer.MAX_VALUE).all());
  }

  /** Days of series that have blocks before a day, the next behind one of them. */
  public List<Block.Place> placesBefore(long day, Optional<Block.Place> after, int limit)
      throws SQLException {
    return blocks.placesBefore(day, after, limit);
  }

  /** Lets the blocks of a day go; its row is the last that is left. */
  public void retire(Block.Place place) throws SQLException {
    Optional<DayRow> row = asLast(place);
    if (row.isPresent()) days.put(row.get());
    blocks.remove(place);
  }

  /** The row of a day as the last; made anew when it is damaged. */
  private Optional<DayRow> asLast(Block.Place place) throws SQLException {
    Optional<DayRow> row = days.find(place).filter(DayRow::isSound);
    if (row.isPresent()) return row.map(DayRow::asLast);
    summarise(place);
    return days.find(place).map(DayRow::asLast);
  }

  /** Writes the rows of all days to another file as the last that is left. */
  public void copyDays(MonthWriter into) throws SQLException {
    for (Block.Place place : days.places()) {
      Optional<DayRow> row = asLast(place);
      if (row.isPresent()) into.days.put(row.get());
    }
  }

  /** Removes the rows before a day. */
  public void removeDaysBefore(long day) throws SQLException {
    days.removeBefore(day);
  }

  /** Brings what is committed from the log into the file itself. */
  public void checkpoint() throws SQLException {
    commit();
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(FULL)");
    }
  }

  public void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close(); // what was not committed never was
  }
}
