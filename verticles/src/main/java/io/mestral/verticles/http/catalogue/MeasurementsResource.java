package io.mestral.verticles.http.catalogue;

import io.mestral.model.platform.Measurement;
import io.mestral.storage.Page;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.vertx.core.Future;

/** {@code /v0/measurements} (spec 2.10). */
public final class MeasurementsResource {
  private final CatalogueCache catalogue;

  /** Shows what the catalogue holds. */
  public MeasurementsResource(CatalogueCache catalogue) {
    this.catalogue = catalogue;
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
    String given = exchange.path("id");
    return catalogue
        .now()
        .map(
            all -> {
              Measurement measurement =
                  RecordId.parse(given)
                      .filter(id -> id <= Integer.MAX_VALUE)
                      .flatMap(id -> all.measurement(id.intValue()))
                      .orElseThrow(() -> Problem.recordNotFound("Measurement", "id", given));
              return Answer.ok(json -> write(json, measurement));
            });
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
