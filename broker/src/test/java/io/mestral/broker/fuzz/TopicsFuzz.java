package io.mestral.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.mqtt.MalformedTopic;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.routing.topic.TopicTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lines of text: the first is a topic, the others are filters. Which of them are legal and which
 * match is asked of the tree, of the filters one by one, and of a plain reading of section 4.7.
 */
public final class TopicsFuzz {
  private static final int MAX_LEVELS = 64; // the plain reading recurses

  private TopicsFuzz() {}

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1);
    for (String line : lines) if (line.split("/", -1).length > MAX_LEVELS) return;
    String name = lines[0];
    assertThat(isTopic(name)).isEqualTo(isLegalName(name));
    TopicTree<String> tree = new TopicTree<>();
    Set<String> expected = new TreeSet<>();
    for (String filter : List.of(lines).subList(1, lines.length)) {
      assertThat(isFilter(filter)).as("filter %s", filter).isEqualTo(isLegalFilter(filter));
      if (!isLegalFilter(filter)) continue;
      tree.subscribe(new TopicFilter(filter), filter, Subscription.at(QoS.AT_MOST_ONCE));
      if (!isLegalName(name)) continue;
      boolean fits = fits(filter, name);
      assertThat(new TopicFilter(filter).matches(new Topic(name))).isEqualTo(fits);
      if (fits) expected.add(filter);
    }
    if (isLegalName(name)) assertThat(matches(tree, name)).isEqualTo(expected);
    for (String filter : List.of(lines).subList(1, lines.length))
      if (isLegalFilter(filter)) tree.unsubscribe(new TopicFilter(filter), filter);
    assertThat(tree.size()).isZero();
  }

  private static Set<String> matches(TopicTree<String> tree, String name) {
    Set<String> found = new TreeSet<>();
    tree.match(
        new Topic(name),
        (filter, subscription) -> assertThat(found.add(filter)).as("%s once", filter).isTrue());
    return found;
  }

  private static boolean isTopic(String text) {
    try {
      return new Topic(text).value().equals(text);
    } catch (MalformedTopic malformed) {
      return false;
    }
  }

  private static boolean isFilter(String text) {
    try {
      return new TopicFilter(text).value().equals(text);
    } catch (MalformedTopic malformed) {
      return false;
    }
  }

  private static boolean isLegalName(String text) {
    return isLegal(text) && !text.matches("(?s).*[+#].*");
  }

  private static boolean isLegalFilter(String text) {
    return isLegal(text) && text.matches("(?s)(?:(?:\\+|[^+#/]*)/)*(?:\\+|#|[^+#/]*)");
  }

  private static boolean isLegal(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes > 0 && bytes <= 65_535 && text.indexOf('\0') < 0;
  }

  private static boolean fits(String filter, String name) {
    if (name.startsWith("$") && (filter.startsWith("+") || filter.startsWith("#"))) return false;
    return fitsFrom(filter, name);
  }

  /** Both begin at a level; {@code null} stands for "no level left". */
  private static boolean fitsFrom(String filter, String name) {
    if (filter == null) return name == null;
    if (filter.equals("#")) return true;
    if (name == null) return false;
    String want = first(filter);
    return (want.equals("+") || want.equals(first(name))) && fitsFrom(rest(filter), rest(name));
  }

  private static String first(String levels) {
    int end = levels.indexOf('/');
    return end < 0 ? levels : levels.substring(0, end);
  }

  private static String rest(String levels) {
    int end = levels.indexOf('/');
    return end < 0 ? null : levels.substring(end + 1);
  }
}
