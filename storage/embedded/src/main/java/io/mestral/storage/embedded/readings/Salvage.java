package io.mestral.storage.embedded.readings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a broken file of a month by one with all blocks that can still be read, and sets the
 * broken one aside. The rows are read from the front until something breaks, then from the back
 * until both meet.
 */
final class Salvage {
  private static final Logger log = LoggerFactory.getLogger(Salvage.class);

  private static final Comparator<Key> ORDER =
      Comparator.comparingLong((Key key) -> key.place.device())
          .thenComparingInt(key -> key.place.sensor())
          .thenComparingLong(key -> key.place.day())
          .thenComparingInt(Key::part);

  private final Path file;
  private final MonthWriter into;
  private Key front = new Key(new Block.Place(Long.MIN_VALUE, 0, 0), 0);
  private int saved;

  private record Key(Block.Place place, int part) {}

  private Salvage(Path file, MonthWriter into) {
    this.file = file;
    this.into = into;
  }

  /** Does it; the file is whole afterwards, or empty. */
  static void of(ReadingsFolder folder, Path file) throws IOException, SQLException {
    Path finished = file.resolveSibling(file.getFileName() + ".salvage");
    Files.deleteIfExists(finished);
    int saved;
    try (MonthWriter into = MonthWriter.open(finished)) {
      Salvage salvage = new Salvage(file, into);
      if (!salvage.copiedFromFront()) salvage.copyFromBack();
      into.commit();
      saved = salvage.saved;
    }
    Path aside = folder.moveAside(file);
    folder.replace(finished, file);
    log.error("{} was damaged and lies in {}; {} blocks could be saved", file, aside, saved);
  }

  private boolean copiedFromFront() throws SQLException {
    try (Connection from = Sqlite.reader(file);
        Statement statement = from.createStatement();
        ResultSet rows = statement.executeQuery(query("ASC"))) {
      while (rows.next()) {
        copy(rows);
        front = keyOf(rows);
      }
      return true;
    } catch (SQLException failure) {
      breaksOff(failure);
      return false;
    }
  }

  private void copyFromBack() throws SQLException {
    try (Connection from = Sqlite.reader(file);
        Statement statement = from.createStatement();
        ResultSet rows = statement.executeQuery(query("DESC"))) {
      while (rows.next() && ORDER.compare(keyOf(rows), front) > 0) copy(rows);
    } catch (SQLException failure) {
      breaksOff(failure);
    }
  }

  private void breaksOff(SQLException failure) throws SQLException {
    if (!Sqlite.isDamage(failure)) throw failure;
    log.warn("{} breaks off: {}", file, failure.getMessage());
  }

  private static String query(String direction) {
    return String.format(
        "SELECT device, sensor, day, part, format, crc, data FROM block"
            + " ORDER BY device %1$s, sensor %1$s, day %1$s, part %1$s",
        direction);
  }

  private static Key keyOf(ResultSet rows) throws SQLException {
    return new Key(
        new Block.Place(rows.getLong(1), rows.getInt(2), rows.getLong(3)), rows.getInt(4));
  }

  private void copy(ResultSet rows) throws SQLException {
    Key key = keyOf(rows);
    Block block = new Block(key.place, key.part, rows.getInt(5), rows.getInt(6), rows.getBytes(7));
    try {
      into.put(block, block.readings());
      saved++;
    } catch (ByteSource.Malformed damage) {
      log.warn("a block of {} is damaged: {}", block.place(), damage.getMessage());
    }
  }
}
