package io.mestral.storage.sql.metadata;

import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.sql.Engine;
import io.vertx.core.Future;
import java.util.List;

final class SqlSensorCatalogue implements SensorCatalogue {
  private static final String SENSORS = "SELECT " + SensorRow.COLUMNS + " FROM sensors ORDER BY id";
  private static final String MEASUREMENTS =
      "SELECT " + MeasurementRow.COLUMNS + " FROM measurements ORDER BY id";

  private final Engine engine;

  SqlSensorCatalogue(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<List<Sensor>> sensors() {
    return engine.read(session -> session.list(SENSORS, SensorRow::read));
  }

  @Override
  public Future<List<Measurement>> measurements() {
    return engine.read(session -> session.list(MEASUREMENTS, MeasurementRow::read));
  }
}
