package io.mestral.verticles.http.map;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Steps;
import io.mestral.storage.Visibility;
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
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All devices that are on a map, private ones too. Read page by page when first asked for; after
 * that every device that changes is looked up again. Belongs to one event loop.
 */
final class Places {
  private static final Logger log = LoggerFactory.getLogger(Places.class);
  private static final int MOST_PASSES = 3;

  private final DeviceRegistry registry;
  private final Home home;
  private final Map<Long, Place> known = new TreeMap<>();
  private final Map<DeviceId, Long> asked = new HashMap<>(); // the newest look-up under way
  private final Set<DeviceId> changedWhileLoading = new HashSet<>();
  private Optional<Future<Void>> loaded = Optional.empty();
  private Optional<Snapshot> snapshot = Optional.empty();
  private final List<Waiter> waiters = new ArrayList<>();
  private boolean shrunk;
  private long lookUps;

  Places(DeviceRegistry registry, Home home) {
    this.registry = registry;
    this.home = home;
  }

  /**
   * All places at one moment, by id ascending.
   *
   * @param ids the same devices, in the same order
   */
  record Snapshot(List<Place> places, List<DeviceId> ids) {
    static Snapshot of(Iterable<Place> all) {
      List<Place> places = new ArrayList<>();
      List<DeviceId> ids = new ArrayList<>();
      for (Place place : all) {
        places.add(place);
        ids.add(place.id());
      }
      return new Snapshot(places, ids);
    }
  }

  /** Somebody who waits for the look-ups up to a number. */
  private record Waiter(long number, Promise<Void> promise) {}

  /** Succeeds with the places as they are. */
  Future<Snapshot> now() {
    if (loaded.isEmpty() || loaded.get().failed()) load();
    return loaded.orElseThrow().map(ready -> snapshot());
  }

  /** The same when all changes that were told are looked up. */
  Future<Snapshot> settled() {
    Promise<Void> promise = Promise.promise();
    waiters.add(new Waiter(lookUps, promise));
    release();
    return promise.future().compose(done -> now());
  }

  private void release() {
    if (waiters.isEmpty()) return;
    long first = asked.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    List<Waiter> ready = waiters.stream().filter(each -> each.number() < first).toList();
    waiters.removeAll(ready);
    ready.forEach(each -> each.promise().complete());
  }

  private Snapshot snapshot() {
    if (snapshot.isEmpty()) snapshot = Optional.of(Snapshot.of(known.values()));
    return snapshot.get();
  }

  private void load() {
    known.clear();
    changedWhileLoading.clear();
    loaded = Optional.of(pass(1).onSuccess(all -> changedWhileLoading.clear()));
  }

  /** A device archived meanwhile lets another slip into a page that was read: then once more. */
  private Future<Void> pass(int number) {
    shrunk = false;
    PrimitiveIterator.OfInt numbers = IntStream.iterate(1, page -> page + 1).iterator();
    return Steps.until(() -> page(numbers.nextInt()))
        .compose(
            end -> shrunk && number < MOST_PASSES ? pass(number + 1) : Future.succeededFuture(end));
  }

  /** Succeeds with whether this was the last page. */
  private Future<Boolean> page(int number) {
    return home.back(registry.list(Visibility.ALL, new Paging(number, Paging.MAX_SIZE)))
        .map(
            page -> {
              page.items().forEach(this::putUnlessChanged);
              return isLast(page);
            });
  }

  private static boolean isLast(Page<Device> page) {
    return page.items().size() < Paging.MAX_SIZE;
  }

  private void putUnlessChanged(Device device) {
    if (!changedWhileLoading.contains(device.id())) put(device);
  }

  private void put(Device device) {
    Optional<Place> place = Place.of(device);
    Optional<Place> before = Optional.ofNullable(known.get(device.id().value()));
    if (place.equals(before)) return;
    if (place.isPresent()) known.put(device.id().value(), place.get());
    else known.remove(device.id().value());
    snapshot = Optional.empty();
  }

  /** A device was made, changed or archived. */
  void changed(DeviceId id) {
    if (loaded.isEmpty()) return;
    if (!loaded.get().isComplete()) changedWhileLoading.add(id);
    long number = ++lookUps;
    asked.put(id, number);
    home.back(registry.find(id))
        .onSuccess(
            device -> {
              if (!asked.remove(id, number)) return; // a newer one knows better
              update(id, device);
              release();
            })
        .onFailure(
            failure -> {
              if (!asked.remove(id, number)) return;
              loaded = Optional.empty();
              log.warn("the map's devices are read anew: {}", failure.toString());
              release();
            });
  }

  private void update(DeviceId id, Optional<Device> device) {
    if (device.isPresent()) {
      put(device.get());
      return;
    }
    shrunk = true;
    if (known.remove(id.value()) != null) snapshot = Optional.empty();
  }
}
