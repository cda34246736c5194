package io.mestral.verticles.http;

import io.mestral.model.ComponentId;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Hardware;
import io.mestral.storage.Conflict;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.Selection;
import io.mestral.storage.Visibility;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Devices in a map; counts the questions, so that a test can see how many a list takes. */
public final class InMemoryDevices implements DeviceRegistry {
  public final AtomicInteger questions = new AtomicInteger();
  private final Map<Long, Device> devices = new ConcurrentSkipListMap<>();
  private final List<Component> components = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final AtomicBoolean losesAnswer = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  @Override
  public Future<Device> add(Device draft) {
    Device device = copy(draft, new DeviceId(ids.incrementAndGet()), draft.macAddress());
    return answered(store(device));
  }

  @Override
  public Future<Optional<Device>> find(DeviceId id) {
    return found(Optional.ofNullable(devices.get(id.value())));
  }

  @Override
  public Future<Optional<Device>> findByToken(String tokenHash) {
    return found(
        devices.values().stream()
            .filter(d -> d.token().filter(t -> t.hash().equals(tokenHash)).isPresent())
            .findFirst());
  }

  @Override
  public Future<Page<Device>> list(Selection selection, Paging paging) {
    if (!selection.isEverything())
      return Future.failedFuture(new UnsupportedOperationException("no searches in memory"));
    return found(page(devices.values().stream().filter(seen(selection.viewer())).toList(), paging));
  }

  private static Predicate<Device> seen(Visibility viewer) {
    return device ->
        viewer.all()
            || !device.policy().isPrivate()
            || viewer.owner().filter(device.owner()::equals).isPresent();
  }

  static <T> Page<T> page(List<T> all, Paging paging) {
    return new Page<>(all.stream().skip(paging.offset()).limit(paging.size()).toList(), all.size());
  }

  @Override
  public Future<List<DeviceId>> ids() {
    return found(devices.values().stream().map(Device::id).toList());
  }

  @Override
  public Future<List<Device>> ownedBy(Collection<UserId> owners) {
    return found(devices.values().stream().filter(d -> owners.contains(d.owner())).toList());
  }

  @Override
  public Future<Map<UserId, List<DeviceId>>> idsOwnedBy(Collection<UserId> owners) {
    Map<UserId, List<DeviceId>> ids = new HashMap<>();
    for (UserId owner : owners)
      ids.put(
          owner,
          devices.values().stream().filter(d -> d.owner().equals(owner)).map(Device::id).toList());
    return found(ids);
  }

  @Override
  public Future<Device> update(DeviceId id, UnaryOperator<Device> change) {
    meanwhile.getAndSet(() -> {}).run();
    lock.lock();
    try {
      return answered(store(change.apply(devices.get(id.value()))));
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    } finally {
      lock.unlock();
    }
  }

  /** The next change is kept, and who asked for it is told that the store is away. */
  void loseNextAnswer() {
    losesAnswer.set(true);
  }

  private <T> Future<T> answered(Future<T> kept) {
    return losesAnswer.getAndSet(false)
        ? Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "the store is away"))
        : kept;
  }

  /** Lets something happen between what the next update was asked for and its turn. */
  void beforeNextUpdate(Runnable happening) {
    meanwhile.set(happening);
  }

  @Override
  public Future<Void> keepInfo(DeviceId id, String json) {
    Device d = devices.get(id.value());
    Hardware h = d.hardware();
    Hardware told =
        new Hardware(
            Optional.of(json),
            h.nameOverride(),
            h.versionOverride(),
            h.typeOverride(),
            h.slugOverride());
    devices.put(
        id.value(),
        new Device(
            d.id(),
            d.uuid(),
            d.owner(),
            d.name(),
            d.description(),
            d.token(),
            d.macAddress(),
            d.location(),
            told,
            d.policy(),
            d.meta(),
            d.createdAt(),
            d.updatedAt()));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> archive(DeviceId id, Instant when) {
    devices.remove(id.value());
    return answered(Future.succeededFuture());
  }

  @Override
  public Future<Component> component(
      DeviceId device, SensorId sensor, String defaultKey, Instant now) {
    return found(
        components.stream()
            .filter(c -> c.device().equals(device) && c.sensor().equals(sensor))
            .findFirst()
            .orElseGet(() -> newComponent(device, sensor, defaultKey, now)));
  }

  @Override
  public Future<Optional<Component>> component(ComponentId id) {
    return found(
        components.stream()
            .filter(c -> c.id().equals(id) && devices.containsKey(c.device().value()))
            .findFirst());
  }

  @Override
  public Future<Page<Component>> components(Visibility viewer, Paging paging) {
    return found(
        page(
            components.stream()
                .filter(
                    c ->
                        Optional.ofNullable(devices.get(c.device().value()))
                            .filter(seen(viewer))
                            .isPresent())
                .toList(),
            paging));
  }

  @Override
  public Future<Map<DeviceId, List<Component>>> components(Collection<DeviceId> ids) {
    Map<DeviceId, List<Component>> of = new HashMap<>();
    for (DeviceId id : ids)
      of.put(
          id,
          components.stream()
              .filter(c -> c.device().equals(id))
              .sorted(Comparator.comparing((Component c) -> c.sensor().value()))
              .toList());
    return found(of);
  }

  private Component newComponent(DeviceId device, SensorId sensor, String key, Instant now) {
    String unique = key;
    Function<String, Boolean> taken =
        name ->
            components.stream().anyMatch(c -> c.device().equals(device) && c.key().equals(name));
    for (int i = 1; taken.apply(unique); i++) unique = key + "_" + i;
    ComponentId id = new ComponentId(9000 + components.size() + 1L);
    Component made = new Component(id, UUID.randomUUID(), device, sensor, unique, now, now);
    components.add(made);
    return made;
  }

  private Future<Device> store(Device device) {
    for (Device other : devices.values()) {
      if (other.id().equals(device.id())) continue;
      if (device.token().isPresent()
          && device.token().map(t -> t.hash()).equals(other.token().map(t -> t.hash())))
        return Future.failedFuture(new Conflict("device_token"));
      if (device.macAddress().isPresent() && device.macAddress().equals(other.macAddress()))
        devices.put(other.id().value(), copy(other, other.id(), Optional.empty()));
    }
    devices.put(device.id().value(), device);
    return Future.succeededFuture(device);
  }

  private <T> Future<T> found(T answer) {
    questions.incrementAndGet();
    return Future.succeededFuture(answer);
  }

  private static Device copy(Device d, DeviceId id, Optional<String> mac) {
    return new Device(
        id,
        d.uuid(),
        d.owner(),
        d.name(),
        d.description(),
        d.token(),
        mac,
        d.location(),
        d.hardware(),
        d.policy(),
        d.meta(),
        d.createdAt(),
        d.updatedAt());
  }
}
