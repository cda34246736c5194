package io.mestral.verticles.http.map;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Steps;
import io.mestral.verticles.bus.Home;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The mean of each device's last readings: of those within the hour or day that ends with its
 * newest one. It changes when that does, and only then is it read anew. Belongs to one event loop.
 */
final class Means {
  private static final int AT_ONCE = 64;

  private final ReadingStore readings;
  private final Home home;
  private final Mean mean;
  private final Map<DeviceId, Known> known = new HashMap<>();
  private final Set<DeviceId> outdated = new HashSet<>();

  Means(ReadingStore readings, Home home, Mean mean) {
    this.readings = readings;
    this.home = home;
    this.mean = mean;
  }

  /** The mean of what ends with a reading. */
  private record Known(SensorId sensor, long epochSecond, double newest, double mean) {
    boolean isOf(LatestRows rows, int row) {
      return rows.epochSecond(row) == epochSecond
          && rows.sensor(row).equals(sensor)
          && Double.compare(rows.value(row), newest) == 0;
    }
  }

  /** Succeeds with the mean of each row that has a value, as it is shown. */
  Future<double[]> of(List<DeviceId> devices, LatestRows rows, Measure measure) {
    known.keySet().removeAll(outdated);
    outdated.clear();
    if (known.size() > devices.size()) known.keySet().retainAll(new HashSet<>(devices));
    List<Integer> missing = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Known before = known.get(devices.get(row));
      if (rows.has(row) && (before == null || !before.isOf(rows, row))) missing.add(row);
    }
    return read(missing, devices, rows, measure).map(done -> means(devices, rows));
  }

  /** Readings of the device were removed: what is known of it, or being read, holds no longer. */
  void forget(DeviceId device) {
    outdated.add(device);
  }

  private double[] means(List<DeviceId> devices, LatestRows rows) {
    double[] means = new double[rows.size()];
    for (int row = 0; row < means.length; row++)
      if (rows.has(row)) means[row] = known.get(devices.get(row)).mean();
    return means;
  }

  private Future<Void> read(
      List<Integer> missing, List<DeviceId> devices, LatestRows rows, Measure measure) {
    Iterable<List<Integer>> parts =
        () ->
            IntStream.iterate(0, from -> from < missing.size(), from -> from + AT_ONCE)
                .mapToObj(from -> missing.subList(from, Math.min(from + AT_ONCE, missing.size())))
                .iterator();
    return Steps.forEach(
        parts,
        part -> {
          List<Future<Void>> some = new ArrayList<>();
          for (int row : part) some.add(read(row, devices.get(row), rows, measure));
          return home.back(Future.all(some));
        });
  }

  private Future<Void> read(int row, DeviceId device, LatestRows rows, Measure measure) {
    long last = rows.epochSecond(row);
    SensorId sensor = rows.sensor(row);
    double newest = rows.value(row);
    TimeRange range = new TimeRange(last - mean.seconds() + 1, last);
    return home.back(readings.read(new Series(device, sensor), range, Integer.MAX_VALUE))
        .map(
            samples -> {
              double value =
                  samples.size() == 0
                      ? measure.shown(sensor, newest) // removed since it was found
                      : mean(samples, sensor, measure);
              known.put(device, new Known(sensor, last, newest, value));
              return null;
            });
  }

  private static double mean(Samples samples, SensorId sensor, Measure measure) {
    double sum = 0;
    for (int i = 0; i < samples.size(); i++) sum += measure.shown(sensor, samples.value(i));
    return sum / samples.size();
  }
}
