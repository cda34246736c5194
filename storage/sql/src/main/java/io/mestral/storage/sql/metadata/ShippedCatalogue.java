package io.mestral.storage.sql.metadata;

import io.mestral.storage.CatalogueSeed;
import java.util.Collections;
import java.util.List;

/**
 * The catalogue that comes with the program, for a schema that has just had its first step: a
 * driver runs these before there is an engine.
 */
public final class ShippedCatalogue {
  private ShippedCatalogue() {}

  /**
   * A table's rows.
   *
   * @param insert adds one, with a {@code ?} for each value
   * @param lines values of the model, in the order of the places
   */
  public record Filling(String insert, List<Object[]> lines) {}

  /** What comes first is what others refer to. */
  public static List<Filling> fillings() {
    CatalogueSeed seed = CatalogueSeed.shipped();
    return List.of(
        filling(
            "measurements",
            MeasurementRow.COLUMNS,
            seed.measurements().stream().map(MeasurementRow::values).toList()),
        filling(
            "sensors", SensorRow.COLUMNS, seed.sensors().stream().map(SensorRow::values).toList()));
  }

  private static Filling filling(String table, String columns, List<Object[]> lines) {
    String places = String.join(", ", Collections.nCopies(columns.split(",").length, "?"));
    return new Filling(
        "INSERT INTO " + table + " (" + columns + ") VALUES (" + places + ")", lines);
  }
}
