package io.mestral.storage.postgresql;

import io.mestral.model.platform.Measurement;
import io.mestral.storage.sql.Row;

/** How a measurement of the catalogue is kept. */
final class MeasurementRow {
  /** What {@link #read} needs. */
  static final String COLUMNS =
      "id, uuid, name, description, unit, definition, created_at, updated_at";

  private MeasurementRow() {}

  static Measurement read(Row row) {
    return new Measurement(
        (int) row.number("id"),
        row.uuid("uuid"),
        row.text("name"),
        row.text("description"),
        row.optionalText("unit"),
        row.optionalText("definition"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
