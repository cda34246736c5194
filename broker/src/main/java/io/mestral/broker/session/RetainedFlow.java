package io.mestral.broker.session;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.routing.retained.RetainedCursor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Retained messages on their way to a client: read only as fast as it takes them, and never more at
 * a time than leaves the network free for what comes meanwhile. Used on one event loop.
 */
public final class RetainedFlow {
  private static final int BATCH = 64 << 10; // bytes

  private final Way way;
  private Map<TopicFilter, Reading> waiting = Map.of(); // no more than there are subscriptions
  private boolean resting;

  /** Nothing on its way yet. */
  public RetainedFlow(Way way) {
    this.way = way;
  }

  /** Where the messages go. */
  public interface Way {
    /** Whether a message could go out at once; {@link RetainedFlow#advance} is called when so. */
    boolean isFree();

    /** Sends a message; there is a free way for it. */
    void send(Publish publish, Subscription subscription);

    /** Runs it, later, when all that was sent is out. */
    void whenSent(Runnable task);
  }

  /** Begins with the messages of a subscription; once more if they were on their way already. */
  public void add(TopicFilter filter, Subscription subscription, RetainedCursor messages) {
    if (waiting.isEmpty()) waiting = new LinkedHashMap<>();
    waiting.put(filter, new Reading(messages, flagged(subscription)));
    advance();
  }

  /** The subscription is gone. */
  public void remove(TopicFilter filter) {
    if (!waiting.isEmpty()) waiting.remove(filter);
  }

  /** Nobody is there to read them. */
  public void clear() {
    waiting = Map.of();
  }

  /** Sends what the way takes now. */
  public void advance() {
    long room = BATCH;
    while (!waiting.isEmpty() && !resting && way.isFree()) {
      Map.Entry<TopicFilter, Reading> first = waiting.entrySet().iterator().next();
      Reading reading = first.getValue();
      Optional<Publish> message = reading.messages.next();
      message.ifPresent(publish -> way.send(publish, reading.subscription));
      if (message.isPresent()) room -= message.get().weight();
      else if (reading.messages.isDone()) waiting.remove(first.getKey());
      if (room <= 0 || message.isEmpty() && !reading.messages.isDone()) rest();
    }
  }

  private void rest() {
    resting = true;
    way.whenSent(
        () -> {
          resting = false;
          advance();
        });
  }

  /** These have the retain flag whatever was asked for (MQTT-3.3.1-8 of 3.1.1). */
  private static Subscription flagged(Subscription subscription) {
    return new Subscription(
        subscription.qos(), subscription.noLocal(), true, subscription.identifiers());
  }

  private record Reading(RetainedCursor messages, Subscription subscription) {}
}
