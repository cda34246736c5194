package io.mestral.verticles.http.catalogue;

import io.mestral.model.platform.Measurement;
import io.mestral.storage.Page;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.vertx.core.Future;
import java.time.Instant;

/** {@code /v0/measurements} (spec 2.10). */
public final class MeasurementsResource {
  private final CatalogueCache catalogue;
  private final CatalogueWrites writes;

  /** Shows what the catalogue holds, and has administrators change it. */
  public MeasurementsResource(CatalogueWrites writes) {
    this.catalogue = writes.cache();
    this.writes = writes;
  }

  /** All measurements in pages. */
  public Future<Answer> list(Exchange exchange) {
    Pagination pagination = Pagination.of(exchange);
    return catalogue
        .now()
        .map(
            all -> {
              Page<Measurement> page = pagination.cut(all.measurements());
              return pagination.answer(
                  page.total(),
                  json -> page.items().forEach(measurement -> write(json, measurement)));
            });
  }

  /** One measurement. */
  public Future<Answer> show(Exchange exchange) {
    return catalogue.now().map(all -> answer(200, named(exchange, all)));
  }

  /** Adds a measurement. */
  public Future<Answer> create(Exchange exchange) {
    exchange.viewer().mustBeAdmin();
    Measurement draft = new MeasurementForm(exchange.params()).draft(writes.clock().instant());
    return writes
        .store()
        .addMeasurement(draft)
        .eventually(writes::told)
        .map(made -> answer(201, made));
  }

  /** Changes what is given. */
  public Future<Answer> update(Exchange exchange) {
    exchange.viewer().mustBeAdmin();
    Params params = exchange.params();
    Instant now = writes.clock().instant();
    return catalogue
        .now()
        .map(all -> named(exchange, all))
        .compose(
            found ->
                writes
                    .store()
                    .updateMeasurement(
                        found.id(), before -> new MeasurementForm(params).apply(before, now)))
        .eventually(writes::told)
        .map(changed -> answer(200, changed));
  }

  private static Measurement named(Exchange exchange, Catalogue all) {
    String given = exchange.path("id");
    return RecordId.parse(given)
        .filter(id -> id <= Integer.MAX_VALUE)
        .flatMap(id -> all.measurement(id.intValue()))
        .orElseThrow(() -> Problem.recordNotFound("Measurement", "id", given));
  }

  private static Answer answer(int status, Measurement measurement) {
    return Answer.json(status, json -> write(json, measurement));
  }

  private static void write(JsonWriter json, Measurement measurement) {
    json.object(
        () ->
            json.field("id", measurement.id())
                .field("uuid", measurement.uuid().toString())
                .field("name", measurement.name())
                .field("description", measurement.description())
                .field("definition", measurement.definition())
                .field("created_at", measurement.createdAt())
                .field("updated_at", measurement.updatedAt()));
  }
}
