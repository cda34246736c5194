package io.mestral.verticles.http.tag;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Tag;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.DeviceTags;
import io.mestral.storage.Metadata;
import io.mestral.storage.Page;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /v0/tags}: what devices may be marked with; made by administrators. */
public final class TagsResource {
  private final DeviceTags tags;
  private final DeviceRegistry devices;
  private final DeviceChanges changes;
  private final Clock clock;

  /**
   * @param changes who hears of devices whose tags are other ones now
   */
  public TagsResource(Metadata metadata, DeviceChanges changes, Clock clock) {
    this.tags = metadata.deviceTags();
    this.devices = metadata.devices();
    this.changes = changes;
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
        .compose(tag -> tags.having(tag.id()).compose(this::tell).map(tag))
        .map(tag -> answer(200, tag));
  }

  /** Removes one, from the devices that have it too. */
  public Future<Answer> delete(Exchange exchange) {
    exchange.viewer().mustBeAdmin();
    return named(exchange)
        .compose(
            tag ->
                tags.having(tag.id())
                    .compose(had -> tags.remove(tag.id()).compose(gone -> tell(had))))
        .map(told -> Answer.done());
  }

  /** What is done is done: that some can't be told of now is no reason to say otherwise. */
  private Future<Void> tell(List<DeviceId> ids) {
    return devices
        .findAll(ids)
        .onSuccess(found -> found.forEach(changes::changed))
        .<Void>mapEmpty()
        .otherwiseEmpty();
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
