package io.mestral.model.mqtt;

import io.mestral.model.outcome.Refusal;

/**
 * A legal topic filter: a wildcard fills its level, and {@code #} stands last (MQTT-4.7.1-2, -3).
 * Shared subscriptions ({@code $share/…}) are not filters; they are taken apart before.
 */
public record TopicFilter(String value) {
  /** Matches exactly one level. */
  public static final String ONE_LEVEL = "+";

  /** Matches the rest of the topic, its parent level included. */
  public static final String ALL_LEVELS = "#";

  /**
   * @throws MalformedTopic when the text is not a topic filter
   */
  public TopicFilter {
    TopicText.check(value, Refusal.TOPIC_FILTER_INVALID);
    String[] levels = TopicText.levels(value, '/');
    for (int i = 0; i < levels.length; i++) {
      boolean wild = levels[i].indexOf('+') >= 0 || levels[i].indexOf('#') >= 0;
      if (wild && levels[i].length() > 1)
        throw new MalformedTopic(
            Refusal.TOPIC_FILTER_INVALID, "a wildcard fills its level: " + value);
      if (levels[i].equals(ALL_LEVELS) && i < levels.length - 1)
        throw new MalformedTopic(Refusal.TOPIC_FILTER_INVALID, "# stands last: " + value);
    }
  }

  /** The levels between the slashes, wildcards as they stand. */
  public String[] levels() {
    return TopicText.levels(value, '/');
  }

  /**
   * Whether a topic fits, level by level; a wildcard in front never matches a topic that begins
   * with {@code $} (MQTT-4.7.2-1). The routing tree answers the same question for many filters at
   * once; this is its plain statement.
   */
  public boolean matches(Topic topic) {
    String[] filter = levels();
    String[] name = topic.levels();
    boolean wildFront = filter[0].equals(ONE_LEVEL) || filter[0].equals(ALL_LEVELS);
    if (topic.isReserved() && wildFront) return false;
    for (int i = 0; i < filter.length; i++) {
      if (filter[i].equals(ALL_LEVELS)) return true;
      if (i >= name.length) return false;
      if (!filter[i].equals(ONE_LEVEL) && !filter[i].equals(name[i])) return false;
    }
    return filter.length == name.length;
  }

  @Override
  public String toString() {
    return value;
  }
}
