package io.mestral.verticles.http.catalogue;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.Tag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All sensors and measurements at one time, by id ascending and findable. */
public final class Catalogue {
  private final List<Sensor> sensors;
  private final List<Measurement> measurements;
  private final Map<SensorId, Sensor> sensorById;
  private final Map<Integer, Measurement> measurementById;

  private final Map<SensorId, List<Tag>> tagged;

  Catalogue(List<Sensor> sensors, List<Measurement> measurements, Map<SensorId, List<Tag>> tagged) {
    this.sensors = List.copyOf(sensors);
    this.tagged = Map.copyOf(tagged);
    this.measurements = List.copyOf(measurements);
    this.sensorById = sensors.stream().collect(Collectors.toMap(Sensor::id, Function.identity()));
    this.measurementById =
        measurements.stream().collect(Collectors.toMap(Measurement::id, Function.identity()));
  }

  /** All sensors. */
  public List<Sensor> sensors() {
    return sensors;
  }

  /** All measurements. */
  public List<Measurement> measurements() {
    return measurements;
  }

  /** Empty when there is no such sensor. */
  public Optional<Sensor> sensor(SensorId id) {
    return Optional.ofNullable(sensorById.get(id));
  }

  /** The names of a sensor's tags. */
  public List<String> tagsOf(SensorId id) {
    return tagged.getOrDefault(id, List.of()).stream().map(Tag::name).toList();
  }

  /** The sensor that has a key by default; the lowest id where several have it (spec 3.8). */
  public Optional<Sensor> sensorByKey(String key) {
    return sensors.stream().filter(sensor -> sensor.defaultKey().equals(key)).findFirst();
  }

  /** The numbers of those above a sensor, the highest first; empty when there are none. */
  public Optional<String> ancestryOf(Sensor sensor) {
    Deque<Integer> above = new ArrayDeque<>();
    OptionalInt parent = sensor.parent();
    while (parent.isPresent() && !above.contains(parent.getAsInt())) {
      above.push(parent.getAsInt());
      parent =
          sensor(new SensorId(parent.getAsInt())).map(Sensor::parent).orElse(OptionalInt.empty());
    }
    return above.isEmpty()
        ? Optional.empty()
        : Optional.of(above.stream().map(String::valueOf).collect(Collectors.joining("/")));
  }

  /** What a sensor measures; empty when that is not said. */
  public Optional<Measurement> measurementOf(Sensor sensor) {
    return sensor.measurement().isPresent()
        ? measurement(sensor.measurement().getAsInt())
        : Optional.empty();
  }

  Optional<Measurement> measurement(int id) {
    return Optional.ofNullable(measurementById.get(id));
  }
}
