package io.mestral.storage.embedded.readings.months;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.format.Malformed;
import io.mestral.storage.embedded.readings.series.Columns;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.Overlay;
import io.mestral.storage.embedded.readings.series.Slice;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads blocks; one thread at a time. What is damaged is left out and told; the rest is served. */
public final class BlockReader {
  private static final Logger log = LoggerFactory.getLogger(BlockReader.class);

  private final ReadingsFolder folder;
  private final OpenMonths months;
  private final DamageListener damage;

  /** Hears of what cannot be read. */
  public interface DamageListener {
    void blockDamaged(YearMonth month);

    void dayDamaged(YearMonth month, Block.Place place);

    /**
     * @param epoch of the folder, when the file was opened
     */
    void fileDamaged(YearMonth month, int epoch);
  }

  /**
   * What is asked for.
   *
   * @param memory what is laid over the blocks
   */
  public record Question(Series series, long from, long to, int limit, Overlay memory) {
    private Block.Place placeOf(long day) {
      return new Block.Place(series.device().value(), series.sensor().value(), day);
    }
  }

  public BlockReader(ReadingsFolder folder, OpenMonths months, DamageListener damage) {
    this.folder = folder;
    this.months = months;
    this.damage = damage;
  }

  /** The readings in the blocks and in memory, oldest first. */
  public Samples read(Question question) {
    YearMonth first = Days.monthOf(question.from());
    YearMonth last = Days.monthOf(question.to());
    Answer answer = new Answer(question);
    for (YearMonth month : folder.months().subSet(first, true, last, true)) {
      if (answer.isFull()) break;
      try {
        readMonth(month, question, answer);
      } catch (SQLException failure) {
        months.failed(month, failure);
      }
    }
    return answer.finish();
  }

  /** The series that have blocks in a month. */
  public List<Series> seriesIn(YearMonth month) {
    List<Series> found = new ArrayList<>();
    try {
      Optional<OpenMonths.Month> file = months.of(month);
      if (file.isEmpty()) return found;
      try (Statement statement = file.get().connection().createStatement();
          ResultSet rows = statement.executeQuery("SELECT DISTINCT device, sensor FROM block")) {
        while (rows.next())
          found.add(new Series(new DeviceId(rows.getLong(1)), new SensorId(rows.getInt(2))));
      }
    } catch (SQLException failure) {
      months.failed(month, failure);
    }
    return found;
  }

  private void readMonth(YearMonth month, Question question, Answer answer) throws SQLException {
    Optional<OpenMonths.Month> file = months.of(month);
    if (file.isEmpty()) return;
    PreparedStatement statement = file.get().blocks();
    statement.setLong(1, question.series().device().value());
    statement.setInt(2, question.series().sensor().value());
    statement.setLong(4, question.from());
    statement.setLong(5, question.to());
    long first = Days.of(Math.max(question.from(), Days.firstSecond(month)));
    long last = Days.of(Math.min(question.to(), Days.lastSecond(month)));
    for (long day = first; day <= last && !answer.isFull(); day++) {
      statement.setLong(3, day);
      Block.Place place = question.placeOf(day);
      int found = readDay(month, place, statement, answer);
      if (isWhole(question, day) && !answer.isFull() && found < file.get().blocksOf(place))
        missed(place, found, file.get());
    }
  }

  /** Asks again: between the two questions the day may have been sealed. */
  private static void missed(Block.Place place, int found, OpenMonths.Month file)
      throws SQLException {
    int there = 0;
    try (ResultSet rows = file.blocks().executeQuery()) {
      while (rows.next()) there++;
    }
    if (there == found) throw new Sqlite.Broken("not all blocks of " + place + " are found");
  }

  private static boolean isWhole(Question question, long day) {
    return question.from() <= day * Days.SECONDS && (day + 1) * Days.SECONDS - 1 <= question.to();
  }

  /** How many blocks there were. */
  private int readDay(
      YearMonth month, Block.Place place, PreparedStatement statement, Answer answer)
      throws SQLException {
    int found = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (!answer.isFull() && rows.next()) {
        found++;
        try {
          answer.add(
              new Block(place, rows.getInt(1), rows.getInt(2), rows.getInt(3), rows.getBytes(4)));
        } catch (Malformed failure) {
          log.error(
              "{}: a block of {} is damaged: {}",
              folder.fileOf(month),
              place,
              failure.getMessage());
          damage.blockDamaged(month);
        }
      }
    }
    return found;
  }

  /** Puts blocks and memory together day by day, and stops when there is enough. */
  private static final class Answer {
    private final Question question;
    private final Columns found = new Columns(64);
    private final List<Slice> parts = new ArrayList<>();
    private Slice memory;
    private long day = Long.MIN_VALUE;

    Answer(Question question) {
      this.question = question;
      memory = question.memory().readings();
    }

    boolean isFull() {
      return found.size() >= question.limit();
    }

    void add(Block block) {
      if (block.place().day() != day) {
        finishDay();
        day = block.place().day();
      }
      Slice slice = block.readings().between(question.from(), question.to());
      question.memory().removed().leave(slice, parts);
    }

    /** Merges the day's parts with what memory has up to its end. */
    private void finishDay() {
      if (parts.isEmpty()) return;
      int end = memory.indexAtOrAfter((day + 1) * Days.SECONDS);
      parts.add(new Slice(memory.times(), memory.values(), memory.from(), end));
      int wanted = question.limit() - found.size();
      if (wanted > 0) found.addAll(Columns.merged(parts, wanted).all(), wanted);
      memory = new Slice(memory.times(), memory.values(), end, memory.to());
      parts.clear();
    }

    Samples finish() {
      finishDay();
      found.addAll(memory, Math.max(0, question.limit() - found.size()));
      return found.toSamples();
    }
  }
}
