package io.mestral.storage.sql.metadata;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.sql.Row;

/** How a sensor of the catalogue is kept. */
final class SensorRow {
  /** The columns of {@link #values}, in that order, and what {@link #read} needs. */
  static final String COLUMNS =
      "id, uuid, parent_id, name, description, default_key, unit, measurement_id, equation,"
          + " reverse_equation, datasheet, unit_definition, created_at, updated_at";

  private SensorRow() {}

  static Object[] values(Sensor sensor) {
    return new Object[] {
      sensor.id().value(),
      sensor.uuid(),
      sensor.parent(),
      sensor.name(),
      sensor.description(),
      sensor.defaultKey(),
      sensor.unit(),
      sensor.measurement(),
      sensor.equation().text(),
      sensor.reverseEquation().text(),
      sensor.datasheet(),
      sensor.unitDefinition(),
      sensor.createdAt(),
      sensor.updatedAt()
    };
  }

  static Sensor read(Row row) {
    return new Sensor(
        new SensorId((int) row.number("id")),
        row.uuid("uuid"),
        row.optionalNumber("parent_id"),
        row.text("name"),
        row.text("description"),
        row.text("default_key"),
        row.optionalText("unit"),
        row.optionalNumber("measurement_id"),
        Calibration.parse(row.text("equation")),
        Calibration.parse(row.text("reverse_equation")),
        row.optionalText("datasheet"),
        row.optionalText("unit_definition"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
