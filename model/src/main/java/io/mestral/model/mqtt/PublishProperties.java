package io.mestral.model.mqtt;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The MQTT 5 properties that travel with a message from publisher to subscriber unchanged
 * (3.3.2.3). A 3.1.1 publisher has none of them.
 *
 * @param payloadFormat 0 bytes, 1 UTF-8 text; empty when not said
 * @param messageExpiry how long the message may wait, from its arrival here
 * @param userProperties in the publisher's order
 */
public record PublishProperties(
    OptionalInt payloadFormat,
    Optional<Duration> messageExpiry,
    Optional<String> contentType,
    Optional<Topic> responseTopic,
    Optional<Buffer> correlationData,
    List<UserProperty> userProperties) {

  private static final int OVERHEAD = 64; // bytes of the objects, roughly

  /** No properties at all. */
  public static final PublishProperties NONE =
      new PublishProperties(
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** Copies the list, so that the value stays as it is. */
  public PublishProperties {
    userProperties = List.copyOf(userProperties);
  }

  PublishProperties expiringIn(Duration left) {
    return new PublishProperties(
        payloadFormat,
        Optional.of(left),
        contentType,
        responseTopic,
        correlationData,
        userProperties);
  }

  long weight() {
    if (this == NONE) return 0;
    long weight = OVERHEAD;
    weight += contentType.map(String::length).orElse(0);
    weight += responseTopic.map(topic -> topic.value().length()).orElse(0);
    weight += correlationData.map(Buffer::length).orElse(0);
    for (UserProperty property : userProperties)
      weight += OVERHEAD + property.name().length() + property.value().length();
    return weight;
  }
}
