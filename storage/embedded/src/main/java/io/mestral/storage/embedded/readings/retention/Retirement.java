package io.mestral.storage.embedded.readings.retention;

import io.mestral.config.Retention;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.months.MonthWriter;
import io.mestral.storage.embedded.readings.series.Days;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over the months that lets go of what is too old: of readings, whose days remain as rows,
 * and of such rows. It is done in steps, so that others have their turn on the store's thread; a
 * pass that breaks off does no harm, the next one goes on.
 */
public final class Retirement {
  private static final Logger log = LoggerFactory.getLogger(Retirement.class);
  private static final int DAYS_AT_ONCE = 500;

  private final ReadingsFolder folder;
  private final long firstRawDay;
  private final long firstDay;
  private final Deque<YearMonth> months = new ArrayDeque<>();
  private Optional<Block.Place> done = Optional.empty();

  /** What is to be done now; days count as old when their last second is. */
  public Retirement(ReadingsFolder folder, Retention retention, long now) {
    this.folder = folder;
    firstRawDay = retention.raw().map(age -> firstDay(now, age)).orElse(Long.MIN_VALUE);
    firstDay = retention.rollup().map(age -> firstDay(now, age)).orElse(Long.MIN_VALUE);
    for (YearMonth month : folder.months()) if (firstDayOf(month) < firstRawDay) months.add(month);
  }

  private static long firstDay(long now, Duration age) {
    return Days.of(now - age.toSeconds());
  }

  private static long firstDayOf(YearMonth month) {
    return Days.of(Days.firstSecond(month));
  }

  private static long lastDayOf(YearMonth month) {
    return Days.of(Days.lastSecond(month));
  }

  /** The month that is next; empty at the end. */
  public Optional<YearMonth> month() {
    return Optional.ofNullable(months.peek());
  }

  /** Goes on with the next month, whatever is left to do in this one. */
  public void skip() {
    months.remove();
    done = Optional.empty();
  }

  /** Does a part of what is to be done in the month. */
  public void step() throws SQLException, IOException {
    YearMonth month = months.element();
    if (!Files.exists(folder.fileOf(month))) {
      skip();
    } else if (lastDayOf(month) < firstDay) {
      folder.remove(month);
      log.info("{} is older than storage.retention.rollup", folder.fileOf(month));
      skip();
    } else if (lastDayOf(month) < firstRawDay) {
      if (hasBlocks(month)) leaveDays(month);
      removeDays(month);
      skip();
    } else if (!retireSome(month)) {
      removeDays(month);
      skip();
    }
  }

  private boolean hasBlocks(YearMonth month) throws SQLException {
    try (Connection connection = Sqlite.reader(folder.fileOf(month));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM block)")) {
      return row.getBoolean(1);
    }
  }

  /** Puts a small file with the rows of days in the place of a large one. */
  private void leaveDays(YearMonth month) throws SQLException, IOException {
    Path file = folder.fileOf(month);
    Path finished = folder.remainderOf(file);
    Files.deleteIfExists(finished);
    try (MonthWriter whole = MonthWriter.open(file);
        MonthWriter into = MonthWriter.open(finished)) {
      whole.copyDays(into);
      into.commit();
      whole.checkpoint();
    }
    folder.replace(finished, file);
    log.info("the readings of {} are older than storage.retention.raw", file);
  }

  private boolean retireSome(YearMonth month) throws SQLException {
    try (MonthWriter writer = MonthWriter.open(folder.fileOf(month))) {
      List<Block.Place> places = writer.placesBefore(firstRawDay, done, DAYS_AT_ONCE);
      for (Block.Place place : places) writer.retire(place);
      writer.commit();
      if (places.size() < DAYS_AT_ONCE) return false;
      done = Optional.of(places.get(places.size() - 1));
      return true;
    }
  }

  private void removeDays(YearMonth month) throws SQLException {
    if (firstDayOf(month) >= firstDay) return;
    try (MonthWriter writer = MonthWriter.open(folder.fileOf(month))) {
      writer.removeDaysBefore(firstDay);
      writer.commit();
    }
  }
}
