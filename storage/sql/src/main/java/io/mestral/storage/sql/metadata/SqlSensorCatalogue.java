package io.mestral.storage.sql.metadata;

import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Selection;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.Visibility;
import io.mestral.storage.search.Search;
import io.mestral.storage.sql.Engine;
import io.vertx.core.Future;
import java.util.List;

final class SqlSensorCatalogue implements SensorCatalogue {
  private static final String SENSORS = "SELECT " + SensorRow.COLUMNS + " FROM sensors ORDER BY id";
  private static final String MEASUREMENTS =
      "SELECT " + MeasurementRow.COLUMNS + " FROM measurements ORDER BY id";

  private static final String LISTED = "sensors AS " + SearchText.THING + " WHERE TRUE";

  private final Engine engine;
  private final Listing<Sensor> listing;

  SqlSensorCatalogue(Engine engine) {
    this.engine = engine;
    this.listing = new Listing<>(engine, SensorRow.COLUMNS, SensorRow::read);
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
}
