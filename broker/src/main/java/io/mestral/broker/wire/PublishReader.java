package io.mestral.broker.wire;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads PUBLISH (3.3). A kit publishes to the same topic again and again, so the topic before is
 * remembered: comparing bytes is cheaper than decoding and checking them.
 */
final class PublishReader {
  private static final int RETAIN = 0x01;
  private static final int QOS_SHIFT = 1;
  private static final int DUP = 0x08;
  private static final int TOPIC_WORTH_KEEPING = 256; // bytes; a bound on what a connection holds

  private static final byte[] NOTHING = {};

  private byte[] lastBytes = NOTHING;
  private Topic lastTopic;

  Packet.Publication read(Body body, int firstByte, boolean v5) {
    int qos = firstByte >> QOS_SHIFT & 3;
    if (qos == 3) throw BrokenPacket.malformed("QoS 3"); // MQTT-3.3.1-4
    if (qos == 0 && (firstByte & DUP) != 0)
      throw BrokenPacket.malformed("DUP at QoS 0"); // MQTT-3.3.1-2
    if (v5 && body.nextTextIs(NOTHING)) throw withoutTopic(body, qos);
    Topic topic = topic(body);
    int packetId = qos == 0 ? 0 : body.packetId();
    PublishProperties properties =
        v5
            ? publishProperties(withoutAlias(Properties.read(body, PacketType.PUBLISH)))
            : PublishProperties.NONE;
    Publish message =
        new Publish(topic, body.rest(), QoS.of(qos), (firstByte & RETAIN) != 0, properties);
    return new Packet.Publication(message, packetId);
  }

  /** The properties that travel on. */
  static PublishProperties publishProperties(Properties read) {
    if (read.isEmpty()) return PublishProperties.NONE;
    return new PublishProperties(
        read.integer(Property.PAYLOAD_FORMAT),
        read.number(Property.MESSAGE_EXPIRY).stream().mapToObj(Duration::ofSeconds).findAny(),
        read.text(Property.CONTENT_TYPE),
        read.text(Property.RESPONSE_TOPIC).map(Topic::new), // no wildcards, MQTT-3.3.2-14
        read.binary(Property.CORRELATION_DATA),
        read.userProperties());
  }

  private Topic topic(Body body) {
    if (lastBytes.length > 0 && body.nextTextIs(lastBytes)) {
      body.skip(2 + lastBytes.length);
      return lastTopic;
    }
    String text = body.text();
    Topic topic = new Topic(text);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= TOPIC_WORTH_KEEPING) {
      lastBytes = bytes;
      lastTopic = topic;
    }
    return topic;
  }

  /** Without a topic there must be an alias, and no alias was ever allowed (MQTT-3.2.2-18). */
  private static BrokenPacket withoutTopic(Body body, int qos) {
    body.skip(2);
    if (qos > 0) body.packetId();
    withoutAlias(Properties.read(body, PacketType.PUBLISH));
    return BrokenPacket.protocolError("neither topic nor alias"); // 3.3.2.1
  }

  private static Properties withoutAlias(Properties properties) {
    if (properties.has(Property.TOPIC_ALIAS))
      throw new BrokenPacket(ReasonCode.TOPIC_ALIAS_INVALID, "topic aliases are not offered");
    return properties;
  }
}
