package io.mestral.storage.embedded.readings;

import io.mestral.model.reading.TimeRange;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns a table that does not change any more into blocks, month by month in the order of rows. */
final class TableSealing {
  private final NavigableMap<YearMonth, List<SeriesInMonth>> months = new TreeMap<>();

  private record SeriesInMonth(long device, int sensor, Layers.Overlay content) {}

  /**
   * @param written the months that have blocks already
   */
  TableSealing(OpenTable table, NavigableSet<YearMonth> written) {
    List<OpenTable.OpenDevice> devices = new ArrayList<>(table.devices());
    devices.sort(Comparator.comparingLong(OpenTable.OpenDevice::id));
    for (OpenTable.OpenDevice device : devices)
      for (int sensor : device.sensors())
        device.series(sensor).ifPresent(series -> plan(device.id(), sensor, series, written));
  }

  private void plan(long device, int sensor, OpenSeries series, NavigableSet<YearMonth> written) {
    Layers.Overlay content = Layers.of(series);
    SeriesInMonth entry = new SeriesInMonth(device, sensor, content);
    NavigableSet<YearMonth> concerned = new TreeSet<>();
    for (TimeRange range : content.removed().ranges())
      concerned.addAll(
          written.subSet(Days.monthOf(range.from()), true, Days.monthOf(range.to()), true));
    Slice readings = content.readings();
    for (int i = readings.from(); i < readings.to(); ) {
      YearMonth month = Days.monthOf(readings.times()[i]);
      concerned.add(month);
      i = readings.indexAtOrAfter(Days.lastSecond(month) + 1);
    }
    for (YearMonth month : concerned)
      months.computeIfAbsent(month, none -> new ArrayList<>()).add(entry);
  }

  /** The months whose files change. */
  List<YearMonth> months() {
    return List.copyOf(months.keySet());
  }

  /**
   * Removes and adds what concerns one month, in one transaction.
   *
   * @return how many readings came too late, as the others of their day were let go of
   */
  int write(YearMonth month, MonthWriter writer) throws SQLException {
    int late = 0;
    for (SeriesInMonth each : months.get(month)) {
      Layers.Overlay here = each.content.between(Days.firstSecond(month), Days.lastSecond(month));
      for (TimeRange range : here.removed().ranges())
        writer.remove(each.device, each.sensor, range);
      late += writeDays(each, here.readings(), writer);
    }
    writer.commit();
    return late;
  }

  private static int writeDays(SeriesInMonth series, Slice readings, MonthWriter writer)
      throws SQLException {
    int late = 0;
    for (int from = readings.from(); from < readings.to(); ) {
      long day = Days.of(readings.times()[from]);
      int to = readings.indexAtOrAfter((day + 1) * Days.SECONDS);
      Slice part = new Slice(readings.times(), readings.values(), from, to);
      if (!writer.add(new Block.Place(series.device, series.sensor, day), part))
        late += part.size();
      from = to;
    }
    return late;
  }
}
