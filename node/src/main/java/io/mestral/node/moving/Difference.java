package io.mestral.node.moving;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Digest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What makes a device's readings in one place the same as those in another.
 *
 * @param missing in the order of time, so that those of a second come together
 * @param excess what the other place has beyond
 */
record Difference(List<Reading> missing, List<Excess> excess) {

  /** Readings of a series that are to go. */
  record Excess(Series series, TimeRange range, int readings) {}

  static Digest digestOf(Map<SensorId, Samples> readings) {
    Digest all = Digest.NONE;
    for (Map.Entry<SensorId, Samples> each : readings.entrySet())
      all = all.and(Digest.of(each.getKey(), each.getValue()));
    return all;
  }

  /** What is to be done where {@code there} is, for it to have what is wanted. */
  static Difference of(
      DeviceId device, Map<SensorId, Samples> wanted, Map<SensorId, Samples> there) {
    Difference difference = new Difference(new ArrayList<>(), new ArrayList<>());
    Set<SensorId> sensors = new TreeSet<>(Comparator.comparingInt(SensorId::value));
    sensors.addAll(wanted.keySet());
    sensors.addAll(there.keySet());
    for (SensorId sensor : sensors)
      difference.add(
          new Series(device, sensor),
          wanted.getOrDefault(sensor, Samples.EMPTY),
          there.getOrDefault(sensor, Samples.EMPTY));
    difference.missing.sort(Comparator.comparingLong(Reading::epochSecond));
    return difference;
  }

  private void add(Series series, Samples wanted, Samples there) {
    int excessFrom = 0;
    int j = 0;
    for (int i = 0; i < wanted.size(); i++) {
      long second = wanted.time(i);
      excessFrom = j;
      while (j < there.size() && there.time(j) < second) j++;
      addExcess(series, there, excessFrom, j);
      boolean same =
          j < there.size()
              && there.time(j) == second
              && there.value(j) + 0.0 == wanted.value(i) + 0.0;
      if (!same)
        missing.add(new Reading(series.device(), series.sensor(), second, wanted.value(i)));
      if (j < there.size() && there.time(j) == second) j++;
    }
    addExcess(series, there, j, there.size());
  }

  private void addExcess(Series series, Samples there, int from, int to) {
    if (from == to) return;
    TimeRange range = new TimeRange(there.time(from), there.time(to - 1));
    excess.add(new Excess(series, range, to - from));
  }
}
