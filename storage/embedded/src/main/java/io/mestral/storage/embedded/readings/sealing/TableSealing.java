package io.mestral.storage.embedded.readings.sealing;

import io.mestral.model.reading.TimeRange;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.memory.Layers;
import io.mestral.storage.embedded.readings.memory.OpenSeries;
import io.mestral.storage.embedded.readings.memory.OpenTable;
import io.mestral.storage.embedded.readings.months.MonthWriter;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.Overlay;
import io.mestral.storage.embedded.readings.series.Slice;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns a table that does not change any more into blocks, month by month and day by day. */
final class TableSealing {
  private final NavigableMap<YearMonth, List<SeriesInMonth>> months = new TreeMap<>();

  private record SeriesInMonth(long device, int sensor, Overlay content) {}

  private record DayOfSeries(Block.Place place, Slice readings) {}

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
    Overlay content = Layers.of(series);
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
    List<DayOfSeries> days = new ArrayList<>();
    for (SeriesInMonth each : months.get(month)) {
      Overlay here = each.content.between(Days.firstSecond(month), Days.lastSecond(month));
      for (TimeRange range : here.removed().ranges())
        writer.remove(each.device, each.sensor, range);
      cut(each, here.readings(), days);
    }
    days.sort(Comparator.comparingLong(part -> part.place.day())); // as rows and index lie
    int late = 0;
    for (DayOfSeries part : days)
      if (!writer.add(part.place, part.readings)) late += part.readings.size();
    writer.commit();
    return late;
  }

  private static void cut(SeriesInMonth series, Slice readings, List<DayOfSeries> into) {
    for (int from = readings.from(); from < readings.to(); ) {
      long day = Days.of(readings.times()[from]);
      int to = readings.indexAtOrAfter((day + 1) * Days.SECONDS);
      into.add(
          new DayOfSeries(
              new Block.Place(series.device, series.sensor, day),
              new Slice(readings.times(), readings.values(), from, to)));
      from = to;
    }
  }
}
