package io.mestral.verticles.http.tag;

import io.mestral.model.platform.Tag;
import io.mestral.storage.DeviceTags;
import io.mestral.storage.Page;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /v0/tags}: what devices may be marked with; made by administrators. */
public final class TagsResource {
  private final DeviceTags tags;
  private final Clock clock;

  /** Keeps tags there. */
  public TagsResource(DeviceTags tags, Clock clock) {
    this.tags = tags;
    this.clock = clock;
  }

  /** All of them in pages. */
  public Future<Answer> list(Exchange exchange) {
    Pagination pagination = Pagination.of(exchange);
    return tags.all()
        .map(
            all -> {
              Page<Tag> page = pagination.cut(all);
              return pagination.answer(
                  page.total(), json -> page.items().forEach(tag -> TagForm.write(json, tag)));
            });
  }

  /** One, by number or name. */
  public Future<Answer> show(Exchange exchange) {
    return named(exchange).map(tag -> answer(200, tag));
  }

  /** Makes one. */
  public Future<Answer> create(Exchange exchange) {
    exchange.viewer().mustBeAdmin();
    return tags.add(TagForm.draft(exchange.params(), clock.instant())).map(tag -> answer(201, tag));
  }

  /** Changes one, on the devices that have it too. */
  public Future<Answer> update(Exchange exchange) {
    exchange.viewer().mustBeAdmin();
    Params params = exchange.params();
    Instant now = clock.instant();
    return named(exchange)
        .compose(tag -> tags.update(tag.id(), before -> TagForm.apply(before, params, now)))
        .map(tag -> answer(200, tag));
  }

  /** Removes one, from the devices that have it too. */
  public Future<Answer> delete(Exchange exchange) {
    exchange.viewer().mustBeAdmin();
    return named(exchange).compose(tag -> tags.remove(tag.id())).map(gone -> Answer.done());
  }

  private Future<Tag> named(Exchange exchange) {
    String given = exchange.path("id");
    return tags.all()
        .map(all -> find(all, given).orElseThrow(() -> Problem.recordNotFound("Tag", "id", given)));
  }

  /** A name may be a number: then the tag with that number comes first. */
  private static Optional<Tag> find(List<Tag> all, String given) {
    Optional<Long> id = RecordId.parse(given);
    return all.stream()
        .filter(tag -> id.equals(Optional.of(tag.id())))
        .findFirst()
        .or(() -> all.stream().filter(tag -> tag.name().equalsIgnoreCase(given)).findFirst());
  }

  private static Answer answer(int status, Tag tag) {
    return Answer.json(status, json -> TagForm.write(json, tag));
  }
}
