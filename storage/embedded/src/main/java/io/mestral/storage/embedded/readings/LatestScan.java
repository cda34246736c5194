package io.mestral.storage.embedded.readings;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.LatestRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Finds what many devices said last: of the sensors asked for the reading, of the others no more
 * than when it was.
 */
final class LatestScan {
  private static final NewestTwo NONE = new NewestTwo();

  private final NewestReadings newest;
  private final List<OpenTable> tables;
  private final LongFunction<Map<Integer, NewestTwo>> file;

  /**
   * @param tables what is in memory, oldest first
   * @param file the newest sealed readings of a device; null when it does not tell
   */
  LatestScan(
      NewestReadings newest, List<OpenTable> tables, LongFunction<Map<Integer, NewestTwo>> file) {
    this.newest = newest;
    this.tables = tables;
    this.file = file;
  }

  /**
   * A row for each device.
   *
   * @param thorough finds all that a device said last, also where readings were removed
   */
  LatestRows rows(
      List<DeviceId> devices,
      List<SensorId> sensors,
      Function<DeviceId, Map<SensorId, Latest>> thorough) {
    LatestRows rows = new LatestRows(devices.size());
    int row = 0;
    for (DeviceId device : devices) {
      List<OpenTable.OpenDevice> open = openOf(device);
      if (anyRemoved(open)) rows.put(row, sensors, thorough.apply(device));
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
