package io.mestral.storage.sql.metadata;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.Tag;
import io.mestral.storage.Conflict;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Selection;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.Visibility;
import io.mestral.storage.search.Search;
import io.mestral.storage.sql.Arguments;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

final class SqlSensorCatalogue implements SensorCatalogue {
  private static final String ID = "id, ";
  private static final String SENSOR = "SELECT " + SensorRow.COLUMNS + " FROM sensors ";
  private static final String SENSORS = SENSOR + "ORDER BY id";
  private static final String MEASUREMENT =
      "SELECT " + MeasurementRow.COLUMNS + " FROM measurements ";
  private static final String MEASUREMENTS = MEASUREMENT + "ORDER BY id";
  private static final String BY_ID = "WHERE id = $1";

  private static final String WITH_KEY = "SELECT count(*) AS n FROM sensors WHERE default_key = $1";
  private static final String ADD_SENSOR = insert("sensors", SensorRow.COLUMNS);
  private static final String PUT_SENSOR = update("sensors", SensorRow.COLUMNS);
  private static final String ADD_MEASUREMENT = insert("measurements", MeasurementRow.COLUMNS);
  private static final String PUT_MEASUREMENT = update("measurements", MeasurementRow.COLUMNS);

  private static final String TAGGED =
      """
      SELECT sensor_id, sensor_tags.* FROM sensor_tags
      JOIN tagged_sensors ON sensor_tags.id = tag_id
      """;
  private static final String CLEAR_TAGS = "DELETE FROM tagged_sensors WHERE sensor_id = $1";

  private static final String LISTED = "sensors AS " + SearchText.THING + " WHERE TRUE";

  private final Engine engine;
  private final Listing<Sensor> listing;
  private final TagTable tags;
  private final String toChange;
  private final String giveTags;

  SqlSensorCatalogue(Engine engine) {
    this.engine = engine;
    this.listing = new Listing<>(engine, SensorRow.COLUMNS, SensorRow::read);
    this.tags = new TagTable("sensor_tags", engine.dialect().toChange());
    toChange = BY_ID + engine.dialect().toChange();
    giveTags =
        "INSERT INTO tagged_sensors (sensor_id, tag_id)"
            + " SELECT CAST($1 AS INTEGER), id FROM sensor_tags WHERE "
            + engine.dialect().among("id", "$2");
  }

  /** Of a row that gets its number there. */
  private static String insert(String table, String columns) {
    String values = columns.substring(ID.length());
    return "INSERT INTO "
        + table
        + " ("
        + values
        + ") VALUES ("
        + Arguments.places(values.split(",").length)
        + ") RETURNING "
        + columns;
  }

  private static String update(String table, String columns) {
    String values = columns.substring(ID.length());
    int count = values.split(",").length;
    return "UPDATE "
        + table
        + " SET ("
        + values
        + ") = ("
        + Arguments.places(count)
        + ") WHERE id = $"
        + (count + 1)
        + " RETURNING "
        + columns;
  }

  /** All but the first, which is the number. */
  private static Object[] unnumbered(Object[] values, Object... more) {
    return Arguments.of(more, Arrays.copyOfRange(values, 1, values.length));
  }

  @Override
  public Future<List<Sensor>> sensors() {
    return engine.read(session -> session.list(SENSORS, SensorRow::read));
  }

  @Override
  public Future<Page<Sensor>> sensors(Search search, Paging paging) {
    SearchText text = new SearchText(engine.dialect(), Selection.of(Visibility.ALL, search));
    return listing.page(text, LISTED + text.where(), text.order(), paging);
  }

  @Override
  public Future<List<Measurement>> measurements() {
    return engine.read(session -> session.list(MEASUREMENTS, MeasurementRow::read));
  }

  /** Those that add sensors do so one after the other: some of the first ones share a key. */
  @Override
  public Future<Sensor> addSensor(Sensor draft) {
    return engine.write(
        draft.uuid().hashCode(),
        session ->
            engine
                .dialect()
                .lock(session, "keys of sensors")
                .compose(alone -> session.number(WITH_KEY, draft.defaultKey()))
                .compose(
                    taken -> {
                      if (taken > 0) throw new Conflict("default_key");
                      return session.first(
                          ADD_SENSOR, SensorRow::read, unnumbered(SensorRow.values(draft)));
                    })
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<Sensor> updateSensor(SensorId id, UnaryOperator<Sensor> change) {
    return engine.write(
        id.value(),
        session ->
            session
                .first(SENSOR + toChange, SensorRow::read, id.value())
                .map(found -> change.apply(found.orElseThrow(Missing.of("sensor", id.value()))))
                .compose(
                    changed ->
                        session.first(
                            PUT_SENSOR,
                            SensorRow::read,
                            unnumbered(SensorRow.values(changed), id.value())))
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<Measurement> addMeasurement(Measurement draft) {
    return engine.writeAlone(
        draft.uuid().hashCode(),
        session ->
            session
                .first(
                    ADD_MEASUREMENT, MeasurementRow::read, unnumbered(MeasurementRow.values(draft)))
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<Measurement> updateMeasurement(int id, UnaryOperator<Measurement> change) {
    return engine.write(
        id,
        session ->
            session
                .first(MEASUREMENT + toChange, MeasurementRow::read, id)
                .map(found -> change.apply(found.orElseThrow(Missing.of("measurement", id))))
                .compose(
                    changed ->
                        session.first(
                            PUT_MEASUREMENT,
                            MeasurementRow::read,
                            unnumbered(MeasurementRow.values(changed), id)))
                .map(Optional::orElseThrow));
  }

  @Override
  public Future<List<Tag>> tags() {
    return engine.read(tags::all);
  }

  @Override
  public Future<Tag> addTag(Tag draft) {
    return engine.writeAlone(draft.uuid().hashCode(), session -> tags.add(session, draft));
  }

  @Override
  public Future<Map<SensorId, List<Tag>>> tagged() {
    return engine
        .read(session -> session.list(TAGGED, Given::read))
        .map(
            all -> {
              Map<SensorId, List<Tag>> found = new HashMap<>();
              for (Given one : all)
                found.computeIfAbsent(one.sensor(), none -> new ArrayList<>()).add(one.tag());
              found.values().forEach(tags -> tags.sort(TagTable.BY_NAME));
              return found;
            });
  }

  @Override
  public Future<Void> tag(SensorId sensor, Collection<Long> wanted) {
    Many ids = Many.ids(wanted, Long::longValue);
    return engine.write(sensor.value(), session -> replaceTags(session, sensor, ids)).mapEmpty();
  }

  private Future<Integer> replaceTags(Session session, SensorId sensor, Many ids) {
    return session
        .change(CLEAR_TAGS, sensor.value())
        .compose(cleared -> session.change(giveTags, sensor.value(), ids));
  }

  private record Given(SensorId sensor, Tag tag) {
    static Given read(Row row) {
      return new Given(new SensorId((int) row.number("sensor_id")), TagTable.read(row));
    }
  }
}
