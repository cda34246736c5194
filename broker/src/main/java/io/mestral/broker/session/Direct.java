package io.mestral.broker.session;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;

/** Retained messages on the shortest way, for a client whose messages are nowhere kept. */
record Direct(Outbox outbox, Outlet outlet) implements RetainedFlow.Way {
  @Override
  public boolean isFree() {
    return outbox.isIdle(outlet);
  }

  @Override
  public void send(Publish publish, Subscription subscription) {
    outbox.sendNow(publish, subscription, outlet);
  }

  @Override
  public void whenSent(Runnable task) {
    outlet.whenSent(task);
  }
}
