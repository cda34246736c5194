package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which token is whose, so that no message waits for a look-up twice. Forgets a device at
 * once when it changes. Belongs to one ingestion verticle.
 */
final class DeviceDirectory {
  /** Devices, some hundred bytes each; the least recently heard ones go first. */
  private static final int REMEMBERED = 100_000;

  /** Strangers have a small memory of their own, so that they can't push devices out. */
  private static final int STRANGERS = 2_000;

  /** No device has a longer token. */
  private static final int LONGEST_TOKEN = 128;

  private static final Logger log = LoggerFactory.getLogger(DeviceDirectory.class);

  private final DeviceRegistry registry;
  private final Function<Secret, String> tokenHash;
  private final Map<Secret, Future<Optional<KnownDevice>>> byToken = atMost(REMEMBERED);
  private final Map<DeviceId, Future<Optional<KnownDevice>>> byId = atMost(REMEMBERED);
  private final Map<Secret, Boolean> strangers = atMost(STRANGERS);

  DeviceDirectory(DeviceRegistry registry, Function<Secret, String> tokenHash) {
    this.registry = registry;
    this.tokenHash = tokenHash;
  }

  /** Empty when nobody has this token. */
  Future<Optional<KnownDevice>> byToken(Secret token) {
    Future<Optional<KnownDevice>> known = byToken.get(token);
    if (known != null) return known;
    if (token.reveal().length() > LONGEST_TOKEN || strangers.containsKey(token)) return nobody();
    Future<Optional<KnownDevice>> asked =
        registry.findByToken(tokenHash.apply(token)).compose(this::known);
    byToken.put(token, asked);
    return asked
        .onFailure(failure -> byToken.remove(token, asked))
        .onSuccess(found -> rememberStranger(token, asked));
  }

  /** Unless it was forgotten while it was asked for: then a device may have got it meanwhile. */
  private void rememberStranger(Secret token, Future<Optional<KnownDevice>> asked) {
    if (asked.result().isPresent() || !byToken.remove(token, asked)) return;
    if (strangers.put(token, true) == null && strangers.size() < STRANGERS)
      log.info("messages for token {}, which no device has", token);
  }

  /** Empty when there is no such device. */
  Future<Optional<KnownDevice>> byId(DeviceId id) {
    Future<Optional<KnownDevice>> known = byId.get(id);
    if (known != null) return known;
    Future<Optional<KnownDevice>> asked =
        registry.find(id).compose(device -> device.isPresent() ? load(id) : nobody());
    byId.put(id, asked);
    return asked.onFailure(failure -> byId.remove(id, asked));
  }

  /** Forgets the device, and every token nobody had: this may be the one it has now. */
  void forget(DeviceId id) {
    byId.remove(id);
    strangers.clear();
    byToken
        .values()
        .removeIf(
            found ->
                !found.succeeded()
                    || found.result().isEmpty()
                    || found.result().get().id().equals(id));
  }

  /** The same object for a token and for an id, since it keeps the device's order. */
  private Future<Optional<KnownDevice>> known(Optional<Device> device) {
    return device.isPresent() ? byId(device.get().id()) : nobody();
  }

  private Future<Optional<KnownDevice>> load(DeviceId id) {
    return registry
        .components(List.of(id))
        .map(
            components -> Optional.of(new KnownDevice(id, components.getOrDefault(id, List.of()))));
  }

  private static Future<Optional<KnownDevice>> nobody() {
    return Future.succeededFuture(Optional.empty());
  }

  private static <K, V> Map<K, V> atMost(int entries) {
    return new LinkedHashMap<>(1024, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > entries;
      }
    };
  }
}
