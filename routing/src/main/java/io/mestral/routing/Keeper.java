package io.mestral.routing;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import java.util.List;

/**
 * Writes down what must outlive the node, once for all who want it: one message body, however many
 * absent clients it waits for.
 */
public interface Keeper {
  /** Keeps nothing: for a router whose subscribers don't ask for it. */
  Keeper NONE =
      (publish, origin, receivers) -> {
        if (receivers.isEmpty()) return Future.succeededFuture(Delivery.NOBODY);
        throw new IllegalStateException("nothing is kept here");
      };

  /**
   * Keeps a message for all of these receivers, and hands it to each when it is kept. Called when a
   * receiver {@linkplain Subscriber#isKept is kept}, when the message is to be retained, or when
   * its {@linkplain Origin#exactlyOnceId identifier} must be remembered, all of which becomes one
   * record.
   *
   * <p>Succeeds with {@code Delivered} to all of these receivers once it is on disk, and with
   * {@code Refused} when one of them had no room for it; fails when it is not on disk.
   *
   * @param publish as it was published; each receiver's quality of service is capped by its own
   * @param receivers those that are kept; may be empty
   */
  Future<Delivery> keep(Publish publish, Origin origin, List<Receiver> receivers);
}
