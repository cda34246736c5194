package io.mestral.broker.wire;

import io.mestral.model.mqtt.Topic;
import java.util.Arrays;

/** What the numbers stand for that a client sends in place of topics (3.3.2.3.4). */
final class TopicAliases {
  private static final int FIRST_ROOM = 16;

  private final int maximum;
  private Topic[] topics = {};

  /** Numbers from 1 to the maximum; none when it is 0. */
  TopicAliases(int maximum) {
    this.maximum = maximum;
  }

  /** From now on the number stands for this topic, whatever it stood for before. */
  void set(int alias, Topic topic) {
    check(alias);
    if (alias > topics.length) topics = Arrays.copyOf(topics, room(alias));
    topics[alias - 1] = topic;
  }

  Topic get(int alias) {
    check(alias);
    if (alias > topics.length || topics[alias - 1] == null)
      throw BrokenPacket.protocolError("a topic alias that was never set"); // 3.3.4
    return topics[alias - 1];
  }

  private void check(int alias) {
    if (alias < 1 || alias > maximum) // MQTT-3.3.2-8, -9, 3.2.2-18
    throw new BrokenPacket(ReasonCode.TOPIC_ALIAS_INVALID, "a topic alias is 1 to " + maximum);
  }

  private int room(int alias) {
    return Math.min(maximum, Math.max(FIRST_ROOM, Math.max(alias, topics.length * 2)));
  }
}
