package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.mestral.verticles.follow.EveryDevice;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * All devices of the platform by their UUIDs. Kept on one event loop and looked at from any thread.
 */
final class KeptDevices implements EveryDevice.Keeper<KeptDevices.Beside> {
  private final Metadata metadata;
  private final AtomicReference<Index> shown = new AtomicReference<>(new Index());
  private Index kept = new Index();

  /** What belongs to devices. */
  record Beside(Map<DeviceId, List<Component>> components, Map<UserId, UUID> owners) {}

  KeptDevices(Metadata metadata) {
    this.metadata = metadata;
  }

  /** All devices of one reading. */
  private static final class Index {
    private final Map<UUID, KeptDevice> devices = new ConcurrentHashMap<>();
    private final Map<DeviceId, UUID> uuids = new ConcurrentHashMap<>();

    /** As many as there are sorts of kits, and one object for all devices of a sort. */
    private final Map<List<SensorId>, List<SensorId>> sensors = new HashMap<>();

    private final Map<UserId, Optional<UUID>> owners = new HashMap<>();

    void put(Device device, Beside beside) {
      List<SensorId> own =
          beside.components().getOrDefault(device.id(), List.of()).stream()
              .map(Component::sensor)
              .toList();
      Optional<UUID> owner = Optional.ofNullable(beside.owners().get(device.owner()));
      Optional<UUID> known = owners.get(device.owner());
      if (!owner.equals(known)) owners.put(device.owner(), owner);
      else owner = known;
      uuids.put(device.id(), device.uuid());
      devices.put(
          device.uuid(), KeptDevice.of(device, owner, sensors.computeIfAbsent(own, same -> same)));
    }

    void remove(DeviceId id) {
      UUID uuid = uuids.remove(id);
      if (uuid != null) devices.remove(uuid);
    }
  }

  /** Empty when there is no such device. */
  Optional<KeptDevice> find(UUID uuid) {
    return Optional.ofNullable(shown.get().devices.get(uuid));
  }

  /** What a device is called; empty when there is no such device. */
  Optional<UUID> uuid(DeviceId id) {
    return Optional.ofNullable(shown.get().uuids.get(id));
  }

  /** All there are, as they are when they are come to. */
  Collection<KeptDevice> all() {
    return shown.get().devices.values();
  }

  @Override
  public Future<Beside> gather(List<Device> devices) {
    if (devices.isEmpty()) return Future.succeededFuture(new Beside(Map.of(), Map.of()));
    Future<Map<DeviceId, List<Component>>> components =
        metadata.devices().components(devices.stream().map(Device::id).toList());
    Future<List<User>> owners =
        metadata.users().findAll(devices.stream().map(Device::owner).collect(Collectors.toSet()));
    return Future.all(components, owners)
        .map(
            both ->
                new Beside(
                    components.result(),
                    owners.result().stream().collect(Collectors.toMap(User::id, User::uuid))));
  }

  /** Until all are read anew those that were known are shown. */
  @Override
  public void begin() {
    kept = new Index();
  }

  @Override
  public void put(Device device, Beside beside) {
    kept.put(device, beside);
  }

  @Override
  public void remove(DeviceId id) {
    kept.remove(id);
  }

  @Override
  public void complete() {
    shown.set(kept);
  }
}
