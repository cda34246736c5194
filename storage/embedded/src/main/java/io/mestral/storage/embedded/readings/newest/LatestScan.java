package io.mestral.storage.embedded.readings.newest;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.Series;
import io.mestral.storage.embedded.readings.memory.Layers;
import io.mestral.storage.embedded.readings.memory.Memory;
import io.mestral.storage.embedded.readings.memory.OpenSeries;
import io.mestral.storage.embedded.readings.memory.OpenTable;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.NewestTwo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Finds what devices said last: in memory, and among the newest readings that are sealed. */
public final class LatestScan {
  private static final NewestTwo NONE = new NewestTwo();

  private final NewestReadings newest;
  private final Memory.Tables memory;
  private final List<OpenTable> tables;
  private final LongFunction<Map<Integer, NewestTwo>> file;
  private final LastReadings last;

  /**
   * @param memory looked up before the files are
   * @param file the newest sealed readings of a device; null when it does not tell
   * @param last for series of which memory removed something
   */
  public LatestScan(
      NewestReadings newest,
      Memory.Tables memory,
      LongFunction<Map<Integer, NewestTwo>> file,
      LastReadings last) {
    this.newest = newest;
    this.memory = memory;
    this.tables = memory.all();
    this.file = file;
    this.last = last;
  }

  /** All that a device said last, by sensor. */
  public Map<SensorId, Latest> of(DeviceId device) {
    Map<Integer, NewestTwo> known = newest.of(device.value(), file);
    for (OpenTable.OpenDevice open : openOf(device))
      known =
          NewestReadings.with(
              known, open, (id, sensor) -> lastOf(new Series(device, new SensorId(sensor))));
    Map<SensorId, Latest> latest = new HashMap<>();
    known.forEach(
        (sensor, two) -> {
          if (!two.isEmpty()) latest.put(new SensorId(sensor), two.toLatest());
        });
    return latest;
  }

  private NewestTwo lastOf(Series series) {
    Layers layers = memory.layers(series, Days.FIRST_SECOND, Days.LAST_SECOND);
    return last.of(series, layers.merged(Integer.MAX_VALUE));
  }

  /** A row for each device: of the sensors asked for the reading, of the others when it was. */
  public LatestRows rows(List<DeviceId> devices, List<SensorId> sensors) {
    LatestRows rows = new LatestRows(devices.size());
    int row = 0;
    for (DeviceId device : devices) {
      List<OpenTable.OpenDevice> open = openOf(device);
      if (anyRemoved(open)) rows.put(row, sensors, of(device));
      else put(rows, row, sensors, newest.of(device.value(), file), open);
      row++;
    }
    return rows;
  }

  private List<OpenTable.OpenDevice> openOf(DeviceId device) {
    List<OpenTable.OpenDevice> open = new ArrayList<>(2);
    for (OpenTable table : tables) table.deviceOf(device.value()).ifPresent(open::add);
    return open;
  }

  private static boolean anyRemoved(List<OpenTable.OpenDevice> open) {
    for (OpenTable.OpenDevice device : open) if (device.hasRemovals()) return true;
    return false;
  }

  private static void put(
      LatestRows rows,
      int row,
      List<SensorId> sensors,
      Map<Integer, NewestTwo> sealed,
      List<OpenTable.OpenDevice> open) {
    NewestTwo any = new NewestTwo();
    for (NewestTwo two : sealed.values()) any.offer(two);
    for (OpenTable.OpenDevice device : open) device.newest(any);
    if (any.isEmpty()) return;
    rows.hear(row, any.second());
    for (SensorId sensor : sensors) {
      NewestTwo two = newestOf(sensor, sealed.getOrDefault(sensor.value(), NONE), open);
      if (!two.isEmpty()) rows.offer(row, sensor, two.second(), two.value());
    }
  }

  private static NewestTwo newestOf(
      SensorId sensor, NewestTwo sealed, List<OpenTable.OpenDevice> open) {
    NewestTwo newest = sealed;
    for (OpenTable.OpenDevice device : open) {
      Optional<OpenSeries> series = device.series(sensor.value());
      if (series.isEmpty()) continue;
      if (newest == sealed) newest = sealed.copy();
      series.get().content().newest(newest);
    }
    return newest;
  }
}
