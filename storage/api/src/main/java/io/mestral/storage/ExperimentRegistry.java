package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Experiment;
import io.mestral.storage.search.Search;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The experiments. Archived devices are in none, and those of archived users are invisible. */
public interface ExperimentRegistry {
  /** By id ascending. */
  default Future<Page<Experiment>> list(Paging paging) {
    return list(Search.EVERYTHING, paging);
  }

  /** Those that are asked for, in that order and then by id ascending. */
  Future<Page<Experiment>> list(Search search, Paging paging);

  /** Empty when there is no such experiment. */
  Future<Optional<Experiment>> find(long id);

  /** Adds an experiment; the id of {@code draft} is ignored and a new one given. */
  Future<Experiment> add(Experiment draft);

  /**
   * Applies {@code change} to the experiment as it is and keeps what comes of it, in one unit; id
   * and owner stay.
   *
   * @param change without side effects, as it may be called more than once and on any thread; an
   *     exception it throws fails the future, and nothing is changed
   */
  Future<Experiment> update(long id, UnaryOperator<Experiment> change);

  /** Removes an experiment; its devices stay as they are. */
  Future<Void> remove(long id);

  /** The ids of the experiments each device is in, ascending; a device in none is no key. */
  Future<Map<DeviceId, List<Long>>> of(Collection<DeviceId> devices);
}
