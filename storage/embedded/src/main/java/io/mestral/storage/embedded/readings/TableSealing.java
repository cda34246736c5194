package io.mestral.storage.embedded.readings;

import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Turns a table that does not change any more into blocks, month by month in the order of rows. */
final class TableSealing {
  private final NavigableMap<YearMonth, List<SeriesInMonth>> months = new TreeMap<>();

  private record SeriesInMonth(long device, int sensor, OpenSeries series) {}

  TableSealing(OpenTable table) {
    List<OpenTable.OpenDevice> devices = new ArrayList<>(table.devices());
    devices.sort(Comparator.comparingLong(OpenTable.OpenDevice::id));
    for (OpenTable.OpenDevice device : devices)
      for (int sensor : device.sensors())
        device.series(sensor).ifPresent(series -> plan(device.id(), sensor, series));
  }

  private void plan(long device, int sensor, OpenSeries series) {
    List<Slice> slices = new ArrayList<>();
    series.slices(Long.MIN_VALUE, Long.MAX_VALUE, slices);
    SeriesInMonth entry = new SeriesInMonth(device, sensor, series);
    for (Slice slice : slices)
      for (int i = slice.from(); i < slice.to(); ) {
        YearMonth month = Days.monthOf(slice.times()[i]);
        List<SeriesInMonth> present = months.computeIfAbsent(month, none -> new ArrayList<>());
        if (present.isEmpty() || present.get(present.size() - 1).series != series)
          present.add(entry);
        i = slice.indexAtOrAfter(Days.lastSecond(month) + 1);
      }
  }

  /** The months that get blocks. */
  List<YearMonth> months() {
    return List.copyOf(months.keySet());
  }

  /** Adds the blocks of one month, in one transaction. */
  void write(YearMonth month, MonthWriter writer) throws SQLException {
    List<Slice> slices = new ArrayList<>();
    for (SeriesInMonth each : months.get(month)) {
      slices.clear();
      each.series.slices(Days.firstSecond(month), Days.lastSecond(month), slices);
      writeDays(each, Columns.merged(slices, Integer.MAX_VALUE).all(), writer);
    }
    writer.commit();
  }

  private static void writeDays(SeriesInMonth series, Slice readings, MonthWriter writer)
      throws SQLException {
    for (int from = readings.from(); from < readings.to(); ) {
      long day = Days.of(readings.times()[from]);
      int to = readings.indexAtOrAfter((day + 1) * Days.SECONDS);
      Slice part = new Slice(readings.times(), readings.values(), from, to);
      writer.add(new Block.Place(series.device, series.sensor, day), part);
      from = to;
    }
  }
}
