package io.mestral.verticles.http.catalogue;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.Page;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.search.Search;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.query.Searchable;
import io.vertx.core.Future;
import java.util.Optional;

/** {@code /v0/sensors} (spec 2.10). */
public final class SensorsResource {
  private final CatalogueCache catalogue;
  private final SensorCatalogue store;
  private final SearchReader searches;

  /**
   * Shows what the catalogue holds.
   *
   * @param store where it is searched
   */
  public SensorsResource(CatalogueCache catalogue, SensorCatalogue store, SearchReader searches) {
    this.catalogue = catalogue;
    this.store = store;
    this.searches = searches;
  }

  /** All sensors, boards included, searched and in pages. */
  public Future<Answer> list(Exchange exchange) {
    Pagination pagination = Pagination.ofSearch(exchange);
    Search search = searches.read(exchange, Searchable.sensors());
    return catalogue
        .now()
        .compose(all -> page(search, pagination, all).map(page -> answer(page, pagination, all)));
  }

  private Future<Page<Sensor>> page(Search search, Pagination pagination, Catalogue all) {
    return search.isForEverything()
        ? Future.succeededFuture(pagination.cut(all.sensors()))
        : store.sensors(search, pagination.paging());
  }

  private static Answer answer(Page<Sensor> page, Pagination pagination, Catalogue all) {
    return pagination.answer(
        page.total(),
        json -> page.items().forEach(sensor -> write(json, sensor, all.measurementOf(sensor))));
  }

  /** One sensor. */
  public Future<Answer> show(Exchange exchange) {
    String given = exchange.path("id");
    return catalogue
        .now()
        .map(
            all -> {
              Sensor sensor =
                  RecordId.parse(given)
                      .filter(id -> id <= Integer.MAX_VALUE)
                      .flatMap(id -> all.sensor(new SensorId(id.intValue())))
                      .orElseThrow(() -> Problem.recordNotFound("Sensor", "id", given));
              return Answer.ok(json -> write(json, sensor, all.measurementOf(sensor)));
            });
  }

  private static void write(JsonWriter json, Sensor sensor, Optional<Measurement> measurement) {
    json.object(
        () -> {
          json.field("id", sensor.id().value()).field("uuid", sensor.uuid().toString());
          if (sensor.parent().isPresent()) json.field("parent_id", sensor.parent().getAsInt());
          else json.nothing("parent_id");
          json.field("name", sensor.name())
              .field("description", sensor.description())
              .field("unit", sensor.unit())
              .array("tags", () -> {})
              .field("datasheet", sensor.datasheet())
              .field("unit_definition", sensor.unitDefinition())
              .field("created_at", sensor.createdAt())
              .field("updated_at", sensor.updatedAt());
          if (measurement.isPresent())
            json.object("measurement", () -> members(json, measurement.get()));
          else json.nothing("measurement");
        });
  }

  private static void members(JsonWriter json, Measurement measurement) {
    json.field("id", measurement.id())
        .field("uuid", measurement.uuid().toString())
        .field("name", measurement.name())
        .field("description", measurement.description())
        .field("definition", measurement.definition());
  }
}
