package io.mestral.storage.embedded.readings.months;

import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.format.Block;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of months that one reading thread has open, the longest unused closed first. */
public final class OpenMonths {
  private static final Logger log = LoggerFactory.getLogger(OpenMonths.class);
  private static final int MOST_OPEN = 32;
  private static final String BLOCKS =
      "SELECT part, format, crc, data FROM block WHERE device = ? AND sensor = ?"
          + " AND day = ? AND last >= ? AND first <= ? ORDER BY part";

  private static final String EXISTS =
      "SELECT EXISTS (SELECT 1 FROM block WHERE day = ? AND device = ? AND sensor = ?)";

  private final ReadingsFolder folder;
  private final BlockReader.DamageListener damage;
  private final Map<YearMonth, Month> open = new LinkedHashMap<>(16, 0.75f, true);
  private int epoch;

  public OpenMonths(ReadingsFolder folder, BlockReader.DamageListener damage) {
    this.folder = folder;
    this.damage = damage;
    epoch = folder.epoch();
  }

  /** One open file and what is asked of it. */
  public static final class Month {
    private final Connection connection;
    private final PreparedStatement blocks;
    private final Optional<PreparedStatement> days;
    private final PreparedStatement exists;

    private Month(Connection connection, int version) throws SQLException {
      this.connection = connection;
      blocks = connection.prepareStatement(BLOCKS);
      exists = connection.prepareStatement(EXISTS);
      days =
          version < MonthWriter.FIRST_WITH_DAYS
              ? Optional.empty()
              : Optional.of(connection.prepareStatement(DayTable.QUERY));
    }

    /** For whoever asks something else; nothing is written over it. */
    public Connection connection() {
      return connection;
    }

    PreparedStatement blocks() {
      return blocks;
    }

    private long highestDevice() throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT max(device) FROM block")) {
        return row.getLong(1);
      }
    }

    /** Whether a day has any block. */
    boolean hasBlocks(Block.Place place) throws SQLException {
      exists.setLong(1, place.day());
      exists.setLong(2, place.device());
      exists.setInt(3, place.sensor());
      try (ResultSet row = exists.executeQuery()) {
        return row.getBoolean(1);
      }
    }

    /** How many blocks a day's row was made of; 0 when that is not known. */
    int blocksOf(Block.Place place) throws SQLException {
      if (days.isEmpty()) return 0;
      PreparedStatement query = days.get();
      query.setLong(1, place.day());
      query.setLong(2, place.day());
      query.setLong(3, place.device());
      query.setInt(4, place.sensor());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getInt(2) : 0;
      }
    }

    /** Empty in a file of an earlier version, which has none. */
    public Optional<PreparedStatement> days() {
      return days;
    }
  }

  /** The file of a month; empty when there is none. */
  public Optional<Month> of(YearMonth month) throws SQLException {
    if (epoch != folder.epoch()) {
      epoch = folder.epoch();
      close();
    }
    Month known = open.get(month);
    if (known != null) return Optional.of(known);
    folder.stillness().lock();
    try {
      return open(month);
    } finally {
      folder.stillness().unlock();
    }
  }

  private Optional<Month> open(YearMonth month) throws SQLException {
    Path file = folder.fileOf(month);
    if (!Files.exists(file)) return Optional.empty();
    if (open.size() >= MOST_OPEN) forget(open.keySet().iterator().next());
    Connection connection = Sqlite.reader(file);
    try {
      Month opened = new Month(connection, MonthWriter.versionOf(connection));
      open.put(month, opened);
      return Optional.of(opened);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  /** The highest number of a device in all files that can be read; 0 when there is none. */
  public long highestDevice() {
    long highest = 0;
    for (YearMonth month : List.copyOf(folder.months())) {
      try {
        Optional<Month> file = of(month);
        if (file.isPresent()) highest = Math.max(highest, file.get().highestDevice());
      } catch (SQLException failure) {
        log.error("{} cannot be read", folder.fileOf(month), failure);
        forget(month);
      }
    }
    return highest;
  }

  /**
   * A file could not be read. It is opened anew the next time, and mended if it is broken: then
   * those who ask get what is left without it.
   *
   * @throws RefusedException when what is in it may well be sound
   */
  public void failed(YearMonth month, SQLException failure) {
    forget(month);
    if (!folder.months().contains(month)) return; // it was too old, and let go of meanwhile
    log.error("{} cannot be read", folder.fileOf(month), failure);
    if (!Sqlite.isUnusable(failure)) throw Sqlite.unavailable(folder.fileOf(month), failure);
    if (Sqlite.isDamage(failure)) damage.fileDamaged(month, epoch);
  }

  private void forget(YearMonth month) {
    Month forgotten = open.remove(month);
    if (forgotten == null) return;
    try {
      forgotten.connection.close();
    } catch (SQLException failure) {
      log.warn("{} cannot be closed", folder.fileOf(month), failure);
    }
  }

  /** Closes those that are open; they may be asked for again. */
  public void close() {
    for (YearMonth month : List.copyOf(open.keySet())) forget(month);
  }
}
