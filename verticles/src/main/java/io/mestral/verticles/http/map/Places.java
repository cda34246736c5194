package io.mestral.verticles.http.map;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Tag;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.DeviceTags;
import io.mestral.verticles.bus.Home;
import io.mestral.verticles.follow.EveryDevice;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All devices that are on a map, private ones too. Read page by page when first asked for; after
 * that every device that changes is looked up again. Belongs to one event loop.
 */
final class Places {
  private final DeviceTags tags;
  private final EveryDevice<Map<DeviceId, List<Tag>>> devices;
  private final Map<Long, Place> known = new TreeMap<>();
  private Optional<Snapshot> snapshot = Optional.empty();

  Places(DeviceRegistry registry, DeviceTags tags, Home home) {
    this.tags = tags;
    this.devices = new EveryDevice<>(registry, home, new Keeping());
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

  /** Succeeds with the places as they are. */
  Future<Snapshot> now() {
    return devices.ready().map(ready -> snapshot());
  }

  /** The same when all changes that were told are looked up. */
  Future<Snapshot> settled() {
    return devices.settled().map(ready -> snapshot());
  }

  private Snapshot snapshot() {
    if (snapshot.isEmpty()) snapshot = Optional.of(Snapshot.of(known.values()));
    return snapshot.get();
  }

  /** A device was made, changed or archived. */
  void changed(DeviceId id) {
    devices.changed(id); // that failed is seen when somebody asks
  }

  /** Keeps those that are on a map, with the names of their tags. */
  private final class Keeping implements EveryDevice.Keeper<Map<DeviceId, List<Tag>>> {
    @Override
    public Future<Map<DeviceId, List<Tag>>> gather(List<Device> devices) {
      return tags.of(devices.stream().map(Device::id).toList());
    }

    @Override
    public void begin() {
      known.clear();
      snapshot = Optional.empty();
    }

    @Override
    public void put(Device device, Map<DeviceId, List<Tag>> marks) {
      List<String> names =
          marks.getOrDefault(device.id(), List.of()).stream().map(Tag::name).toList();
      Optional<Place> place = Place.of(device, names);
      Optional<Place> before = Optional.ofNullable(known.get(device.id().value()));
      if (place.equals(before)) return;
      if (place.isPresent()) known.put(device.id().value(), place.get());
      else known.remove(device.id().value());
      snapshot = Optional.empty();
    }

    @Override
    public void remove(DeviceId id) {
      if (known.remove(id.value()) != null) snapshot = Optional.empty();
    }

    @Override
    public void complete() {
      // what was put is what there is
    }
  }
}
