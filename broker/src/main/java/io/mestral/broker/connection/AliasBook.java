package io.mestral.broker.connection;

import io.mestral.broker.wire.TopicAlias;
import io.mestral.model.mqtt.Topic;
import java.util.HashMap;
import java.util.Map;

/**
 * The topic aliases that a client was sent. Topics are given one in the order of their first
 * message until there are no more; who wants few topics of long names saves most.
 */
final class AliasBook {
  private static final int MOST = 32; // what one connection may make us remember
  private static final int WORTH_IT = 4; // characters; the alias itself takes 3 bytes

  private final int maximum;
  private Map<Topic, TopicAlias> known = Map.of(); // most clients take none

  /** As many as the client takes, and no more than we remember (MQTT-3.1.2-26). */
  AliasBook(int topicAliasMaximum) {
    this.maximum = Math.min(topicAliasMaximum, MOST);
  }

  /** The alias to send with this topic, which may be none (MQTT-3.1.2-27). */
  TopicAlias of(Topic topic) {
    if (maximum == 0) return TopicAlias.NONE;
    TopicAlias alias = known.get(topic);
    if (alias != null) return alias;
    boolean fresh = known.size() < maximum && topic.value().length() >= WORTH_IT;
    return fresh ? new TopicAlias(known.size() + 1, false) : TopicAlias.NONE;
  }

  /** The alias went out with this topic: from now on it is enough. */
  void sent(Topic topic, TopicAlias alias) {
    if (alias.isKnown()) return;
    if (known.isEmpty()) known = new HashMap<>();
    known.put(topic, new TopicAlias(alias.number(), true));
  }
}
