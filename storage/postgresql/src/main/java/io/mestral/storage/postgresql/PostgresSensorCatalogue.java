package io.mestral.storage.postgresql;

import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.postgresql.client.Server;
import io.vertx.core.Future;
import java.util.List;

final class PostgresSensorCatalogue implements SensorCatalogue {
  private static final String SENSORS = "SELECT " + SensorRow.COLUMNS + " FROM sensors ORDER BY id";
  private static final String MEASUREMENTS =
      "SELECT " + MeasurementRow.COLUMNS + " FROM measurements ORDER BY id";

  private final Server server;

  PostgresSensorCatalogue(Server server) {
    this.server = server;
  }

  @Override
  public Future<List<Sensor>> sensors() {
    return server.read(session -> session.list(SENSORS, SensorRow::read));
  }

  @Override
  public Future<List<Measurement>> measurements() {
    return server.read(session -> session.list(MEASUREMENTS, MeasurementRow::read));
  }
}
