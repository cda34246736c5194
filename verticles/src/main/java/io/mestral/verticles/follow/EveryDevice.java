package io.mestral.verticles.follow;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Paging;
import io.mestral.storage.Steps;
import io.mestral.storage.Visibility;
import io.mestral.verticles.bus.Home;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows all devices to somebody who keeps them, private ones too: page by page at first, and after
 * that every one that changes is looked up again. Belongs to one event loop.
 *
 * @param <X> what is gathered about devices beside what the registry says
 */
public final class EveryDevice<X> {
  private static final Logger log = LoggerFactory.getLogger(EveryDevice.class);
  private static final int MOST_PASSES = 3;

  private final DeviceRegistry registry;
  private final Home home;
  private final Keeper<X> keeper;
  private final Map<DeviceId, Long> asked = new HashMap<>(); // the newest look-up under way
  private final Set<DeviceId> changedWhileLoading = new HashSet<>();
  private Optional<Future<Void>> loaded = Optional.empty();
  private final List<Waiter> waiters = new ArrayList<>();
  private boolean shrunk;
  private long lookUps;
  private long loads;

  /**
   * Who keeps devices. All but {@link #gather} is called on the event loop.
   *
   * @param <X> what it gathers about them
   */
  public interface Keeper<X> {
    /** Succeeds with what is to be known of some devices. */
    Future<X> gather(List<Device> devices);

    /** All devices follow; those that don't are gone. */
    void begin();

    /** A device as it is. */
    void put(Device device, X gathered);

    /** This device is no more. */
    void remove(DeviceId id);

    /** All devices were shown; what changes from now on follows by itself. */
    void complete();
  }

  /** Somebody who waits for the look-ups up to a number. */
  private record Waiter(long number, Promise<Void> promise) {}

  /** Shows the devices of a registry on an event loop. */
  public EveryDevice(DeviceRegistry registry, Home home, Keeper<X> keeper) {
    this.registry = registry;
    this.home = home;
    this.keeper = keeper;
  }

  /**
   * Succeeds when all devices were shown. They are read when this is first called, and anew when
   * that or a look-up failed.
   */
  public Future<Void> ready() {
    if (loaded.isEmpty() || loaded.get().failed()) load();
    return loaded.orElseThrow();
  }

  /** Succeeds when all changes that were told are looked up, too. */
  public Future<Void> settled() {
    Promise<Void> promise = Promise.promise();
    waiters.add(new Waiter(lookUps, promise));
    release();
    return promise.future().compose(done -> ready());
  }

  private void release() {
    if (waiters.isEmpty()) return;
    long first = asked.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    List<Waiter> ready = waiters.stream().filter(each -> each.number() < first).toList();
    waiters.removeAll(ready);
    ready.forEach(each -> each.promise().complete());
  }

  private void load() {
    long load = ++loads;
    keeper.begin();
    changedWhileLoading.clear();
    loaded = Optional.of(pass(load, 1).compose(all -> end(load)));
  }

  /** Unless all are being read anew already. */
  private Future<Void> end(long load) {
    if (load != loads) return ready();
    changedWhileLoading.clear();
    keeper.complete();
    return Future.succeededFuture();
  }

  /** A device archived meanwhile lets another slip into a page that was read: then once more. */
  private Future<Void> pass(long load, int number) {
    shrunk = false;
    PrimitiveIterator.OfInt numbers = IntStream.iterate(1, page -> page + 1).iterator();
    return Steps.until(() -> page(load, numbers.nextInt()))
        .compose(
            end ->
                shrunk && number < MOST_PASSES
                    ? pass(load, number + 1)
                    : Future.succeededFuture(end));
  }

  /** Succeeds with whether this was the last page. */
  private Future<Boolean> page(long load, int number) {
    return home.back(
            registry
                .list(Visibility.ALL, new Paging(number, Paging.MAX_SIZE))
                .compose(page -> gathered(page.items())))
        .map(
            read -> {
              if (load != loads) return true;
              for (Device device : read.devices())
                if (!changedWhileLoading.contains(device.id())) keeper.put(device, read.gathered());
              return read.devices().size() < Paging.MAX_SIZE;
            });
  }

  /** Devices, and what is known of them. */
  private record Gathered<X>(List<Device> devices, X gathered) {}

  private Future<Gathered<X>> gathered(List<Device> devices) {
    return keeper.gather(devices).map(gathered -> new Gathered<>(devices, gathered));
  }

  /**
   * A device was made, changed or archived. Succeeds when it is looked up, or needn't be any more;
   * fails when it can't be: {@link #ready} reads all anew then.
   */
  public Future<Void> changed(DeviceId id) {
    if (loaded.isEmpty()) return Future.succeededFuture();
    if (!loaded.get().isComplete()) changedWhileLoading.add(id);
    long number = ++lookUps;
    asked.put(id, number);
    return home.back(registry.find(id).compose(found -> gathered(found.stream().toList())))
        .<Void>transform(
            done -> {
              if (!asked.remove(id, number))
                return Future.succeededFuture(); // a newer knows better
              if (done.succeeded()) update(id, done.result());
              else lost(done.cause());
              release();
              return done.succeeded()
                  ? Future.succeededFuture()
                  : Future.failedFuture(done.cause());
            });
  }

  private void lost(Throwable failure) {
    loaded = Optional.empty();
    log.warn("all devices are read anew: {}", failure.toString());
  }

  private void update(DeviceId id, Gathered<X> found) {
    for (Device device : found.devices()) keeper.put(device, found.gathered());
    if (!found.devices().isEmpty()) return;
    shrunk = true;
    keeper.remove(id);
  }
}
