package io.mestral.broker;

import io.mestral.model.access.AccessPolicy;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;

/** Everybody everything; tests override what they need otherwise. */
public class OpenPolicy implements AccessPolicy {
  @Override
  public boolean mayPublish(Principal principal, Topic topic) {
    return true;
  }

  @Override
  public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
    return Future.succeededFuture(true);
  }
}
