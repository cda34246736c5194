package io.mestral.storage;

import io.mestral.model.ComponentId;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The devices and their components. Archived devices are invisible to every method. */
public interface DeviceRegistry {
  /**
   * Adds a device; the id of {@code draft} is ignored and a new one given. Fails with {@link
   * Conflict} ({@code device_token}), and with {@code QUOTA_EXCEEDED} where numbers are given by
   * the node above and none is left. A MAC address is taken from any other device that has it.
   */
  Future<Device> add(Device draft);

  /** The same under the number that the draft has; fails with {@link Conflict} when it's taken. */
  Future<Device> addNumbered(Device draft);

  /** Empty when there is no such device. */
  Future<Optional<Device>> find(DeviceId id);

  /** By what it is called in its IRI. */
  Future<Optional<Device>> findByUuid(UUID uuid);

  /** By the keyed hash of the device token. */
  Future<Optional<Device>> findByToken(String tokenHash);

  /** Those of the devices that exist, in no particular order. */
  Future<List<Device>> findAll(Collection<DeviceId> ids);

  /** By the MAC address, lower-case with colons. */
  Future<Optional<Device>> findByMac(String macAddress);

  /** Those that the viewer may see, by id ascending. */
  default Future<Page<Device>> list(Visibility visibility, Paging paging) {
    return list(Selection.of(visibility), paging);
  }

  /** Those that the viewer may see and asks for, in that order and then by id ascending. */
  Future<Page<Device>> list(Selection selection, Paging paging);

  /** The ids of all devices, private ones too, ascending. */
  Future<List<DeviceId>> ids();

  /** All of one owner, private ones too, by id ascending. */
  default Future<List<Device>> ownedBy(UserId owner) {
    return ownedBy(List.of(owner));
  }

  /** All of these owners, private ones too, by owner and id ascending. */
  Future<List<Device>> ownedBy(Collection<UserId> owners);

  /** The ids of all devices of each owner, private ones too, ascending; every owner is a key. */
  Future<Map<UserId, List<DeviceId>>> idsOwnedBy(Collection<UserId> owners);

  /**
   * Applies {@code change} to the device as it is and keeps what comes of it, in one unit: changes
   * made at the same time follow one another and none is lost. Id, owner, and the last {@code info}
   * message stay as they are. Fails with {@link Conflict} like {@link #add}, and with {@code
   * NOT_AUTHORIZED} when it is the token that changes and the node above has given it.
   *
   * @param change without side effects, as it may be called more than once and on any thread; an
   *     exception it throws fails the future, and nothing is changed
   */
  Future<Device> update(DeviceId id, UnaryOperator<Device> change);

  /** Keeps the last {@code info} message; {@code updatedAt} stays as it is. */
  Future<Void> keepInfo(DeviceId id, String json);

  /** Makes a device invisible at once; its MAC address becomes free. */
  Future<Void> archive(DeviceId id, Instant when);

  /**
   * The component of a sensor on a device, made when there is none yet (spec 1.8, step 4). Its key
   * is {@code defaultKey}, or that with {@code _1}, {@code _2} … when the device has it already.
   */
  Future<Component> component(DeviceId device, SensorId sensor, String defaultKey, Instant now);

  /** Empty when there is no such component, or its device is gone. */
  Future<Optional<Component>> component(ComponentId id);

  /** Those of the devices that the viewer may see, by id ascending. */
  Future<Page<Component>> components(Visibility visibility, Paging paging);

  /** The components of each device, by sensor id; every device is a key. */
  Future<Map<DeviceId, List<Component>>> components(Collection<DeviceId> devices);
}
