package io.mestral.model.mqtt;

import io.mestral.model.outcome.Refusal;

/**
 * A legal topic filter: a wildcard fills its level, and {@code #} stands last (MQTT-4.7.1-2, -3).
 *
 * <p>With {@code $share/name/} in front it belongs to a group whose members share the messages
 * (MQTT 5, 4.8.2); {@code $queue/} is the old way to write a group of its own. What it matches is
 * said by the rest.
 */
public record TopicFilter(String value) {
  private static final String SHARE = "$share/";
  private static final String QUEUE = "$queue/";

  /** Matches exactly one level. */
  public static final String ONE_LEVEL = "+";

  /** Matches the rest of the topic, its parent level included. */
  public static final String ALL_LEVELS = "#";

  /**
   * @throws MalformedTopic when the text is not a topic filter
   */
  public TopicFilter {
    TopicText.check(value, Refusal.TOPIC_FILTER_INVALID);
    String rest = value.substring(groupLength(value));
    if (rest.isEmpty() || isShared(rest) && isShared(value))
      throw new MalformedTopic(Refusal.TOPIC_FILTER_INVALID, "a group shares a filter: " + value);
    String[] levels = TopicText.levels(rest, '/', Integer.MAX_VALUE);
    for (int i = 0; i < levels.length; i++) {
      boolean wild = levels[i].indexOf('+') >= 0 || levels[i].indexOf('#') >= 0;
      if (wild && levels[i].length() > 1)
        throw new MalformedTopic(
            Refusal.TOPIC_FILTER_INVALID, "a wildcard fills its level: " + value);
      if (levels[i].equals(ALL_LEVELS) && i < levels.length - 1)
        throw new MalformedTopic(Refusal.TOPIC_FILTER_INVALID, "# stands last: " + value);
    }
  }

  /** Whether a text that may be a filter would be one of a group. */
  public static boolean isShared(String text) {
    return text.startsWith(SHARE) || text.startsWith(QUEUE);
  }

  /** Whether members of a group share the messages. */
  public boolean isShared() {
    return isShared(value);
  }

  /** The filter that decides which messages these are, without the group. */
  public TopicFilter unshared() {
    return isShared() ? new TopicFilter(value.substring(groupLength(value))) : this;
  }

  /** The levels between the slashes, wildcards as they stand, without the group. */
  public String[] levels() {
    return TopicText.levels(value.substring(groupLength(value)), '/', Integer.MAX_VALUE);
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

  /** How long the part is that names the group (MQTT-4.8.2-1, -2); 0 when there is none. */
  private static int groupLength(String value) {
    if (value.startsWith(QUEUE)) return QUEUE.length();
    if (!value.startsWith(SHARE)) return 0;
    int end = value.indexOf('/', SHARE.length());
    String name = value.substring(SHARE.length(), Math.max(end, SHARE.length()));
    if (name.isEmpty() || name.indexOf('+') >= 0 || name.indexOf('#') >= 0)
      throw new MalformedTopic(Refusal.TOPIC_FILTER_INVALID, "a group needs a name: " + value);
    return end + 1;
  }

  @Override
  public String toString() {
    return value;
  }
}
