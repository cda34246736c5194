package io.mestral.broker.telemetry;

import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;

/**
 * Takes secrets out of what is logged. A token stands in topics, and kits use it as client
 * identifier; names that a client chose can be anything, so they are cut as well.
 */
public final class Masking {
  private static final int LONGEST_SHOWN = 100; // characters of a topic

  private Masking() {}

  /** {@code device/sck/ab…/readings}: the level after a word that announces a token is cut. */
  public static String topic(Topic topic) {
    return filter(topic.value());
  }

  /** The same of a filter, shared or not and legal or not; wildcards are no secrets. */
  public static String filter(String filter) {
    String[] levels = filter.split("/", -1);
    for (int i = 1; i < levels.length; i++)
      if (announcesToken(levels[i - 1]) && !isWildcard(levels[i]))
        levels[i] = Secret.of(levels[i]).toString();
    return printable(String.join("/", levels));
  }

  /** Enough of a client identifier to tell kits apart, too little to publish as one. */
  public static String clientId(String id) {
    return printable(Secret.of(id).toString());
  }

  private static boolean announcesToken(String level) {
    return level.equals("sck") || level.equals("forward");
  }

  private static boolean isWildcard(String level) {
    return level.equals(TopicFilter.ONE_LEVEL) || level.equals(TopicFilter.ALL_LEVELS);
  }

  /** A client must not write lines of its own into the log. */
  public static String printable(String text) {
    String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    return shown.replaceAll("\\p{C}", "?");
  }
}
