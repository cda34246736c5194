package io.mestral.verticles.http.tag;

import io.mestral.model.platform.Tag;
import io.mestral.storage.Page;
import io.mestral.storage.SensorCatalogue;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;

/** {@code /v0/tag_sensors}: what sensors may be marked with; {@code raw} hides from summaries. */
public final class TagSensorsResource {
  private final SensorCatalogue catalogue;
  private final Clock clock;

  /** Keeps tags in that catalogue. */
  public TagSensorsResource(SensorCatalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** All of them in pages. */
  public Future<Answer> list(Exchange exchange) {
    Pagination pagination = Pagination.of(exchange);
    return catalogue
        .tags()
        .map(
            all -> {
              Page<Tag> page = pagination.cut(all);
              return pagination.answer(
                  page.total(), json -> page.items().forEach(tag -> TagForm.writeShort(json, tag)));
            });
  }

  /** One of them. */
  public Future<Answer> show(Exchange exchange) {
    String given = exchange.path("id");
    Optional<Long> id = RecordId.parse(given);
    return catalogue
        .tags()
        .map(
            all -> {
              Tag found =
                  all.stream()
                      .filter(tag -> id.equals(Optional.of(tag.id())))
                      .findFirst()
                      .orElseThrow(() -> Problem.recordNotFound("TagSensor", "id", given));
              return Answer.ok(json -> TagForm.writeShort(json, found));
            });
  }

  /** Makes one. */
  public Future<Answer> create(Exchange exchange) {
    exchange.viewer().mustBeAdmin();
    return catalogue
        .addTag(TagForm.draft(exchange.params(), clock.instant()))
        .map(tag -> Answer.json(201, json -> TagForm.writeShort(json, tag)));
  }
}
