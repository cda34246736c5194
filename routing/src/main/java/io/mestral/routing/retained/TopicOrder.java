package io.mestral.routing.retained;

import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import java.util.Optional;

/**
 * Topics as keys in an order where those below one level stand together: U+0000, which no topic has
 * and which comes before everything else, takes the place of the slash.
 *
 * <p>A filter is compared with a key: either it fits, or there is a next key that might.
 */
final class TopicOrder {
  private static final char SLASH = '\0';
  private static final char BEHIND_SLASH = '\1';
  private static final String BEHIND_RESERVED = String.valueOf((char) ('$' + 1));

  private final String[] filter;

  TopicOrder(TopicFilter filter) {
    this.filter = filter.levels();
  }

  static String key(Topic topic) {
    return topic.value().replace('/', SLASH);
  }

  /** The first key that might fit. */
  String first() {
    StringBuilder front = new StringBuilder();
    for (String level : filter) {
      if (level.equals(TopicFilter.ONE_LEVEL) || level.equals(TopicFilter.ALL_LEVELS)) break;
      front.append(level).append(SLASH);
    }
    if (front.length() > 0) front.setLength(front.length() - 1);
    return front.toString();
  }

  /**
   * Where to go on: the key itself if it fits, else one behind it that is not behind any that fits;
   * empty when there is none.
   */
  Optional<String> seek(String key) {
    int from = 0;
    for (int i = 0; i < filter.length; i++) {
      if (filter[i].equals(TopicFilter.ALL_LEVELS))
        return Optional.of(i == 0 && isReserved(key) ? BEHIND_RESERVED : key);
      int slash = key.indexOf(SLASH, from);
      int end = slash < 0 ? key.length() : slash;
      if (filter[i].equals(TopicFilter.ONE_LEVEL)) {
        if (i == 0 && isReserved(key)) return Optional.of(BEHIND_RESERVED); // MQTT-4.7.2-1
      } else {
        int order = compare(key, from, end, filter[i]);
        if (order < 0) return Optional.of(key.substring(0, from) + filter[i]);
        if (order > 0) return from == 0 ? Optional.empty() : behindLevels(key, from);
      }
      if (slash < 0) return Optional.of(fitsWithoutMore(i) ? key : key + SLASH);
      from = end + 1;
    }
    return behindLevels(key, from); // it has more levels than the filter
  }

  /** Behind everything that has the same levels in front. */
  private static Optional<String> behindLevels(String key, int length) {
    return Optional.of(key.substring(0, length - 1) + BEHIND_SLASH);
  }

  /** Whether nothing is missing behind this level; "a/#" fits "a" too. */
  private boolean fitsWithoutMore(int level) {
    return level == filter.length - 1
        || level == filter.length - 2 && filter[level + 1].equals(TopicFilter.ALL_LEVELS);
  }

  private static int compare(String key, int from, int end, String level) {
    int common = Math.min(end - from, level.length());
    for (int i = 0; i < common; i++) {
      int order = key.charAt(from + i) - level.charAt(i);
      if (order != 0) return order;
    }
    return end - from - level.length();
  }

  private static boolean isReserved(String key) {
    return key.charAt(0) == '$';
  }
}
