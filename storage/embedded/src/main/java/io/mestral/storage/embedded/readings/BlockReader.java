package io.mestral.storage.embedded.readings;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads blocks with connections of its own; one thread at a time. What is damaged is left out and
 * told; the rest is served.
 */
final class BlockReader {
  private static final Logger log = LoggerFactory.getLogger(BlockReader.class);
  private static final int MOST_OPEN = 32;
  private static final String QUERY =
      "SELECT day, part, format, crc, data FROM block WHERE device = ? AND sensor = ?"
          + " AND day BETWEEN ? AND ? AND last >= ? AND first <= ? ORDER BY day, part";

  private final ReadingsFolder folder;
  private final DamageListener damage;
  private final Map<YearMonth, PreparedStatement> open = new LinkedHashMap<>(16, 0.75f, true);
  private int epoch;

  /** Hears of what cannot be read. */
  interface DamageListener {
    void blockDamaged(YearMonth month);

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
  record Question(Series series, long from, long to, int limit, Layers.Overlay memory) {}

  BlockReader(ReadingsFolder folder, DamageListener damage) {
    this.folder = folder;
    this.damage = damage;
    epoch = folder.epoch();
  }

  Samples read(Question question) {
    YearMonth first = Days.monthOf(question.from());
    YearMonth last = Days.monthOf(question.to());
    Answer answer = new Answer(question);
    for (YearMonth month : folder.months().subSet(first, true, last, true)) {
      if (answer.isFull()) break;
      try {
        readMonth(month, question, answer);
      } catch (SQLException failure) {
        log.error("{} cannot be read", folder.fileOf(month), failure);
        forget(month);
        if (Sqlite.isDamage(failure)) damage.fileDamaged(month, epoch);
      }
    }
    return answer.finish();
  }

  /** The series that have blocks in a month. */
  List<Series> seriesIn(YearMonth month) {
    List<Series> found = new ArrayList<>();
    try {
      Optional<PreparedStatement> open = queryOf(month);
      if (open.isEmpty()) return found;
      try (Statement statement = open.get().getConnection().createStatement();
          ResultSet rows = statement.executeQuery("SELECT DISTINCT device, sensor FROM block")) {
        while (rows.next())
          found.add(new Series(new DeviceId(rows.getLong(1)), new SensorId(rows.getInt(2))));
      }
    } catch (SQLException failure) {
      log.error("{} cannot be read", folder.fileOf(month), failure);
      forget(month);
      if (Sqlite.isDamage(failure)) damage.fileDamaged(month, epoch);
    }
    return found;
  }

  private void readMonth(YearMonth month, Question question, Answer answer) throws SQLException {
    Optional<PreparedStatement> query = queryOf(month);
    if (query.isEmpty()) return;
    PreparedStatement statement = query.get();
    statement.setLong(1, question.series().device().value());
    statement.setInt(2, question.series().sensor().value());
    statement.setLong(3, Days.of(question.from()));
    statement.setLong(4, Days.of(question.to()));
    statement.setLong(5, question.from());
    statement.setLong(6, question.to());
    try (ResultSet rows = statement.executeQuery()) {
      while (!answer.isFull() && rows.next()) {
        try {
          answer.add(blockOf(question, rows));
        } catch (ByteSource.Malformed failure) {
          log.error(
              "{}: a block of {} is damaged: {}",
              folder.fileOf(month),
              question.series(),
              failure.getMessage());
          damage.blockDamaged(month);
        }
      }
    }
  }

  private static Block blockOf(Question question, ResultSet rows) throws SQLException {
    Block.Place place =
        new Block.Place(
            question.series().device().value(),
            question.series().sensor().value(),
            rows.getLong(1));
    return new Block(place, rows.getInt(2), rows.getInt(3), rows.getInt(4), rows.getBytes(5));
  }

  private Optional<PreparedStatement> queryOf(YearMonth month) throws SQLException {
    if (epoch != folder.epoch()) {
      epoch = folder.epoch();
      close();
    }
    PreparedStatement known = open.get(month);
    if (known != null) return Optional.of(known);
    Path file = folder.fileOf(month);
    if (!Files.exists(file)) return Optional.empty();
    if (open.size() >= MOST_OPEN) forget(open.keySet().iterator().next());
    Connection connection = Sqlite.reader(file);
    try {
      Sqlite.requireVersion(connection, MonthWriter.VERSION);
      PreparedStatement query = connection.prepareStatement(QUERY);
      open.put(month, query);
      return Optional.of(query);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
  }

  private void forget(YearMonth month) {
    PreparedStatement statement = open.remove(month);
    if (statement == null) return;
    try {
      statement.getConnection().close();
    } catch (SQLException failure) {
      log.warn("{} cannot be closed", folder.fileOf(month), failure);
    }
  }

  void close() {
    for (YearMonth month : List.copyOf(open.keySet())) forget(month);
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
