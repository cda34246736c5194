package io.mestral.broker.keeping;

import io.mestral.broker.session.RetainedFlow;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import java.util.Optional;

/**
 * Retained messages on their way into a kept session's queue: what was sent and not acknowledged
 * must outlive the connection like any other message. The queue is refilled when it has run low.
 */
record Queueing(KeptSession session, Outflow outflow) implements RetainedFlow.Way {
  private static final int LOW = 64; // messages

  @Override
  public boolean isFree() {
    Optional<Presence> client = outflow.presence();
    return client.isPresent() && client.get().way().outlet().isWritable() && outflow.length() < LOW;
  }

  @Override
  public void send(Publish publish, Subscription subscription) {
    session.deliver(publish.cappedAt(subscription.qos()), subscription);
  }

  @Override
  public void whenSent(Runnable task) {
    Optional<Presence> client = outflow.presence();
    client.ifPresent(present -> present.way().outlet().whenSent(task));
  }
}
