package io.mestral.verticles.auth;

import io.mestral.model.access.AccessPolicy;
import io.mestral.model.access.Principal;
import io.mestral.model.access.PublishRights;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.model.access.SubscribeRights;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.platform.DeviceTopic;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.model.platform.EntityTopic;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The platform's rules ({@code mqtt.access=platform}). Whoever shows nothing may publish for any
 * device whose token they know: that is all the kits can do. Whoever says who they are is held to
 * their own devices. Nobody subscribes anonymously.
 */
public final class PlatformAccess implements AccessPolicy {
  private final DeviceTopics topics;
  private final DeviceTokens devices;
  private final EntityTopicRights entities;
  private final AtomicLong changes = new AtomicLong();

  /**
   * {@code topics} knows the prefixes that bridges put before {@code device/…}.
   *
   * @param entities has the rules of the Smart API's topics
   */
  public PlatformAccess(DeviceTopics topics, DeviceTokens devices, EntityTopicRights entities) {
    this.topics = topics;
    this.devices = devices;
    this.entities = entities;
  }

  /** A device changed: whatever was decided about devices is to be decided again. */
  public void deviceChanged() {
    changes.incrementAndGet();
  }

  /** Of a user's topics only those without a token; whose device it is has to be looked up. */
  @Override
  public boolean mayPublish(Principal principal, Topic topic) {
    Optional<EdgeTopic> edge = EdgeTopic.parse(topic.value());
    if (edge.isPresent()) return speaksFor(principal, edge.get());
    if (topic.isReserved()) return false;
    if (principal.isAdmin()) return true;
    if (principal instanceof Principal.Partner
        || principal instanceof Principal.Gateway
        || !carries(principal, Scope.READINGS_WRITE)) return false;
    Optional<DeviceTopic> device = topics.parse(topic.value());
    if (device.isEmpty()) return false;
    Optional<Secret> token = device.get().token();
    if (principal instanceof Principal.Device self)
      return token.filter(self.token()::equals).isPresent();
    return principal instanceof Principal.Anonymous || token.isEmpty();
  }

  /** An edge is a gateway, and says for itself what goes up. */
  private static boolean speaksFor(Principal principal, EdgeTopic topic) {
    return topic.direction() == Direction.UP
        && principal instanceof Principal.Gateway gateway
        && gateway.called().equals(topic.edge());
  }

  @Override
  public PublishRights rightsOf(Principal principal) {
    return new RememberedRights(
        topic -> decide(principal, topic), changes::get, topic -> mayRetain(principal, topic));
  }

  /**
   * Strangers could make up a topic for each message, and each would stay. A request that stays is
   * asked again and again.
   */
  private static boolean mayRetain(Principal principal, Topic topic) {
    if (principal instanceof Principal.Anonymous) return false;
    return principal.isAdmin()
        || EntityTopic.parse(topic.value())
            .map(entity -> entity.kind() == EntityTopic.Kind.STATE)
            .orElse(true);
  }

  /** An unknown token and another's device are one answer. */
  private Future<Boolean> decide(Principal principal, Topic topic) {
    Optional<EntityTopic> entity = EntityTopic.parse(topic.value());
    if (entity.isPresent() && !principal.isAdmin())
      return entities.mayPublish(principal, entity.get());
    if (mayPublish(principal, topic)) return PublishRights.ALLOWED;
    if (topic.isReserved()
        || !(principal instanceof Principal.User user)
        || !carries(user, Scope.READINGS_WRITE)) return PublishRights.DENIED;
    Optional<Secret> token = topics.parse(topic.value()).flatMap(DeviceTopic::token);
    return token.isPresent() ? owns(user, token.get()) : PublishRights.DENIED;
  }

  @Override
  public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
    return subscriptionsOf(principal).maySubscribe(filter);
  }

  @Override
  public SubscribeRights subscriptionsOf(Principal principal) {
    Map<Secret, Future<Boolean>> asked = new ConcurrentHashMap<>(2);
    EntityTopicRights.Subscriber subscriber = entities.subscriber(principal);
    return filter ->
        EdgeTopic.isMeantBy(filter.value())
            ? Future.succeededFuture(isToldTo(principal, filter))
            : principal.isAdmin()
                ? Future.succeededFuture(true)
                : EntityTopic.parse(filter.value())
                    .map(subscriber::may)
                    .orElseGet(() -> decide(principal, filter, asked));
  }

  /** What nodes tell each other isn't for anybody else, whatever they may do otherwise. */
  private static boolean isToldTo(Principal principal, TopicFilter filter) {
    return principal instanceof Principal.Gateway gateway
        && EdgeTopic.parse(filter.value())
            .filter(topic -> topic.direction() == Direction.DOWN)
            .filter(topic -> topic.edge().equals(gateway.called()))
            .isPresent();
  }

  private Future<Boolean> decide(
      Principal principal, TopicFilter filter, Map<Secret, Future<Boolean>> asked) {
    if (principal instanceof Principal.Partner partner)
      return Future.succeededFuture(ForwardTopics.isBelow(filter.value(), partner.token()));
    Optional<Secret> token = topics.tokenOf(filter.value());
    if (token.isEmpty()) return Future.succeededFuture(false);
    if (principal instanceof Principal.Device self)
      return Future.succeededFuture(self.token().equals(token.get()));
    if (!(principal instanceof Principal.User user) || !carries(user, Scope.READINGS_READ))
      return Future.succeededFuture(false);
    return asked.computeIfAbsent(token.get(), one -> owns(user, one));
  }

  /** Whoever acts for a user may do no more than the user let them. */
  private static boolean carries(Principal principal, Scope scope) {
    return !(principal instanceof Principal.User user) || user.authority().allows(scope);
  }

  private Future<Boolean> owns(Principal.User user, Secret token) {
    return devices
        .find(token)
        .map(found -> found.filter(known -> known.device().owner().equals(user.id())).isPresent());
  }
}
