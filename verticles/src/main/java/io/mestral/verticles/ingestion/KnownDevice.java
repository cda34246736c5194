package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Sensor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A device as one ingestion verticle remembers it: which components it has, and the steps that wait
 * for the one under way. Touched on that verticle's context only.
 */
final class KnownDevice {
  /** Far more than connections are read ahead for; a bound all the same. */
  private static final int MOST_WAITING = 100_000;

  private final DeviceId id;
  private final Set<SensorId> sensors = new HashSet<>();
  private final Map<String, SensorId> byKey = new HashMap<>();
  private final Queue<Supplier<Future<?>>> waiting = new ArrayDeque<>();
  private final UserId owner;
  private final Optional<RecentBatches> recentBatches;
  private Instant errorsToldUntil = Instant.MIN;
  private boolean busy;

  /**
   * @param forwarded whether its readings go on to its owner's partner
   */
  KnownDevice(DeviceId id, UserId owner, Collection<Component> components, boolean forwarded) {
    this.id = id;
    this.owner = owner;
    this.recentBatches = forwarded ? Optional.of(new RecentBatches()) : Optional.empty();
    components.forEach(this::remember);
  }

  DeviceId id() {
    return id;
  }

  UserId owner() {
    return owner;
  }

  boolean isForwarded() {
    return recentBatches.isPresent();
  }

  /** Of a device that is forwarded. */
  RecentBatches recentBatches() {
    return recentBatches.orElseThrow();
  }

  /** Whether it is worth asking if its owner should hear of errors; says so once in a while. */
  boolean mayHaveErrorsToTell(Instant now, Duration between) {
    if (now.isBefore(errorsToldUntil)) return false;
    errorsToldUntil = now.plus(between);
    return true;
  }

  /**
   * The sensor that this device has under a key; empty when it has none. A key stands for several
   * sensors of the catalogue, so what the device has comes first (spec 3.8).
   */
  Optional<SensorId> sensorOf(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  private void remember(Component component) {
    sensors.add(component.sensor());
    byKey.put(component.key(), component.sensor());
  }

  /**
   * Runs a step after the device's earlier ones, so that its messages reach the store in the order
   * they came. A failed step doesn't hold up the next.
   */
  <T> Future<T> inOrder(Supplier<Future<T>> step) {
    if (waiting.size() >= MOST_WAITING)
      return Future.failedFuture(
          new RefusedException(Refusal.QUOTA_EXCEEDED, "too many messages of one device"));
    Promise<T> result = Promise.promise();
    waiting.add(
        () -> {
          Future<T> running = step.get();
          running.onComplete(result);
          return running;
        });
    runWaiting();
    return result.future();
  }

  /** A loop, for a kit with a week's backlog queues more steps than a stack has room for. */
  private void runWaiting() {
    while (!busy && !waiting.isEmpty()) {
      busy = true;
      Future<?> running = waiting.remove().get();
      if (running.isComplete()) busy = false;
      else
        running.onComplete(
            done -> {
              busy = false;
              runWaiting();
            });
    }
  }

  /** Succeeds when the device has a component for each of the sensors. */
  Future<Void> ensureComponents(Collection<Sensor> needed, Components components) {
    List<Future<?>> made = new ArrayList<>();
    for (Sensor sensor : needed)
      if (!sensors.contains(sensor.id()))
        made.add(components.make(id, sensor).onSuccess(this::remember));
    return made.isEmpty() ? Future.succeededFuture() : Future.all(made).mapEmpty();
  }
}
