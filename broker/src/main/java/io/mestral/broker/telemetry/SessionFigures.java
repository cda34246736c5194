package io.mestral.broker.telemetry;

import java.util.List;

/**
 * What a session holds at one moment.
 *
 * @param inflight messages sent and not acknowledged to the end
 * @param incoming messages from the client and not acknowledged to the end
 * @param queued messages that wait
 * @param queuedBytes what they count against the queue's bound
 * @param subscriptions filters, without the tokens in them
 */
public record SessionFigures(
    int inflight, int incoming, int queued, long queuedBytes, List<String> subscriptions) {

  /** Copies the list. */
  public SessionFigures {
    subscriptions = List.copyOf(subscriptions);
  }
}
