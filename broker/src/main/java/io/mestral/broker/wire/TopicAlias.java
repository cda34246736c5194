package io.mestral.broker.wire;

/**
 * The number that stands for a topic towards one client (3.3.2.3.4).
 *
 * @param number 0 is none
 * @param isKnown whether the client was told the topic before, so that the number is enough
 */
public record TopicAlias(int number, boolean isKnown) {
  /** The topic is written out. */
  public static final TopicAlias NONE = new TopicAlias(0, false);
}
