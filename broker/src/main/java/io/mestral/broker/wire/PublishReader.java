package io.mestral.broker.wire;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

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

  private final TopicAliases aliases;
  private byte[] lastBytes = NOTHING;
  private Topic lastTopic;

  PublishReader(TopicAliases aliases) {
    this.aliases = aliases;
  }

  Packet.Publication read(Body body, int firstByte, boolean v5) {
    int qos = firstByte >> QOS_SHIFT & 3;
    if (qos == 3) throw BrokenPacket.malformed("QoS 3"); // MQTT-3.3.1-4
    if (qos == 0 && (firstByte & DUP) != 0)
      throw BrokenPacket.malformed("DUP at QoS 0"); // MQTT-3.3.1-2
    boolean named = !v5 || !body.nextTextIs(NOTHING);
    Topic topic = named ? topic(body) : noTopic(body);
    int packetId = qos == 0 ? 0 : body.packetId();
    Properties properties = v5 ? Properties.read(body, PacketType.PUBLISH) : Properties.NONE;
    if (!named || properties.has(Property.TOPIC_ALIAS)) topic = aliased(topic, properties);
    Publish message =
        new Publish(
            topic,
            body.rest(),
            QoS.of(qos),
            (firstByte & RETAIN) != 0,
            publishProperties(properties));
    return new Packet.Publication(message, packetId);
  }

  /** The properties that travel on. */
  static PublishProperties publishProperties(Properties read) {
    if (read.isEmpty() || read.isOnly(Property.TOPIC_ALIAS)) return PublishProperties.NONE;
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

  private static Topic noTopic(Body body) {
    body.skip(2);
    return null; // until the alias says which
  }

  /** The topic that its alias stands for, or stands for from now on. */
  private Topic aliased(Topic named, Properties properties) {
    OptionalInt alias = properties.integer(Property.TOPIC_ALIAS);
    if (alias.isEmpty()) throw BrokenPacket.protocolError("neither topic nor alias"); // 3.3.2.1
    if (named == null) return aliases.get(alias.getAsInt());
    aliases.set(alias.getAsInt(), named);
    return named;
  }
}
