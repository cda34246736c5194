package io.mestral.verticles.http.device;

import io.mestral.model.platform.Device;
import io.mestral.model.platform.Location;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Paging;
import io.mestral.storage.Steps;
import io.mestral.storage.Visibility;
import io.mestral.verticles.geography.Geography;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.vertx.core.Future;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/** Gives devices that were kept before towns were looked up the one they stand in (spec 3.4). */
public final class DeviceTowns {
  private final DeviceRegistry registry;
  private final DeviceChanges changes;
  private final Placement placement;

  /** Changes devices of that registry, and tells of it. */
  public DeviceTowns(DeviceRegistry registry, DeviceChanges changes, Geography world) {
    this.registry = registry;
    this.changes = changes;
    this.placement = new Placement(() -> 0, () -> world);
  }

  /**
   * Goes through all devices once; one that comes or goes meanwhile is given it when it changes.
   */
  public Future<Void> complete() {
    PrimitiveIterator.OfInt numbers = IntStream.iterate(1, page -> page + 1).iterator();
    return Steps.until(() -> page(numbers.nextInt()));
  }

  /** Succeeds with whether this was the last page. */
  private Future<Boolean> page(int number) {
    return registry
        .list(Visibility.ALL, new Paging(number, Paging.MAX_SIZE))
        .compose(
            page ->
                Steps.forEach(page.items(), this::complete)
                    .map(done -> page.items().size() < Paging.MAX_SIZE));
  }

  private Future<?> complete(Device device) {
    if (named(device).location().equals(device.location())) return Future.succeededFuture();
    return registry.update(device.id(), this::named).onSuccess(changes::changed);
  }

  private Device named(Device device) {
    Location place = placement.named(device.location());
    return new Device(
        device.id(),
        device.uuid(),
        device.owner(),
        device.name(),
        device.description(),
        device.token(),
        device.macAddress(),
        place,
        device.hardware(),
        device.policy(),
        device.meta(),
        device.createdAt(),
        device.updatedAt());
  }
}
