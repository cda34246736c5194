package io.mestral.storage.postgresql.schema;

import io.mestral.storage.sql.metadata.ShippedCatalogue;
import io.mestral.storage.sql.metadata.ShippedCatalogue.Filling;
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
    for (Filling filling : ShippedCatalogue.fillings())
      try (PreparedStatement insert = connection.prepareStatement(filling.insert())) {
        for (Object[] line : filling.lines()) add(insert, line);
        insert.executeBatch();
      }
    try (Statement statement = connection.createStatement()) {
      statement.execute(NUMBER_ON);
    }
  }

  private static void add(PreparedStatement insert, Object[] values) throws SQLException {
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
}
