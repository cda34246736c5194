package io.mestral.storage.sql.metadata;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.Steps;
import io.mestral.storage.replica.ReplicaContent.OfSensor;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sensors and measurements as the node above has them. A measurement of this node's own that has
 * the same name is the same one.
 */
final class ReplicaCatalogue {
  private static final String NAMED =
      "UPDATE measurements SET uuid = $1 WHERE name = $2 AND uuid <> $1";
  private static final String MEASUREMENT = "SELECT id AS n FROM measurements WHERE uuid = $1";
  private static final String SENSOR = "SELECT id AS n FROM sensors WHERE uuid = $1";
  private static final String IS_MEASUREMENT =
      "SELECT count(*) AS n FROM measurements WHERE id = $1";
  private static final String IS_SENSOR = "SELECT count(*) AS n FROM sensors WHERE id = $1";
  private static final String HIGHEST_MEASUREMENT =
      "SELECT coalesce(max(id), 0) AS n FROM measurements";
  private static final String HIGHEST_SENSOR = "SELECT coalesce(max(id), 0) AS n FROM sensors";
  private static final String PUT_MEASUREMENT = put("measurements", MeasurementRow.COLUMNS);
  private static final String PUT_SENSOR = put("sensors", SensorRow.COLUMNS);
  private static final String JOIN =
      """
      UPDATE sensors SET
        parent_id = (SELECT id FROM sensors AS others WHERE others.uuid = $1),
        measurement_id = (SELECT id FROM measurements WHERE measurements.uuid = $2)
      WHERE uuid = $3
      """;

  private static String put(String table, String columns) {
    return "INSERT INTO "
        + table
        + " ("
        + columns
        + ") VALUES ("
        + Arguments.places(columns.split(",").length)
        + ") ON CONFLICT (id) DO UPDATE SET ("
        + columns
        + ") = ("
        + columns.replaceAll("(\\w+)", "excluded.$1")
        + ")";
  }

  Future<?> put(Session session, Measurement told, ReplicaOutcome outcome) {
    outcome.catalogueChanged();
    return session
        .change(NAMED, told.uuid(), told.name())
        .compose(named -> session.first(MEASUREMENT, row -> (int) row.number("n"), told.uuid()))
        .compose(
            known ->
                number(session, known, told.id(), IS_MEASUREMENT, HIGHEST_MEASUREMENT)
                    .compose(
                        id ->
                            session.change(
                                PUT_MEASUREMENT,
                                MeasurementRow.values(
                                    new Measurement(
                                        id,
                                        told.uuid(),
                                        told.name(),
                                        told.description(),
                                        told.unit(),
                                        told.definition(),
                                        told.createdAt(),
                                        told.updatedAt())))));
  }

  Future<?> put(Session session, OfSensor told, ReplicaOutcome outcome) {
    outcome.catalogueChanged();
    Sensor sensor = told.sensor();
    return session
        .first(SENSOR, row -> (int) row.number("n"), sensor.uuid())
        .compose(
            known ->
                number(session, known, sensor.id().value(), IS_SENSOR, HIGHEST_SENSOR)
                    .compose(
                        id -> session.change(PUT_SENSOR, SensorRow.values(numbered(sensor, id)))));
  }

  private static Sensor numbered(Sensor sensor, int id) {
    return new Sensor(
        new SensorId(id),
        sensor.uuid(),
        OptionalInt.empty(),
        sensor.name(),
        sensor.description(),
        sensor.defaultKey(),
        sensor.unit(),
        OptionalInt.empty(),
        sensor.equation(),
        sensor.reverseEquation(),
        sensor.datasheet(),
        sensor.unitDefinition(),
        sensor.createdAt(),
        sensor.updatedAt());
  }

  /** The number it has here, or else has above, or else the next one. */
  private static Future<Integer> number(
      Session session, Optional<Integer> known, int wished, String isTaken, String highest) {
    if (known.isPresent()) return Future.succeededFuture(known.get());
    return session
        .number(isTaken, wished)
        .compose(
            taken ->
                taken == 0
                    ? Future.succeededFuture(wished)
                    : session.number(highest).map(number -> (int) (number + 1)));
  }

  /** Once all are there: sensors refer to each other. */
  Future<Void> join(Session session, List<OfSensor> told) {
    return Steps.forEach(
        told, one -> session.change(JOIN, one.parent(), one.measurement(), one.sensor().uuid()));
  }
}
