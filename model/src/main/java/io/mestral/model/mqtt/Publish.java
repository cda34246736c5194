package io.mestral.model.mqtt;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A message on its way. It never changes: a changed message is a new one. The payload is the
 * message's own copy; whoever holds the message may read it on any thread and writes it on none.
 *
 * @param retain as the publisher set it
 * @param receipt hears what becomes of it, for a publisher inside the node that wants to know
 */
public record Publish(
    Topic topic,
    Buffer payload,
    QoS qos,
    boolean retain,
    PublishProperties properties,
    Optional<Receipt> receipt) {
  private static final int OVERHEAD = 96; // of the objects it is made of

  /** A message of whose fate nobody needs to hear. */
  public Publish(
      Topic topic, Buffer payload, QoS qos, boolean retain, PublishProperties properties) {
    this(topic, payload, qos, retain, properties, Optional.empty());
  }

  /** A message without properties. */
  public static Publish of(Topic topic, Buffer payload, QoS qos) {
    return new Publish(topic, payload, qos, false, PublishProperties.NONE);
  }

  /** This message at no more than the granted quality of service. */
  public Publish cappedAt(QoS granted) {
    if (qos.compareTo(granted) <= 0) return this;
    return new Publish(topic, payload, granted, retain, properties, receipt);
  }

  /** This message, not to be retained. */
  public Publish notRetained() {
    return retain ? new Publish(topic, payload, qos, false, properties, receipt) : this;
  }

  /** This message, of whose fate somebody hears. */
  public Publish with(Receipt hearer) {
    return new Publish(topic, payload, qos, retain, properties, Optional.of(hearer));
  }

  /** This message for a client that its receipt isn't about. */
  public Publish withoutReceipt() {
    return receipt.isEmpty()
        ? this
        : new Publish(topic, payload, qos, retain, properties, Optional.empty());
  }

  /**
   * This message after it waited here: its expiry is shorter by that (MQTT-3.3.2-6). Empty when it
   * may wait no longer (MQTT-3.3.2-5).
   */
  public Optional<Publish> after(Duration waited) {
    if (properties.messageExpiry().isEmpty()) return Optional.of(this);
    Duration left = properties.messageExpiry().get().minusSeconds(waited.toSeconds());
    if (left.isZero() || left.isNegative()) return Optional.empty();
    return Optional.of(
        new Publish(topic, payload, qos, retain, properties.expiringIn(left), receipt));
  }

  /** Roughly how many bytes of memory it takes, all its properties included. */
  public long weight() {
    return OVERHEAD + topic.value().length() + payload.length() + properties.weight();
  }
}
