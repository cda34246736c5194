package io.mestral.model.reading;

import io.mestral.model.SensorId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What many devices said last, a row for each: the newest reading among those of a few sensors, and
 * the time of the newest of all. In columns, since a hundred thousand rows are usual.
 */
public final class LatestRows {
  private static final long NEVER = Long.MIN_VALUE;

  private final long[] heard;
  private final int[] sensors;
  private final long[] seconds;
  private final double[] values;

  /** Rows of devices that never said anything, to be filled before they are given away. */
  public LatestRows(int size) {
    heard = new long[size];
    sensors = new int[size];
    seconds = new long[size];
    values = new double[size];
    Arrays.fill(heard, NEVER);
    Arrays.fill(seconds, NEVER);
  }

  /** A reading of any sensor at that second. */
  public void hear(int row, long epochSecond) {
    heard[row] = Math.max(heard[row], epochSecond);
  }

  /** A reading of a sensor that is asked for; of the same second the one offered first stays. */
  public void offer(int row, SensorId sensor, long epochSecond, double value) {
    if (seconds[row] != NEVER && epochSecond <= seconds[row]) return;
    sensors[row] = sensor.value();
    seconds[row] = epochSecond;
    values[row] = value;
  }

  /** All that a device said last, of which the sensors asked for count for more. */
  public void put(int row, List<SensorId> asked, Map<SensorId, Latest> said) {
    for (Latest latest : said.values()) hear(row, latest.epochSecond());
    for (SensorId sensor : asked) {
      Latest latest = said.get(sensor);
      if (latest != null) offer(row, sensor, latest.epochSecond(), latest.value());
    }
  }

  /** How many devices were asked for. */
  public int size() {
    return heard.length;
  }

  /** Whether the device has any reading. */
  public boolean wasHeard(int row) {
    return heard[row] != NEVER;
  }

  /** The time of the device's newest reading; only where it has any. */
  public long heardAt(int row) {
    return heard[row];
  }

  /** Whether the device has a reading of a sensor that was asked for. */
  public boolean has(int row) {
    return seconds[row] != NEVER;
  }

  /** Which sensor the newest of them is of; this and the next only where there is one. */
  public SensorId sensor(int row) {
    return new SensorId(sensors[row]);
  }

  /** The newest one's time. */
  public long epochSecond(int row) {
    return seconds[row];
  }

  /** The newest one's stored value. */
  public double value(int row) {
    return values[row];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LatestRows rows
        && Arrays.equals(heard, rows.heard)
        && Arrays.equals(sensors, rows.sensors)
        && Arrays.equals(seconds, rows.seconds)
        && Arrays.equals(values, rows.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(seconds) * 31 + Arrays.hashCode(heard);
  }
}
