package io.mestral.verticles.http;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Postprocessing;
import io.mestral.storage.PostprocessingRegistry;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Records of postprocessing in a map. */
public final class InMemoryPostprocessings implements PostprocessingRegistry {
  private final Map<DeviceId, Postprocessing> records = new ConcurrentHashMap<>();

  @Override
  public Future<Map<DeviceId, Postprocessing>> of(Collection<DeviceId> devices) {
    return Future.succeededFuture(
        devices.stream()
            .filter(records::containsKey)
            .collect(Collectors.toMap(device -> device, records::get)));
  }

  @Override
  public Future<Postprocessing> put(
      DeviceId device, Function<Optional<Postprocessing>, Postprocessing> change) {
    Optional<Postprocessing> before = Optional.ofNullable(records.get(device));
    return Future.succeededFuture(before)
        .map(change)
        .map(wanted -> withId(wanted, before.map(Postprocessing::id).orElse(records.size() + 1L)))
        .onSuccess(kept -> records.put(device, kept));
  }

  private static Postprocessing withId(Postprocessing wanted, long id) {
    return new Postprocessing(
        id,
        wanted.device(),
        wanted.blueprintUrl(),
        wanted.hardwareUrl(),
        wanted.forwardingParams(),
        wanted.meta(),
        wanted.latest(),
        wanted.createdAt(),
        wanted.updatedAt());
  }
}
