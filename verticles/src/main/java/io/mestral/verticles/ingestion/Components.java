package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.DeviceRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * Makes the components of devices, which come into being by publishing.
 *
 * @param made hears of devices that have a component more
 */
record Components(DeviceRegistry registry, Consumer<DeviceId> made, Clock clock) {
  /** Succeeds with the component of a sensor that the device isn't known to have. */
  Future<Component> make(DeviceId device, Sensor sensor) {
    return registry
        .component(device, sensor.id(), sensor.defaultKey(), clock.instant())
        .onSuccess(component -> made.accept(device));
  }
}
