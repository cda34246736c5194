package io.mestral.storage.embedded.readings.queries;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.embedded.readings.memory.Memory;
import io.mestral.storage.embedded.readings.months.BlockReader;
import io.mestral.storage.embedded.readings.months.OpenMonths;
import io.mestral.storage.embedded.readings.series.Days;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What there is, of whom and when: in the files of months, and in memory. */
public final class Holdings {
  private static final String DEVICES = "SELECT DISTINCT device FROM %s";
  private static final String DAYS =
      "WITH RECURSIVE asked(day) AS (SELECT ? UNION ALL SELECT day + 1 FROM asked WHERE day < ?)"
          + " SELECT day FROM asked WHERE EXISTS"
          + " (SELECT 1 FROM %s there WHERE there.day = asked.day AND there.device = ?)";
  private static final String SENSORS =
      "SELECT DISTINCT sensor FROM %s WHERE day = ? AND device = ?";

  private final OpenMonths months;
  private final BlockReader blocks;

  Holdings(OpenMonths months, BlockReader blocks) {
    this.months = months;
    this.blocks = blocks;
  }

  /** Adds the devices that have anything in the file of a month. */
  public void devicesIn(YearMonth month, NavigableSet<Long> into) {
    ask(month, DEVICES, statement -> {}, into);
  }

  /** Adds the days of a month on which its file has anything of a device. */
  public void daysIn(YearMonth month, DeviceId device, NavigableSet<Long> into) {
    ask(
        month,
        DAYS,
        statement -> {
          statement.setLong(1, Days.of(Days.firstSecond(month)));
          statement.setLong(2, Days.of(Days.lastSecond(month)));
          statement.setLong(3, device.value());
        },
        into);
  }

  /**
   * All of a device in a range within a day; empty when that is more than so many readings.
   *
   * @param memory what was there before
   */
  public Optional<Map<SensorId, Samples>> readings(
      DeviceId device, TimeRange range, int most, Memory.Tables memory) {
    long from = range.from();
    long to = range.to();
    NavigableSet<Long> filed = new TreeSet<>();
    ask(
        Days.monthOf(from),
        SENSORS,
        statement -> {
          statement.setLong(1, Days.of(from));
          statement.setLong(2, device.value());
        },
        filed);
    NavigableSet<Long> sensors = new TreeSet<>(filed);
    for (int sensor : memory.sensors(device)) sensors.add((long) sensor);
    Map<SensorId, Samples> found = new HashMap<>();
    int room = most;
    for (long sensor : sensors) {
      Series series = new Series(device, new SensorId((int) sensor));
      int oneMore = room == Integer.MAX_VALUE ? room : room + 1;
      Samples samples =
          blocks.read(
              new BlockReader.Question(
                  series,
                  from,
                  to,
                  oneMore,
                  memory.layers(series, from, to).merged(Integer.MAX_VALUE)));
      room -= samples.size();
      if (room < 0) return Optional.empty();
      if (samples.size() > 0 || filed.contains(sensor)) found.put(series.sensor(), samples);
    }
    return Optional.of(found);
  }

  /** Fills in what is asked for. */
  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** Asks blocks and, where the file has them, days: of some days only these are left. */
  private void ask(YearMonth month, String query, Binding binding, NavigableSet<Long> into) {
    try {
      Optional<OpenMonths.Month> file = months.of(month);
      if (file.isEmpty()) return;
      ask(file.get(), String.format(query, "block"), binding, into);
      if (file.get().days().isPresent())
        ask(file.get(), String.format(query, "day"), binding, into);
    } catch (SQLException failure) {
      months.failed(month, failure);
      throw new RefusedException(
          Refusal.UNAVAILABLE, "the readings of " + month + " can't be looked through: " + failure);
    }
  }

  private static void ask(
      OpenMonths.Month file, String query, Binding binding, NavigableSet<Long> into)
      throws SQLException {
    try (PreparedStatement statement = file.connection().prepareStatement(query)) {
      binding.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) into.add(rows.getLong(1));
      }
    }
  }
}
