package io.mestral.verticles.ingestion;

import io.mestral.model.platform.Component;
import io.mestral.model.platform.DeviceId;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.SensorId;
import io.mestral.storage.DeviceRegistry;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A device as one ingestion verticle remembers it: which components it has, and the step that its
 * next message must wait for. Touched on that verticle's context only.
 */
final class KnownDevice {
  private final DeviceId id;
  private final Set<SensorId> components = new HashSet<>();
  private Future<?> lastStep = Future.succeededFuture();

  KnownDevice(DeviceId id, Collection<Component> components) {
    this.id = id;
    for (Component component : components) this.components.add(component.sensor());
  }

  DeviceId id() {
    return id;
  }

  /**
   * Runs a step after the device's earlier ones, so that its messages reach the store in the order
   * they came. A failed step doesn't hold up the next.
   */
  <T> Future<T> inOrder(Supplier<Future<T>> step) {
    Future<T> mine = lastStep.isComplete() ? step.get() : lastStep.transform(earlier -> step.get());
    lastStep = mine;
    return mine;
  }

  /** Succeeds when the device has a component for each of the sensors. */
  Future<Void> ensureComponents(Collection<Sensor> sensors, DeviceRegistry registry, Clock clock) {
    List<Future<?>> made = new ArrayList<>();
    for (Sensor sensor : sensors)
      if (!components.contains(sensor.id()))
        made.add(
            registry
                .component(id, sensor.id(), sensor.defaultKey(), clock.instant())
                .onSuccess(component -> components.add(component.sensor())));
    return made.isEmpty() ? Future.succeededFuture() : Future.all(made).mapEmpty();
  }
}
