package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Sensor;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.unit.Unit;
import io.mestral.smartapi.unit.Units;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the sensors of the catalogue measure: as {@code quantities.tsv} says, by their ids. Of
 * others the unit alone is known, where its text is the symbol of one (Smart API, section 6).
 */
public final class Quantities {
  private static final String TABLE = "quantities.tsv";
  private static final int FIELDS = 10;
  private static final int UNIT_TEXT = 2;
  private static final int UNIT = 4;
  private static final int QUANTITY_KIND = 5;
  private static final int SMART_API_KIND = 6;
  private static final int PROPERTY = 8;

  private final Map<SensorId, Row> rows = new HashMap<>();
  private final Units units;

  private record Row(String unitText, Measurand measurand) {}

  /**
   * Reads the table.
   *
   * @param units where units are found by their symbols
   */
  public Quantities(Units units) {
    this.units = units;
    try (InputStream resource = Quantities.class.getResourceAsStream(TABLE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
    } catch (IOException failure) {
      throw new UncheckedIOException("can't read " + TABLE, failure);
    }
  }

  private void add(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != FIELDS)
      throw new IllegalStateException(TABLE + ": not " + FIELDS + " fields: " + line);
    rows.put(
        new SensorId(Integer.parseInt(fields[0])),
        new Row(
            fields[UNIT_TEXT],
            new Measurand(
                iri(fields[QUANTITY_KIND]).or(() -> iri(fields[SMART_API_KIND])),
                iri(fields[UNIT]),
                Optional.of(fields[PROPERTY]).filter(name -> !name.isEmpty()))));
  }

  private static Optional<Iri> iri(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new Iri(text));
  }

  /** What a sensor measures. A unit that was changed in the catalogue is no longer the table's. */
  public Measurand of(Sensor sensor) {
    Row row = rows.get(sensor.id());
    if (row == null) return new Measurand(Optional.empty(), bySymbol(sensor), Optional.empty());
    if (row.unitText().equals(sensor.unit().orElse(""))) return row.measurand();
    return new Measurand(
        row.measurand().quantityKind(), bySymbol(sensor), row.measurand().property());
  }

  private Optional<Iri> bySymbol(Sensor sensor) {
    return sensor.unit().flatMap(units::ofSymbol).map(Unit::iri);
  }
}
