package io.mestral.verticles.csv;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import java.util.Optional;

/** One column of an archive: a sensor's series under its title. */
record CsvColumn(Sensor sensor, String title) {
  /** The title is {@code measurement in unit (sensor)}, without what is not known (spec 4.2). */
  static CsvColumn of(Sensor sensor, Optional<Measurement> measurement) {
    String title =
        measurement
            .map(
                what ->
                    what.name()
                        + sensor.unit().map(unit -> " in " + unit).orElse("")
                        + " ("
                        + sensor.name()
                        + ")")
            .orElse(sensor.name());
    return new CsvColumn(sensor, countable(title));
  }

  SensorId id() {
    return sensor.id();
  }

  /** Nothing is quoted in an archive, so what would make two cells or lines of one is replaced. */
  private static String countable(String title) {
    StringBuilder text = new StringBuilder(title.length());
    for (int i = 0; i < title.length(); i++) {
      char c = title.charAt(i);
      if (c == ',') text.append(';');
      else if (c == '"') text.append('\'');
      else text.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return text.toString().strip();
  }
}
