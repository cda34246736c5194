package io.mestral.model.mqtt;

import io.mestral.model.outcome.Refusal;

/**
 * A legal topic name: not empty, at most 65,535 bytes of UTF-8, without wildcards or U+0000
 * (MQTT-4.7.1-1, 4.7.3-1 to -3).
 */
public record Topic(String value) {
  private static final char SEPARATOR = '/';

  /**
   * @throws MalformedTopic when the text is not a topic name
   */
  public Topic {
    TopicText.check(value, Refusal.TOPIC_NAME_INVALID);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '+' || c == '#')
        throw new MalformedTopic(
            Refusal.TOPIC_NAME_INVALID, "a topic name has no wildcards"); // MQTT-3.3.2-2
    }
  }

  /** The levels between the slashes; a leading slash makes an empty first level. */
  public String[] levels() {
    return TopicText.levels(value, SEPARATOR);
  }

  /** Whether this topic belongs to the server ({@code $SYS/…}), MQTT-4.7.2. */
  public boolean isReserved() {
    return value.charAt(0) == '$';
  }

  @Override
  public String toString() {
    return value;
  }
}
