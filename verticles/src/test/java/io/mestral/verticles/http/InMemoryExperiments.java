package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Experiment;
import io.mestral.storage.ExperimentRegistry;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.search.Search;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** Experiments in a map. */
public final class InMemoryExperiments implements ExperimentRegistry {
  private final Map<Long, Experiment> experiments = new ConcurrentSkipListMap<>();

  @Override
  public Future<Page<Experiment>> list(Search search, Paging paging) {
    if (!search.isForEverything())
      return Future.failedFuture(new UnsupportedOperationException("no searches in memory"));
    List<Experiment> page =
        experiments.values().stream().skip(paging.offset()).limit(paging.size()).toList();
    return Future.succeededFuture(new Page<>(page, experiments.size()));
  }

  @Override
  public Future<Optional<Experiment>> find(long id) {
    return Future.succeededFuture(Optional.ofNullable(experiments.get(id)));
  }

  @Override
  public Future<Experiment> add(Experiment draft) {
    Experiment made =
        new Experiment(
            experiments.size() + 1,
            draft.owner(),
            draft.name(),
            draft.description(),
            draft.isTest(),
            draft.startsAt(),
            draft.endsAt(),
            draft.devices(),
            draft.createdAt(),
            draft.updatedAt());
    experiments.put(made.id(), made);
    return Future.succeededFuture(made);
  }

  @Override
  public Future<Experiment> update(long id, UnaryOperator<Experiment> change) {
    return Future.succeededFuture(experiments.get(id))
        .map(change::apply)
        .onSuccess(changed -> experiments.put(id, changed));
  }

  @Override
  public Future<Void> remove(long id) {
    experiments.remove(id);
    return Future.succeededFuture();
  }

  @Override
  public Future<Map<DeviceId, List<Long>>> of(Collection<DeviceId> devices) {
    Map<DeviceId, List<Long>> found = new HashMap<>();
    for (DeviceId device : devices) {
      List<Long> ids =
          experiments.values().stream()
              .filter(each -> each.devices().contains(device))
              .map(Experiment::id)
              .toList();
      if (!ids.isEmpty()) found.put(device, ids);
    }
    return Future.succeededFuture(found);
  }
}
