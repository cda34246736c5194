package io.mestral.verticles.ingestion;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Sensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue by what devices call a sensor: its number, or its key. */
final class SensorIndex {
  private final Map<Integer, Sensor> byId = new HashMap<>();
  private final Map<String, Sensor> byKey = new HashMap<>();

  /** Where a key is used twice, the lowest id has it (spec 3.8). */
  SensorIndex(List<Sensor> sensors) {
    for (Sensor sensor : sensors) {
      byId.put(sensor.id().value(), sensor);
      byKey.merge(sensor.defaultKey(), sensor, SensorIndex::lower);
    }
  }

  /** All digits is an id, anything else a key. */
  Optional<Sensor> find(String named) {
    int id = number(named);
    return Optional.ofNullable(id >= 0 ? byId.get(id) : byKey.get(named));
  }

  /** A sensor that a component refers to, so it is in the catalogue. */
  Sensor get(SensorId id) {
    return byId.get(id.value());
  }

  private static Sensor lower(Sensor a, Sensor b) {
    return a.id().value() <= b.id().value() ? a : b;
  }

  private static int number(String text) {
    if (text.isEmpty() || text.length() > 9) return -1;
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }
}
