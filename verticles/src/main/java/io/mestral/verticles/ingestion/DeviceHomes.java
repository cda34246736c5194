package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.DeviceRegistry;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which ingestion verticle a device belongs to: the one that its token leads to, so that what is
 * posted for it and what it publishes stay in order. Any thread may ask.
 */
public final class DeviceHomes {
  private static final int REMEMBERED = 10_000;

  private final DeviceRegistry registry;
  private final Function<SealedToken, Optional<Secret>> open;
  private final Map<DeviceId, Future<Integer>> known = new ConcurrentHashMap<>();

  /**
   * @param open unseals a token
   */
  public DeviceHomes(DeviceRegistry registry, Function<SealedToken, Optional<Secret>> open) {
    this.registry = registry;
    this.open = open;
  }

  static int of(Secret token) {
    return token.hashCode();
  }

  Future<Integer> of(DeviceId id) {
    Future<Integer> found = known.get(id);
    if (found != null) return found;
    if (known.size() >= REMEMBERED) known.clear();
    Future<Integer> asked = registry.find(id).map(device -> home(id, device));
    known.put(id, asked);
    return asked.onFailure(failure -> known.remove(id, asked));
  }

  void forget(DeviceId id) {
    known.remove(id);
  }

  /** One without a token can't publish: any home will do, as long as it stays the same. */
  private int home(DeviceId id, Optional<Device> device) {
    return device.flatMap(Device::token).flatMap(open).map(DeviceHomes::of).orElseGet(id::hashCode);
  }
}
