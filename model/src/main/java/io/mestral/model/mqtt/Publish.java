package io.mestral.model.mqtt;

import io.vertx.core.buffer.Buffer;

/**
 * A message on its way. It never changes: a changed message is a new one. The payload is the
 * message's own copy; whoever holds the message may read it on any thread and writes it on none.
 *
 * @param retain as the publisher set it
 */
public record Publish(
    Topic topic, Buffer payload, QoS qos, boolean retain, PublishProperties properties) {

  /** A message without properties. */
  public static Publish of(Topic topic, Buffer payload, QoS qos) {
    return new Publish(topic, payload, qos, false, PublishProperties.NONE);
  }

  /** This message at no more than the granted quality of service. */
  public Publish cappedAt(QoS granted) {
    if (qos.compareTo(granted) <= 0) return this;
    return new Publish(topic, payload, granted, retain, properties);
  }
}
