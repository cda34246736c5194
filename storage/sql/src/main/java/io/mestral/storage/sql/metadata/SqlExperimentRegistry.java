package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Experiment;
import io.mestral.storage.ExperimentRegistry;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Selection;
import io.mestral.storage.Visibility;
import io.mestral.storage.search.Search;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

final class SqlExperimentRegistry implements ExperimentRegistry {
  private static final String COLUMNS =
      "owner_id, name, description, is_test, starts_at, ends_at, created_at, updated_at";
  private static final String SEEN =
      " FROM experiments WHERE EXISTS (SELECT 1 FROM users"
          + " WHERE users.id = owner_id AND workflow_state = 'active')";
  private static final String LISTED =
      "experiments AS "
          + SearchText.THING
          + " WHERE EXISTS (SELECT 1 FROM users WHERE users.id = "
          + SearchText.THING
          + ".owner_id AND users.workflow_state = 'active')";
  private static final String FIND = "SELECT id, " + COLUMNS + SEEN + " AND id = $1";
  private static final String INSERT =
      "INSERT INTO experiments ("
          + COLUMNS
          + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id, "
          + COLUMNS;
  private static final String UPDATE =
      """
      UPDATE experiments SET name = $1, description = $2, is_test = $3, starts_at = $4,
        ends_at = $5, updated_at = $6
      WHERE id = $7
      """;
  private static final String REMOVE = "DELETE FROM experiments WHERE id = $1";
  private static final String CLEAR = "DELETE FROM experiment_devices WHERE experiment_id = $1";
  private static final String LINKS =
      """
      SELECT experiment_id, device_id FROM experiment_devices
      JOIN devices ON devices.id = device_id AND devices.workflow_state = 'active'
      WHERE
      """;

  private final Engine engine;
  private final Listing<Experiment> listing;
  private final String findToChange;
  private final String devicesOf;
  private final String experimentsOf;
  private final String add;

  SqlExperimentRegistry(Engine engine) {
    this.engine = engine;
    listing = new Listing<>(engine, "id, " + COLUMNS, SqlExperimentRegistry::read);
    findToChange = FIND + engine.dialect().toChange();
    devicesOf = LINKS + engine.dialect().among("experiment_id", "$1");
    experimentsOf =
        LINKS
            + engine.dialect().among("device_id", "$1")
            + " AND experiment_id IN (SELECT id"
            + SEEN
            + ")";
    add =
        "INSERT INTO experiment_devices (experiment_id, device_id)"
            + " SELECT CAST($1 AS BIGINT), id FROM devices WHERE "
            + engine.dialect().among("id", "$2");
  }

  @Override
  public Future<Page<Experiment>> list(Search search, Paging paging) {
    SearchText text = new SearchText(engine.dialect(), Selection.of(Visibility.ALL, search));
    return listing
        .page(text, LISTED + text.where(), text.order(), paging)
        .compose(
            page ->
                engine
                    .read(session -> withDevices(session, page.items()))
                    .map(items -> new Page<>(items, page.total())));
  }

  @Override
  public Future<Optional<Experiment>> find(long id) {
    return engine.read(session -> find(session, FIND, id));
  }

  private Future<Optional<Experiment>> find(Session session, String sql, long id) {
    return session
        .list(sql, SqlExperimentRegistry::read, id)
        .compose(found -> withDevices(session, found))
        .map(found -> found.stream().findFirst());
  }

  @Override
  public Future<Experiment> add(Experiment draft) {
    return engine.write(
        draft.owner().value(),
        session ->
            session
                .first(
                    INSERT,
                    SqlExperimentRegistry::read,
                    draft.owner().value(),
                    draft.name(),
                    draft.description(),
                    draft.isTest(),
                    draft.startsAt(),
                    draft.endsAt(),
                    draft.createdAt(),
                    draft.updatedAt())
                .map(Optional::orElseThrow)
                .compose(made -> link(session, made.id(), draft.devices()).map(made))
                .compose(made -> withDevices(session, List.of(made)))
                .map(made -> made.get(0)));
  }

  @Override
  public Future<Experiment> update(long id, UnaryOperator<Experiment> change) {
    return engine.write(
        id,
        session ->
            find(session, findToChange, id)
                .map(found -> found.orElseThrow(Missing.of("experiment", id)))
                .compose(before -> put(session, before, change.apply(before)))
                .compose(put -> find(session, FIND, id))
                .map(Optional::orElseThrow));
  }

  private Future<Void> put(Session session, Experiment before, Experiment changed) {
    Future<Integer> kept =
        session.change(
            UPDATE,
            changed.name(),
            changed.description(),
            changed.isTest(),
            changed.startsAt(),
            changed.endsAt(),
            changed.updatedAt(),
            before.id());
    if (changed.devices().equals(before.devices())) return kept.mapEmpty();
    return kept.compose(done -> session.change(CLEAR, before.id()))
        .compose(cleared -> link(session, before.id(), changed.devices()));
  }

  private Future<Void> link(Session session, long id, List<DeviceId> devices) {
    if (devices.isEmpty()) return Future.succeededFuture();
    return session.change(add, id, Many.ids(devices, DeviceId::value)).mapEmpty();
  }

  @Override
  public Future<Void> remove(long id) {
    return engine.writeAlone(id, session -> session.change(REMOVE, id)).mapEmpty();
  }

  @Override
  public Future<Map<DeviceId, List<Long>>> of(Collection<DeviceId> devices) {
    Many wanted = Many.ids(devices, DeviceId::value);
    return engine
        .read(session -> session.list(experimentsOf, Link::read, wanted))
        .map(
            links -> {
              Map<DeviceId, List<Long>> found = new HashMap<>();
              for (Link link : links)
                found
                    .computeIfAbsent(link.device(), none -> new ArrayList<>())
                    .add(link.experiment());
              found.values().forEach(ids -> ids.sort(Comparator.naturalOrder()));
              return found;
            });
  }

  private Future<List<Experiment>> withDevices(Session session, List<Experiment> experiments) {
    if (experiments.isEmpty()) return Future.succeededFuture(experiments);
    return session
        .list(devicesOf, Link::read, Many.ids(experiments, Experiment::id))
        .map(
            links -> {
              Map<Long, List<DeviceId>> byId = new HashMap<>();
              for (Link link : links)
                byId.computeIfAbsent(link.experiment(), none -> new ArrayList<>())
                    .add(link.device());
              byId.values().forEach(ids -> ids.sort(Comparator.comparing(DeviceId::value)));
              return experiments.stream()
                  .map(each -> with(each, byId.getOrDefault(each.id(), List.of())))
                  .toList();
            });
  }

  private static Experiment with(Experiment experiment, List<DeviceId> devices) {
    return new Experiment(
        experiment.id(),
        experiment.owner(),
        experiment.name(),
        experiment.description(),
        experiment.isTest(),
        experiment.startsAt(),
        experiment.endsAt(),
        devices,
        experiment.createdAt(),
        experiment.updatedAt());
  }

  private static Experiment read(Row row) {
    return new Experiment(
        row.number("id"),
        new UserId(row.number("owner_id")),
        row.text("name"),
        row.optionalText("description"),
        row.flag("is_test"),
        row.optionalTime("starts_at"),
        row.optionalTime("ends_at"),
        List.of(),
        row.time("created_at"),
        row.time("updated_at"));
  }

  private record Link(long experiment, DeviceId device) {
    static Link read(Row row) {
      return new Link(row.number("experiment_id"), new DeviceId(row.number("device_id")));
    }
  }
}
