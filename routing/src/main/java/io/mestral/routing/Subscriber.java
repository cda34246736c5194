package io.mestral.routing;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;

/** Anything that takes messages: a session, the ingestor, a partner, another node. */
public interface Subscriber {
  /**
   * Takes one message. Succeeds with {@code Delivered} once it is kept as well as this receiver
   * keeps: one that holds nothing on disk answers at once, so it delays no acknowledgement. {@code
   * Refused} says that it did not take it; the future fails only for what nobody foresaw.
   *
   * @param subscription the one that matched (several of one subscriber are merged); the message is
   *     already capped to its quality of service
   */
  Future<Delivery> deliver(Publish publish, Subscription subscription);

  /**
   * The same for who needs to know where the message comes from.
   *
   * @param origin what the router was told
   */
  default Future<Delivery> deliver(Publish publish, Subscription subscription, Origin origin) {
    return deliver(publish, subscription);
  }

  /**
   * Whether QoS 1 and 2 messages go to the router's {@link Keeper} for it rather than to {@link
   * #deliver}, because it may be away.
   */
  default boolean isKept() {
    return false;
  }

  /** The name of whom it speaks for; empty for what belongs to the node itself. */
  default String principal() {
    return "";
  }

  /** Whether somebody who speaks for this principal is here now. */
  default boolean isPresent(String principal) {
    return principal().equals(principal) && isPresent();
  }

  /** Whether it is here now; among members of a shared subscription such a one comes first. */
  default boolean isPresent() {
    return true;
  }

  /**
   * How much waits for it, in bytes; among members of a shared subscription one for whom nothing
   * waits comes first. Any thread may ask.
   */
  default long waiting() {
    return 0;
  }
}
