package io.mestral.verticles.auth;

import io.mestral.model.access.AccessPolicy;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;

/** Everybody everything, but nobody publishes for the server: {@code mqtt.access=open}. */
public final class OpenAccess implements AccessPolicy {
  @Override
  public boolean mayPublish(Principal principal, Topic topic) {
    return !topic.isReserved();
  }

  @Override
  public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
    return Future.succeededFuture(true);
  }
}
