package io.mestral.storage.postgresql.schema;

import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.CatalogueSeed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Fills the catalogue of a database that has just had its first step, in its transaction. */
final class CataloguePlanting implements Callback {
  private static final String MEASUREMENT =
      """
      INSERT INTO measurements
        (id, uuid, name, description, unit, definition, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String SENSOR =
      """
      INSERT INTO sensors
        (id, uuid, parent_id, name, description, default_key, unit, measurement_id, equation,
         reverse_equation, datasheet, unit_definition, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** What people add later gets numbers behind ours. */
  private static final String NUMBER_ON =
      """
      SELECT setval(pg_get_serial_sequence('measurements', 'id'), (SELECT max(id) FROM measurements)),
             setval(pg_get_serial_sequence('sensors', 'id'), (SELECT max(id) FROM sensors))
      """;

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.AFTER_EACH_MIGRATE
        && MigrationVersion.fromVersion("1").equals(context.getMigrationInfo().getVersion());
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public String getCallbackName() {
    return "catalogue";
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      plant(context.getConnection());
    } catch (SQLException failure) {
      throw new FlywayException("the catalogue can't be planted", failure);
    }
  }

  private static void plant(Connection connection) throws SQLException {
    CatalogueSeed seed = CatalogueSeed.shipped();
    try (PreparedStatement insert = connection.prepareStatement(MEASUREMENT)) {
      for (Measurement measurement : seed.measurements()) add(insert, values(measurement));
      insert.executeBatch();
    }
    try (PreparedStatement insert = connection.prepareStatement(SENSOR)) {
      for (Sensor sensor : seed.sensors()) add(insert, values(sensor));
      insert.executeBatch();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(NUMBER_ON);
    }
  }

  private static void add(PreparedStatement insert, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) set(insert, i + 1, values[i]);
    insert.addBatch();
  }

  private static void set(PreparedStatement insert, int place, Object value) throws SQLException {
    if (value instanceof OptionalInt number && number.isPresent())
      insert.setInt(place, number.getAsInt());
    else if (value instanceof OptionalInt) insert.setNull(place, Types.INTEGER);
    else if (value instanceof Optional<?> text) insert.setString(place, (String) text.orElse(null));
    else if (value instanceof Instant time) insert.setObject(place, time.atOffset(ZoneOffset.UTC));
    else insert.setObject(place, value);
  }

  private static Object[] values(Measurement measurement) {
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

  private static Object[] values(Sensor sensor) {
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
}
