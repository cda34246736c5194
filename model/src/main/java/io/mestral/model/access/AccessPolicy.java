package io.mestral.model.access;

import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;

/** Who may publish and subscribe where. */
public interface AccessPolicy {
  /**
   * Whether the principal may publish to the topic. Decided at once, on the message path, from what
   * principal and topic say; it never tells whether a token in a topic exists.
   */
  boolean mayPublish(Principal principal, Topic topic);

  /**
   * Succeeds with whether the principal may subscribe to the filter; may look things up. Fails only
   * when that can't be found out now.
   */
  Future<Boolean> maySubscribe(Principal principal, TopicFilter filter);
}
