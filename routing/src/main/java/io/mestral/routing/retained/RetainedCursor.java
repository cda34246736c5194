package io.mestral.routing.retained;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.TopicFilter;
import java.time.Clock;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;

/**
 * The retained messages that fit a filter, looked up as they are asked for: however many they are,
 * this holds none of them. For one thread.
 */
public final class RetainedCursor {
  private static final int LOOKED_AT_AT_ONCE = 256; // a filter may fit hardly any of a million

  private final ConcurrentNavigableMap<String, Retained> messages;
  private final TopicOrder order;
  private final QoS granted;
  private final long newest;
  private final Clock clock;
  private Iterator<Map.Entry<String, Retained>> entries;

  RetainedCursor(
      ConcurrentNavigableMap<String, Retained> messages,
      TopicFilter filter,
      QoS granted,
      long newest,
      Clock clock) {
    this.messages = messages;
    this.order = new TopicOrder(filter);
    this.granted = granted;
    this.newest = newest;
    this.clock = clock;
    this.entries = from(order.first());
  }

  /**
   * The next message, at no more than the granted quality of service and with what is left of its
   * expiry. Empty when there is none, or when it takes longer to find: see {@link #isDone}.
   */
  public Optional<Publish> next() {
    for (int i = 0; i < LOOKED_AT_AT_ONCE && entries.hasNext(); i++) {
      Map.Entry<String, Retained> entry = entries.next();
      Optional<String> where = order.seek(entry.getKey());
      if (!where.equals(Optional.of(entry.getKey()))) {
        entries = where.map(this::from).orElse(Collections.emptyIterator());
      } else {
        Optional<Publish> message = message(entry.getValue());
        if (message.isPresent()) return message;
      }
    }
    return Optional.empty();
  }

  /** Whether everything was looked at. */
  public boolean isDone() {
    return !entries.hasNext();
  }

  private Iterator<Map.Entry<String, Retained>> from(String key) {
    return messages.tailMap(key, true).entrySet().iterator();
  }

  private Optional<Publish> message(Retained retained) {
    if (!retained.isMessage()) return Optional.empty();
    Publish publish = retained.publish();
    boolean comesAnyway = publish.qos().cappedAt(granted) != QoS.AT_MOST_ONCE;
    if (comesAnyway && retained.isAfter(newest)) return Optional.empty();
    return retained.at(clock.millis()).map(message -> message.cappedAt(granted));
  }
}
