package io.mestral.broker.keeping;

import io.mestral.broker.session.RetainedFlow;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;

/**
 * Retained messages on their way into a kept session's queue: what was sent and not acknowledged
 * must outlive the connection like any other message. The queue is refilled when it has run low.
 */
record Queueing(KeptSession session, Outflow outflow, Presence client) implements RetainedFlow.Way {
  private static final int LOW = 64; // messages

  @Override
  public boolean isFree() {
    return outflow.isServing(client)
        && client.way().outlet().isWritable()
        && outflow.length() < LOW;
  }

  @Override
  public void send(Publish publish, Subscription subscription) {
    session.deliver(publish.cappedAt(subscription.qos()), subscription);
  }

  @Override
  public void whenSent(Runnable task) {
    client.way().outlet().whenSent(task);
  }
}
