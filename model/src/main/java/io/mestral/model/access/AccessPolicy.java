package io.mestral.model.access;

import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;

/** Who may publish and subscribe where. */
public interface AccessPolicy {
  /**
   * Whether the principal may publish to the topic as far as that can be said at once, from what
   * principal and topic say. It never tells whether a token in a topic exists. What depends on more
   * than that is denied here and decided by {@link #rightsOf}.
   */
  boolean mayPublish(Principal principal, Topic topic);

  /** What a connection of this principal may publish, message by message. */
  default PublishRights rightsOf(Principal principal) {
    return topic -> PublishRights.decided(mayPublish(principal, topic));
  }

  /**
   * Succeeds with whether the principal may subscribe to the filter; may look things up. Fails only
   * when that can't be found out now.
   */
  Future<Boolean> maySubscribe(Principal principal, TopicFilter filter);

  /** What the principal may subscribe to now, for many filters: nothing is looked up twice. */
  default SubscribeRights subscriptionsOf(Principal principal) {
    return filter -> maySubscribe(principal, filter);
  }
}
