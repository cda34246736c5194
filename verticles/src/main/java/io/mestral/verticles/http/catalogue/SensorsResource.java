package io.mestral.verticles.http.catalogue;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.Page;
import io.mestral.storage.search.Search;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.query.Searchable;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /v0/sensors} (spec 2.10). */
public final class SensorsResource {
  private final CatalogueCache catalogue;
  private final CatalogueWrites writes;
  private final SensorTagging tagging;
  private final SearchReader searches;

  /** Shows what the catalogue holds, and has administrators change it. */
  public SensorsResource(CatalogueWrites writes, SearchReader searches) {
    this.catalogue = writes.cache();
    this.writes = writes;
    this.tagging = new SensorTagging(writes.store());
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
        : writes.store().sensors(search, pagination.paging());
  }

  private static Answer answer(Page<Sensor> page, Pagination pagination, Catalogue all) {
    return pagination.answer(
        page.total(), json -> page.items().forEach(sensor -> write(json, sensor, all)));
  }

  /** One sensor. */
  public Future<Answer> show(Exchange exchange) {
    return catalogue.now().map(all -> answer(200, named(exchange, all), all));
  }

  /** Adds a sensor. */
  public Future<Answer> create(Exchange exchange) {
    exchange.viewer().mustBeAdmin();
    Params params = exchange.params();
    Instant now = writes.clock().instant();
    return tagging
        .wanted(params)
        .compose(
            tags ->
                fresh()
                    .map(known -> new SensorForm(params, known).draft(now))
                    .compose(writes.store()::addSensor)
                    .compose(made -> tagging.put(made, tags)))
        .eventually(writes::told)
        .compose(made -> catalogue.now().map(all -> answer(201, made, all)));
  }

  /** Changes what is given; ingestion and every answer go by it within a second. */
  public Future<Answer> update(Exchange exchange) {
    exchange.viewer().mustBeAdmin();
    Params params = exchange.params();
    Instant now = writes.clock().instant();
    return tagging
        .wanted(params)
        .compose(tags -> fresh().compose(known -> change(exchange, known, tags, now)))
        .eventually(writes::told)
        .compose(changed -> catalogue.now().map(all -> answer(200, changed, all)));
  }

  private Future<Sensor> change(
      Exchange exchange, Catalogue known, Optional<List<Long>> tags, Instant now) {
    Sensor before = named(exchange, known);
    Params params = exchange.params();
    return writes
        .store()
        .updateSensor(before.id(), current -> new SensorForm(params, known).apply(current, now))
        .compose(changed -> tagging.put(changed, tags));
  }

  private Future<Catalogue> fresh() {
    catalogue.forget();
    return catalogue.now();
  }

  private static Sensor named(Exchange exchange, Catalogue all) {
    String given = exchange.path("id");
    return RecordId.parse(given)
        .filter(id -> id <= Integer.MAX_VALUE)
        .flatMap(id -> all.sensor(new SensorId(id.intValue())))
        .orElseThrow(() -> Problem.recordNotFound("Sensor", "id", given));
  }

  private static Answer answer(int status, Sensor sensor, Catalogue all) {
    return Answer.json(status, json -> write(json, sensor, all));
  }

  private static void write(JsonWriter json, Sensor sensor, Catalogue all) {
    json.object(
        () -> {
          json.field("id", sensor.id().value()).field("uuid", sensor.uuid().toString());
          if (sensor.parent().isPresent()) json.field("parent_id", sensor.parent().getAsInt());
          else json.nothing("parent_id");
          json.field("name", sensor.name())
              .field("description", sensor.description())
              .field("unit", sensor.unit())
              .array("tags", () -> all.tagsOf(sensor.id()).forEach(json::element))
              .field("datasheet", sensor.datasheet())
              .field("unit_definition", sensor.unitDefinition())
              .field("created_at", sensor.createdAt())
              .field("updated_at", sensor.updatedAt());
          Optional<Measurement> measured = all.measurementOf(sensor);
          if (measured.isPresent()) json.object("measurement", () -> members(json, measured.get()));
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
