package io.mestral.verticles.http.device;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds the device a path names, for those who may see or change it. */
public final class DeviceLookup {
  private final DeviceRegistry registry;

  /** Looks in that registry. */
  public DeviceLookup(DeviceRegistry registry) {
    this.registry = registry;
  }

  /** Succeeds with a device the viewer may see; fails with a 404 or 403. */
  public Future<Device> visible(Exchange exchange) {
    return find(exchange)
        .map(
            device -> {
              if (!exchange.viewer().maySee(device)) throw Problem.forbidden();
              return device;
            });
  }

  /** Succeeds with a device the viewer may change; fails with a 404 or 403. */
  public Future<Device> managed(Exchange exchange) {
    return find(exchange)
        .map(
            device -> {
              exchange.deed().about("device " + device.id(), device.owner());
              exchange.viewer().mustManage(device.owner());
              return device;
            });
  }

  private Future<Device> find(Exchange exchange) {
    String given = exchange.path("id");
    return RecordId.parse(given)
        .map(id -> registry.find(new DeviceId(id)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .map(found -> found.orElseThrow(() -> Problem.recordNotFound("Device", "id", given)));
  }
}
