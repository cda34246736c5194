package io.mestral.verticles.http.experiment;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Experiment;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.ExperimentRegistry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.query.Searchable;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /v0/experiments} (spec 2.12): seen by everybody, changed by those who made them. */
public final class ExperimentsResource {
  private final ExperimentRegistry registry;
  private final DeviceRegistry devices;
  private final SearchReader searches;
  private final Clock clock;

  /** Keeps experiments with those devices there. */
  public ExperimentsResource(
      ExperimentRegistry registry, DeviceRegistry devices, SearchReader searches, Clock clock) {
    this.registry = registry;
    this.searches = searches;
    this.devices = devices;
    this.clock = clock;
  }

  /** All of them, searched and in pages. */
  public Future<Answer> list(Exchange exchange) {
    Pagination pagination = Pagination.ofSearch(exchange);
    return registry
        .list(searches.read(exchange, Searchable.experiments()), pagination.paging())
        .compose(
            page ->
                visible(page.items(), exchange.viewer())
                    .map(
                        seen ->
                            pagination.answer(
                                page.total(),
                                json -> page.items().forEach(each -> write(json, each, seen)))));
  }

  /** One of them. */
  public Future<Answer> show(Exchange exchange) {
    return named(exchange).compose(found -> answer(200, found, exchange.viewer()));
  }

  /** Makes one of the caller's. */
  public Future<Answer> create(Exchange exchange) {
    Instant now = clock.instant();
    Experiment blank =
        new Experiment(
            0,
            exchange.viewer().signedIn().id(),
            "",
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            now,
            now);
    return checked(blank, exchange.params(), now)
        .compose(registry::add)
        .compose(made -> answer(201, made, exchange.viewer()));
  }

  /** Changes what is given. */
  public Future<Answer> update(Exchange exchange) {
    Params params = exchange.params();
    Instant now = clock.instant();
    return managed(exchange)
        .compose(before -> checked(before, params, now))
        .compose(
            fine ->
                registry.update(fine.id(), before -> new ExperimentForm(params).apply(before, now)))
        .compose(changed -> answer(200, changed, exchange.viewer()));
  }

  /** Removes one; its devices stay. */
  public Future<Answer> delete(Exchange exchange) {
    return managed(exchange)
        .compose(found -> registry.remove(found.id()))
        .map(gone -> Answer.done());
  }

  private Future<Experiment> checked(Experiment before, Params params, Instant now) {
    ExperimentForm form = new ExperimentForm(params);
    Optional<List<DeviceId>> wanted = form.devices();
    if (wanted.isEmpty()) return Future.succeededFuture(form.apply(before, now));
    return devices
        .findAll(wanted.get())
        .map(
            found -> {
              form.check(wanted.get(), found, before);
              return form.apply(before, now);
            });
  }

  private Future<Experiment> managed(Exchange exchange) {
    exchange.viewer().signedIn();
    return named(exchange)
        .map(
            found -> {
              exchange.viewer().mustManage(found.owner());
              return found;
            });
  }

  private Future<Experiment> named(Exchange exchange) {
    String given = exchange.path("id");
    return RecordId.parse(given)
        .map(registry::find)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .map(found -> found.orElseThrow(() -> Problem.recordNotFound("Experiment", "id", given)));
  }

  private Future<Answer> answer(int status, Experiment experiment, Viewer viewer) {
    return visible(List.of(experiment), viewer)
        .map(seen -> Answer.json(status, json -> write(json, experiment, seen)));
  }

  /** Those of their devices that the viewer may see: a device may have become private since. */
  private Future<Set<DeviceId>> visible(List<Experiment> experiments, Viewer viewer) {
    Set<DeviceId> all =
        experiments.stream()
            .flatMap(each -> each.devices().stream())
            .collect(Collectors.toUnmodifiableSet());
    if (all.isEmpty()) return Future.succeededFuture(Set.of());
    return devices
        .findAll(all)
        .map(
            found ->
                found.stream()
                    .filter(viewer::maySee)
                    .map(Device::id)
                    .collect(Collectors.toUnmodifiableSet()));
  }

  private void write(JsonWriter json, Experiment experiment, Set<DeviceId> seen) {
    json.object(
        () ->
            json.field("id", experiment.id())
                .field("name", experiment.name())
                .field("description", experiment.description())
                .field("owner_id", experiment.owner().value())
                .field("active", experiment.isActive(clock.instant()))
                .field("is_test", experiment.isTest())
                .field("starts_at", experiment.startsAt().map(JsonWriter::text))
                .field("ends_at", experiment.endsAt().map(JsonWriter::text))
                .array(
                    "device_ids",
                    () ->
                        experiment.devices().stream()
                            .filter(seen::contains)
                            .forEach(id -> json.element(id.value())))
                .field("created_at", experiment.createdAt())
                .field("updated_at", experiment.updatedAt()));
  }
}
