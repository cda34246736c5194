package io.mestral.storage.cassandra;

import io.mestral.model.reading.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one device measured at one second, as far as it arrived together.
 *
 * @param arrival its number by {@link Arrivals}
 * @param sensors ascending
 * @param values one for each sensor
 */
record Row(long device, long second, long arrival, int[] sensors, double[] values) {
  /** A row's sensors are part of its key, which has a bound. */
  private static final int MOST_SENSORS = 4096;

  private record Place(long device, long second) {}

  /** The readings as few rows; of the same second the later one counts. */
  static List<Row> of(List<Reading> readings, Arrivals arrivals) {
    Map<Place, Builder> rows = new LinkedHashMap<>();
    Place place = new Place(0, Long.MIN_VALUE);
    Builder row = new Builder();
    for (Reading reading : readings) {
      if (reading.epochSecond() != place.second || reading.device().value() != place.device) {
        place = new Place(reading.device().value(), reading.epochSecond());
        row = rows.computeIfAbsent(place, each -> new Builder());
      }
      row.put(reading.sensor().value(), reading.value());
    }
    List<Row> made = new ArrayList<>(rows.size());
    rows.forEach(
        (at, built) -> {
          for (int from = 0; from < built.size; from += MOST_SENSORS)
            made.add(built.build(at, arrivals.next(), from));
        });
    return made;
  }

  private static final class Builder {
    private int[] sensors = new int[8];
    private double[] values = new double[8];
    private int size;

    void put(int sensor, double value) {
      int at = size > 0 && sensors[size - 1] < sensor ? -size - 1 : find(sensor);
      if (at < 0) at = insert(-at - 1, sensor);
      values[at] = value;
    }

    private int find(int sensor) {
      return Arrays.binarySearch(sensors, 0, size, sensor);
    }

    private int insert(int at, int sensor) {
      if (size == sensors.length) {
        sensors = Arrays.copyOf(sensors, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      System.arraycopy(sensors, at, sensors, at + 1, size - at);
      System.arraycopy(values, at, values, at + 1, size - at);
      sensors[at] = sensor;
      size++;
      return at;
    }

    Row build(Place place, long arrival, int from) {
      int to = Math.min(size, from + MOST_SENSORS);
      return new Row(
          place.device,
          place.second,
          arrival,
          Arrays.copyOfRange(sensors, from, to),
          Arrays.copyOfRange(values, from, to));
    }
  }

  /** The same without one sensor. */
  Row without(int sensor) {
    int at = indexOf(sensor);
    if (at < 0) return this;
    int[] left = new int[sensors.length - 1];
    double[] leftValues = new double[left.length];
    for (int i = 0, to = 0; i < sensors.length; i++) {
      if (i == at) continue;
      left[to] = sensors[i];
      leftValues[to++] = values[i];
    }
    return new Row(device, second, arrival, left, leftValues);
  }

  /** Where a sensor stands; negative when it doesn't. */
  int indexOf(int sensor) {
    return Arrays.binarySearch(sensors, sensor);
  }

  int week() {
    return Buckets.weekOf(second);
  }
}
