package io.mestral.verticles.http.map;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.verticles.http.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a map shows: a measurement with all the sensors that make it, or one sensor.
 *
 * @param key its name in a request
 * @param sensors by id ascending
 */
record Measure(String key, List<Sensor> sensors) {
  private static final Pattern WORDS = Pattern.compile("[^A-Za-z]+");

  /**
   * The measure of that name: a measurement's id, its name, of which only letters and digits count,
   * or a word of it that is in no other's; else a sensor's key.
   */
  static Optional<Measure> find(String asked, Catalogue catalogue) {
    return first(catalogue, each -> asked.equals(Integer.toString(each.id())))
        .or(() -> first(catalogue, each -> plain(asked).equals(plain(each.name()))))
        .or(() -> byWord(asked, catalogue))
        .map(measurement -> of(measurement, catalogue))
        .or(() -> ofKey(asked, catalogue));
  }

  private static Optional<Measurement> first(Catalogue catalogue, Predicate<Measurement> named) {
    return catalogue.measurements().stream().filter(named).findFirst();
  }

  private static Optional<Measurement> byWord(String asked, Catalogue catalogue) {
    List<Measurement> found =
        catalogue.measurements().stream()
            .filter(each -> WORDS.splitAsStream(each.name()).anyMatch(asked::equalsIgnoreCase))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static Measure of(Measurement measurement, Catalogue catalogue) {
    List<Sensor> sensors =
        catalogue.sensors().stream()
            .filter(sensor -> sensor.measurement().orElse(-1) == measurement.id())
            .toList();
    return new Measure(keyOf(measurement), sensors);
  }

  private static Optional<Measure> ofKey(String asked, Catalogue catalogue) {
    List<Sensor> sensors =
        catalogue.sensors().stream().filter(each -> each.defaultKey().equals(asked)).toList();
    return sensors.isEmpty() ? Optional.empty() : Optional.of(new Measure(asked, sensors));
  }

  /** All that may be asked for, for people. */
  static String allowed(Catalogue catalogue) {
    return Stream.concat(
            catalogue.measurements().stream().map(Measure::keyOf),
            catalogue.sensors().stream().map(Sensor::defaultKey))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String keyOf(Measurement measurement) {
    return measurement.name().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  List<SensorId> ids() {
    List<SensorId> ids = new ArrayList<>();
    for (Sensor sensor : sensors) ids.add(sensor.id());
    return ids;
  }

  /** A stored value of one of the sensors as it is shown. */
  double shown(SensorId id, double stored) {
    for (Sensor sensor : sensors)
      if (sensor.id().equals(id)) return sensor.equation().apply(stored);
    throw new IllegalArgumentException("no sensor of this measure: " + id);
  }
}
