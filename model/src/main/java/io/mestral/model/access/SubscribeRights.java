package io.mestral.model.access;

import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;

/** What one principal may subscribe to, for as long as it takes to look at several filters. */
@FunctionalInterface
public interface SubscribeRights {
  /**
   * Succeeds with whether the filter may be subscribed to. Fails only when that can't be found out
   * now.
   */
  Future<Boolean> maySubscribe(TopicFilter filter);
}
