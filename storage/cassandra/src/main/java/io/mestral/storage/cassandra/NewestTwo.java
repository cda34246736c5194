package io.mestral.storage.cassandra;

import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.TimeRange;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The newest two readings of every sensor of one device; of the same second the one offered last.
 */
final class NewestTwo {
  private static final byte VERSION = 1;
  private static final int SERIES_BYTES = Integer.BYTES + 1 + 4 * Long.BYTES;

  /** Where they stand behind the sensor and the number of readings. */
  private static final int SECOND = Integer.BYTES + 1;

  private static final int VALUE = SECOND + Long.BYTES;
  private static final String OTHER_VERSION = "it is of another version";

  private final TreeMap<Integer, Two> sensors = new TreeMap<>();

  /** A sensor's; {@code before} counts only when there are two. */
  private record Two(boolean both, long second, double value, long before, double valueBefore) {

    Two with(long when, double what) {
      if (when > second) return new Two(true, when, what, second, value);
      if (when == second) return new Two(both, when, what, before, valueBefore);
      if (!both || when >= before) return new Two(true, second, value, when, what);
      return this;
    }
  }

  static NewestTwo of(ByteBuffer cell) {
    NewestTwo newest = new NewestTwo();
    if (cell.remaining() % SERIES_BYTES != 1 || cell.get() != VERSION)
      throw new Cells.Unreadable(OTHER_VERSION);
    while (cell.hasRemaining())
      newest.sensors.put(
          cell.getInt(),
          new Two(
              cell.get() == 2, cell.getLong(), cell.getDouble(), cell.getLong(), cell.getDouble()));
    return newest;
  }

  ByteBuffer toCell() {
    ByteBuffer cell = ByteBuffer.allocate(1 + sensors.size() * SERIES_BYTES).put(VERSION);
    sensors.forEach(
        (sensor, two) ->
            cell.putInt(sensor)
                .put((byte) (two.both ? 2 : 1))
                .putLong(two.second)
                .putDouble(two.value)
                .putLong(two.before)
                .putDouble(two.valueBefore));
    return cell.flip();
  }

  /** Looks at a row; whether it changed anything. */
  boolean offer(Row row) {
    boolean changed = false;
    for (int i = 0; i < row.sensors().length; i++)
      changed |= offer(row.sensors()[i], row.second(), row.values()[i]);
    return changed;
  }

  boolean offer(int sensor, long second, double value) {
    Two known = sensors.get(sensor);
    Two now = known == null ? new Two(false, second, value, 0, 0) : known.with(second, value);
    if (known != null && now.equals(known)) return false;
    sensors.put(sensor, now);
    return true;
  }

  boolean has(int sensor) {
    return sensors.containsKey(sensor);
  }

  boolean isEmpty() {
    return sensors.isEmpty();
  }

  /** Whether a reading of the sensor that is known here lies inside the range. */
  boolean isIn(int sensor, TimeRange range) {
    Two two = sensors.get(sensor);
    return two != null && (range.contains(two.second) || two.both && range.contains(two.before));
  }

  /** Leaves of the sensor what lies outside the range. */
  void forget(int sensor, TimeRange range) {
    Two two = sensors.remove(sensor);
    if (two == null) return;
    if (two.both && !range.contains(two.before)) offer(sensor, two.before, two.valueBefore);
    if (!range.contains(two.second)) offer(sensor, two.second, two.value);
  }

  /**
   * Puts what a cell says into a row, without making anything of it first.
   *
   * @param sensors those asked for, of which the one named first counts for more
   */
  static void put(ByteBuffer cell, LatestRows rows, int row, List<SensorId> sensors) {
    int end = cell.limit();
    int first = cell.position() + 1;
    if ((end - first) % SERIES_BYTES != 0 || cell.get(cell.position()) != VERSION)
      throw new Cells.Unreadable(OTHER_VERSION);
    for (int at = first; at < end; at += SERIES_BYTES) rows.hear(row, cell.getLong(at + SECOND));
    for (SensorId sensor : sensors)
      for (int at = first; at < end; at += SERIES_BYTES)
        if (cell.getInt(at) == sensor.value())
          rows.offer(row, sensor, cell.getLong(at + SECOND), cell.getDouble(at + VALUE));
  }

  Map<SensorId, Latest> toLatest() {
    Map<SensorId, Latest> latest = new HashMap<>();
    sensors.forEach(
        (sensor, two) ->
            latest.put(
                new SensorId(sensor),
                new Latest(
                    two.second,
                    two.value,
                    two.both ? OptionalDouble.of(two.valueBefore) : OptionalDouble.empty())));
    return latest;
  }
}
