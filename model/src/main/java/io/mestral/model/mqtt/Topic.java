package io.mestral.model.mqtt;

import io.mestral.model.outcome.Refusal;

/**
 * A legal topic name: not empty, at most 65,535 bytes of UTF-8, without wildcards or U+0000
 * (MQTT-4.7.1-1, 4.7.3-1 to -3).
 *
 * <p>A value; no record, because a topic that is published to again and again remembers its levels.
 */
public final class Topic {
  private static final char SEPARATOR = '/';
  private static final int WORTH_REMEMBERING = 256; // characters

  private final String value;
  private boolean asked; // races are harmless: levels are computed once more
  private Levels remembered;

  /**
   * @throws MalformedTopic when the text is not a topic name
   */
  public Topic(String value) {
    TopicText.check(value, Refusal.TOPIC_NAME_INVALID);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '+' || c == '#')
        throw new MalformedTopic(
            Refusal.TOPIC_NAME_INVALID, "a topic name has no wildcards"); // MQTT-3.3.2-2
    }
    this.value = value;
  }

  /** As it stands on the wire. */
  public String value() {
    return value;
  }

  /** The levels between the slashes; a leading slash makes an empty first level. */
  public String[] levels() {
    return TopicText.levels(value, SEPARATOR, Integer.MAX_VALUE);
  }

  /**
   * The levels, but of a deep topic only so many, the last being all the rest. Remembered from the
   * second time on; nobody may change them.
   */
  public String[] levels(int most) {
    Levels known = remembered;
    if (known != null && known.names.length < most) return known.names;
    String[] names = TopicText.levels(value, SEPARATOR, most);
    boolean all = names.length < most;
    if (asked && all && value.length() <= WORTH_REMEMBERING) remembered = new Levels(names);
    asked = true;
    return names;
  }

  /** Whether this topic belongs to the server ({@code $SYS/…}), MQTT-4.7.2. */
  public boolean isReserved() {
    return value.charAt(0) == '$';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Topic topic && value.equals(topic.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }

  /** A final field, so that any thread that sees the object sees the names. */
  private record Levels(String[] names) {}
}
