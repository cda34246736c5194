package io.mestral.model.access;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;

/**
 * What the client of one connection may publish. Asked for every message, on the connection's event
 * loop; it may remember its last answers.
 */
@FunctionalInterface
public interface PublishRights {
  /** The answer that is at hand. */
  Future<Boolean> ALLOWED = Future.succeededFuture(true);

  /** The answer that is at hand. */
  Future<Boolean> DENIED = Future.succeededFuture(false);

  /** One of the answers at hand. */
  static Future<Boolean> decided(boolean may) {
    return may ? ALLOWED : DENIED;
  }

  /**
   * Succeeds with whether it may publish to the topic: at once when that is known, for most
   * messages wait for nothing. Fails only when it can't be found out now.
   */
  Future<Boolean> mayPublish(Topic topic);

  /** Whether its messages to the topic may be retained; others go on without that. */
  default boolean mayRetain(Topic topic) {
    return true;
  }

  /** The message as it goes on, once it is known that it may. */
  default Publish allowed(Publish message) {
    return message.retain() && !mayRetain(message.topic()) ? message.notRetained() : message;
  }

  /** Succeeds with the message as it may be published; fails with {@code NOT_AUTHORIZED}. */
  default Future<Publish> permit(Publish message) {
    return mayPublish(message.topic())
        .map(
            may -> {
              if (may) return allowed(message);
              throw new RefusedException(Refusal.NOT_AUTHORIZED, "");
            });
  }
}
