package io.mestral.storage.embedded.readings.months;

import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.format.DayRow;
import io.mestral.storage.embedded.readings.format.Malformed;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.Overlay;
import io.mestral.storage.embedded.readings.series.Slice;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Summarises from the rows of days; a day that memory has something to say about, and one whose row
 * is damaged, from its blocks.
 */
public final class DayReader {
  private static final Logger log = LoggerFactory.getLogger(DayReader.class);

  private final ReadingsFolder folder;
  private final OpenMonths months;
  private final BlockReader blocks;
  private final BlockReader.DamageListener damage;

  public DayReader(
      ReadingsFolder folder,
      OpenMonths months,
      BlockReader blocks,
      BlockReader.DamageListener damage) {
    this.folder = folder;
    this.months = months;
    this.blocks = blocks;
    this.damage = damage;
  }

  /**
   * What is asked for: whole days.
   *
   * @param memory what is laid over the blocks
   */
  public record Question(Series series, long firstDay, long lastDay, Overlay memory) {
    private Block.Place placeOf(long day) {
      return new Block.Place(series.device().value(), series.sensor().value(), day);
    }

    private Overlay memoryOf(long day) {
      return memory.between(day * Days.SECONDS, (day + 1) * Days.SECONDS - 1);
    }
  }

  /** The hours of each day that has readings. */
  public NavigableMap<Long, List<Summary>> hours(Question question) {
    NavigableMap<Long, List<Summary>> found = new TreeMap<>();
    TreeSet<Long> open = daysOf(question.memory().readings());
    YearMonth first = Days.monthOf(question.firstDay() * Days.SECONDS);
    YearMonth last = Days.monthOf(question.lastDay() * Days.SECONDS);
    for (YearMonth month : folder.months().subSet(first, true, last, true)) {
      try {
        Optional<OpenMonths.Month> file = months.of(month);
        if (file.isPresent()) read(month, file.get(), question, found);
      } catch (SQLException failure) {
        months.failed(month, failure);
      }
    }
    for (long day : open) if (!found.containsKey(day)) fromReadings(question, day, day, found);
    found.values().removeIf(List::isEmpty);
    return found;
  }

  private static TreeSet<Long> daysOf(Slice readings) {
    TreeSet<Long> days = new TreeSet<>();
    for (int i = readings.from(); i < readings.to(); ) {
      long day = Days.of(readings.times()[i]);
      days.add(day);
      i = readings.indexAtOrAfter((day + 1) * Days.SECONDS);
    }
    return days;
  }

  private void read(
      YearMonth month,
      OpenMonths.Month file,
      Question question,
      NavigableMap<Long, List<Summary>> found)
      throws SQLException {
    long first = Math.max(question.firstDay(), Days.of(Days.firstSecond(month)));
    long last = Math.min(question.lastDay(), Days.of(Days.lastSecond(month)));
    if (file.days().isEmpty()) {
      fromReadings(question, first, last, found);
      return;
    }
    List<DayRow> rows = rowsOf(file.days().get(), question, first, last);
    long next = first;
    for (DayRow row : rows) {
      lookBetween(next, row.place().day(), month, question, found);
      take(month, row, question, found);
      next = row.place().day() + 1;
    }
    lookBetween(next, last + 1, month, question, found);
  }

  /** Looks whether days without rows have no blocks either. */
  private void lookBetween(
      long first,
      long end,
      YearMonth month,
      Question question,
      NavigableMap<Long, List<Summary>> found)
      throws SQLException {
    Optional<OpenMonths.Month> file = months.of(month);
    for (long day = first; day < end; day++) {
      Block.Place place = question.placeOf(day);
      if (file.isEmpty() || !file.get().hasBlocks(place)) continue;
      if (question.memoryOf(day).isNothing()) missed(month, place);
      fromReadings(question, day, day, found);
    }
  }

  private void missed(YearMonth month, Block.Place place) {
    log.error("{}: the row of {} is missing", folder.fileOf(month), place);
    damage.dayDamaged(month, place);
  }

  private static List<DayRow> rowsOf(
      PreparedStatement query, Question question, long first, long last) throws SQLException {
    List<DayRow> found = new ArrayList<>(31);
    query.setLong(1, first);
    query.setLong(2, last);
    query.setLong(3, question.series().device().value());
    query.setInt(4, question.series().sensor().value());
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) found.add(DayTable.rowOf(question.placeOf(rows.getLong(1)), rows, 2));
    }
    return found;
  }

  private void take(
      YearMonth month, DayRow row, Question question, NavigableMap<Long, List<Summary>> found) {
    long day = row.place().day();
    Overlay memory = question.memoryOf(day);
    try {
      if (row.last()) found.put(day, row.without(memory.removed()).hours());
      else if (memory.isNothing()) found.put(day, row.hours());
      else fromReadings(question, day, day, found);
    } catch (Malformed failure) {
      log.error("{}: the row of {} is damaged", folder.fileOf(month), row.place(), failure);
      damage.dayDamaged(month, row.place());
      fromReadings(question, day, day, found);
    }
  }

  private void fromReadings(
      Question question, long first, long last, NavigableMap<Long, List<Summary>> into) {
    long from = first * Days.SECONDS;
    long to = (last + 1) * Days.SECONDS - 1;
    BlockReader.Question readings =
        new BlockReader.Question(
            question.series(), from, to, Integer.MAX_VALUE, question.memory().between(from, to));
    for (Summary hour : Summary.of(blocks.read(readings), Span.HOUR))
      into.computeIfAbsent(Days.of(hour.start()), none -> new ArrayList<>()).add(hour);
  }
}
