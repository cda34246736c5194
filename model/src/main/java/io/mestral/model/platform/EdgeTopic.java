package io.mestral.model.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A topic between an edge and the node above it, {@code $mestral/1/edge/{edge}/{direction}/
 * {stream}}: what nodes tell each other, and no client.
 *
 * @param edge what the edge is called by the node above
 * @param stream what is told, such as {@link #READINGS}
 */
public record EdgeTopic(String edge, Direction direction, String stream) {
  /** The stream of readings. */
  public static final String READINGS = "readings";

  /** The stream of devices that were made, changed or archived at the edge. */
  public static final String DEVICES = "devices";

  /** Up: what the edge has of users, devices and the catalogue; down: what is to be there. */
  public static final String STATE = "state";

  /** Up: what the edge has of hours that it brought; down: whether that is here, too. */
  public static final String PROOF = "proof";

  /** Up: how far the edge is with what it brings. */
  public static final String PROGRESS = "progress";

  /** Down: whether the edge is to pause. */
  public static final String CONTROL = "control";

  /** Up: the token that an edge wants to log in with from now on. */
  public static final String ENROL = "enrol";

  private static final String ROOT = "$mestral/1/edge/";

  /** Who tells whom. */
  public enum Direction {
    /** The edge tells the node above. */
    UP,
    /** The node above tells the edge. */
    DOWN;

    String level() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Takes a topic apart; empty when it is another's. */
  public static Optional<EdgeTopic> parse(String topic) {
    if (!topic.startsWith(ROOT)) return Optional.empty();
    String[] levels = topic.substring(ROOT.length()).split("/", -1);
    if (levels.length != 3 || levels[0].isEmpty() || levels[2].isEmpty()) return Optional.empty();
    return Arrays.stream(Direction.values())
        .filter(direction -> direction.level().equals(levels[1]))
        .map(direction -> new EdgeTopic(levels[0], direction, levels[2]))
        .findFirst();
  }

  /** Whether a filter asks for what nodes tell each other, one topic or many. */
  public static boolean isMeantBy(String filter) {
    return filter.startsWith("$mestral/");
  }

  /** As it is published to. */
  public String text() {
    return ROOT + edge + "/" + direction.level() + "/" + stream;
  }

  /** The topics of one stream of all edges, as a filter. */
  public static String all(Direction direction, String stream) {
    return new EdgeTopic("+", direction, stream).text();
  }
}
