package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Postprocessing;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is kept of devices' postprocessing: at most one record for each. */
public interface PostprocessingRegistry {
  /** A device without one is no key. */
  Future<Map<DeviceId, Postprocessing>> of(Collection<DeviceId> devices);

  /**
   * Keeps what {@code change} makes of the device's record, or of there being none, in one unit;
   * the id is given here.
   *
   * @param change without side effects, as it may be called more than once and on any thread; an
   *     exception it throws fails the future, and nothing is changed
   */
  Future<Postprocessing> put(
      DeviceId device, Function<Optional<Postprocessing>, Postprocessing> change);
}
