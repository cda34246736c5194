package io.mestral.verticles.csv;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens archives of devices: all readings of some sensors, a row for each second that has any. */
public final class CsvArchive {
  private final Vertx vertx;
  private final Metadata metadata;
  private final ReadingStore readings;

  /** Reads from those stores. */
  public CsvArchive(Vertx vertx, Metadata metadata, ReadingStore readings) {
    this.vertx = vertx;
    this.metadata = metadata;
    this.readings = readings;
  }

  /** Succeeds with the device's sensors in columns by sensor id, at the first row of the range. */
  public Future<CsvRows> open(DeviceId device, TimeRange range) {
    return metadata
        .devices()
        .components(List.of(device))
        .map(
            found ->
                found.getOrDefault(device, List.of()).stream()
                    .map(Component::sensor)
                    .collect(Collectors.toSet()))
        .compose(sensors -> open(device, range, sensors));
  }

  /** The same for some sensors; those that the catalogue doesn't have are left out. */
  public Future<CsvRows> open(DeviceId device, TimeRange range, Set<SensorId> sensors) {
    return metadata
        .catalogue()
        .sensors()
        .compose(
            all ->
                metadata
                    .catalogue()
                    .measurements()
                    .map(measurements -> columns(all, measurements, sensors)))
        .map(columns -> new CsvRows(vertx, readings, device, columns, range));
  }

  private static List<CsvColumn> columns(
      List<Sensor> all, Collection<Measurement> measurements, Set<SensorId> wanted) {
    Map<Integer, Measurement> byId =
        measurements.stream().collect(Collectors.toMap(Measurement::id, Function.identity()));
    return all.stream() // by id already
        .filter(sensor -> wanted.contains(sensor.id()))
        .map(sensor -> CsvColumn.of(sensor, measured(sensor.measurement(), byId)))
        .toList();
  }

  private static Optional<Measurement> measured(OptionalInt id, Map<Integer, Measurement> byId) {
    return id.isPresent() ? Optional.ofNullable(byId.get(id.getAsInt())) : Optional.empty();
  }
}
