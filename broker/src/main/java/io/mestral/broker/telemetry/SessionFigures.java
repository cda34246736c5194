package io.mestral.broker.telemetry;

import io.mestral.broker.telemetry.event.Drop;
import java.util.List;
import java.util.Map;

/**
 * What a session holds at one moment.
 *
 * @param inflight messages sent and not acknowledged to the end
 * @param incoming messages from the client and not acknowledged to the end
 * @param queued messages that wait
 * @param queuedBytes what they count against the queue's bound
 * @param subscriptions filters, without the tokens in them
 * @param droppedAway messages left out while its client was away
 */
public record SessionFigures(
    int inflight,
    int incoming,
    int queued,
    long queuedBytes,
    List<String> subscriptions,
    Map<Drop, Long> droppedAway) {

  /** Copies the collections. */
  public SessionFigures {
    subscriptions = List.copyOf(subscriptions);
    droppedAway = Map.copyOf(droppedAway);
  }

  /** Of a session that ends with its connection. */
  public SessionFigures(
      int inflight, int incoming, int queued, long queuedBytes, List<String> subscriptions) {
    this(inflight, incoming, queued, queuedBytes, subscriptions, Map.of());
  }
}
