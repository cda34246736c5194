package io.mestral.storage.sql.metadata;

import io.mestral.model.platform.Measurement;
import io.mestral.storage.sql.Row;

/** How a measurement of the catalogue is kept. */
final class MeasurementRow {
  /** The columns of {@link #values}, in that order, and what {@link #read} needs. */
  static final String COLUMNS =
      "id, uuid, name, description, unit, definition, created_at, updated_at";

  private MeasurementRow() {}

  static Object[] values(Measurement measurement) {
    return new Object[] {
      measurement.id(),
      measurement.uuid(),
      measurement.name(),
      measurement.description(),
      measurement.unit(),
      measurement.definition(),
      measurement.createdAt(),
      measurement.updatedAt()
    };
  }

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
