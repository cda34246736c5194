package io.mestral.storage.embedded.metadata;

import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.CatalogueSeed;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.embedded.metadata.sqlite.Database;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.List;

final class SqliteSensorCatalogue implements SensorCatalogue {
  private static final String SENSORS = "SELECT * FROM sensors ORDER BY id";
  private static final String MEASUREMENTS = "SELECT * FROM measurements ORDER BY id";
  private static final String ADD_SENSOR =
      "INSERT INTO sensors ("
          + SensorRow.COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String ADD_MEASUREMENT =
      "INSERT INTO measurements (" + MeasurementRow.COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private final Database database;

  SqliteSensorCatalogue(Database database) {
    this.database = database;
  }

  /** Fills an empty catalogue. */
  static void plant(SqliteSession session) throws SQLException {
    CatalogueSeed seed = CatalogueSeed.shipped();
    for (Measurement measurement : seed.measurements())
      session.change(ADD_MEASUREMENT, MeasurementRow.values(measurement));
    for (Sensor sensor : seed.sensors()) session.change(ADD_SENSOR, SensorRow.values(sensor));
  }

  @Override
  public Future<List<Sensor>> sensors() {
    return database.read(session -> session.list(SENSORS, SensorRow::read));
  }

  @Override
  public Future<List<Measurement>> measurements() {
    return database.read(session -> session.list(MEASUREMENTS, MeasurementRow::read));
  }
}
