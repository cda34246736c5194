package io.mestral.verticles.auth;

import io.mestral.model.access.AccessPolicy;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.platform.DeviceTopic;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.storage.DeviceRegistry;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * The platform's rules ({@code mqtt.access=platform}). Whoever knows a device's token may publish
 * for it: that is all the kits can show. Nobody subscribes anonymously.
 */
public final class PlatformAccess implements AccessPolicy {
  private final DeviceTopics topics;
  private final DeviceRegistry devices;
  private final TokenVault vault;

  /** {@code topics} knows the prefixes that bridges put before {@code device/…}. */
  public PlatformAccess(DeviceTopics topics, DeviceRegistry devices, TokenVault vault) {
    this.topics = topics;
    this.devices = devices;
    this.vault = vault;
  }

  @Override
  public boolean mayPublish(Principal principal, Topic topic) {
    if (topic.isReserved()) return false;
    if (principal.isAdmin()) return true;
    Optional<DeviceTopic> device = topics.parse(topic.value());
    if (device.isEmpty()) return false;
    if (!(principal instanceof Principal.Device self)) return true;
    return device.get().token().filter(self.token()::equals).isPresent();
  }

  @Override
  public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
    if (principal.isAdmin()) return Future.succeededFuture(true);
    Optional<Secret> token = topics.tokenOf(filter.value());
    if (token.isEmpty()) return Future.succeededFuture(false);
    if (principal instanceof Principal.Device self)
      return Future.succeededFuture(self.token().equals(token.get()));
    if (!(principal instanceof Principal.User user)) return Future.succeededFuture(false);
    return devices
        .findByToken(vault.hash(token.get()))
        .map(device -> device.filter(d -> d.owner().equals(user.id())).isPresent());
  }
}
