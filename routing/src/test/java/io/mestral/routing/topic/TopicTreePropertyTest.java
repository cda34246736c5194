package io.mestral.routing.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The tree against the plain statement of the rule, {@link TopicFilter#matches}. */
class TopicTreePropertyTest {
  private static final Subscription ANY = Subscription.at(QoS.AT_MOST_ONCE);

  @Property
  void theTreeAnswersLikeEachFilterByItself(
      @ForAll("filters") List<TopicFilter> filters, @ForAll("topics") List<Topic> topics) {
    TopicTree<TopicFilter> tree = new TopicTree<>();
    filters.forEach(filter -> tree.subscribe(filter, filter, ANY));
    for (Topic topic : topics) assertThat(found(tree, topic)).isEqualTo(expected(filters, topic));
  }

  @Property
  void whatIsTakenAwayMatchesNoMoreAndLeavesTheRest(
      @ForAll("filters") List<TopicFilter> kept,
      @ForAll("filters") List<TopicFilter> taken,
      @ForAll("topics") List<Topic> topics) {
    TopicTree<TopicFilter> tree = new TopicTree<>();
    kept.forEach(filter -> tree.subscribe(filter, filter, ANY));
    taken.forEach(filter -> tree.subscribe(filter, filter, ANY));
    taken.forEach(filter -> tree.unsubscribe(filter, filter));
    List<TopicFilter> left = kept.stream().filter(filter -> !taken.contains(filter)).toList();
    for (Topic topic : topics) assertThat(found(tree, topic)).isEqualTo(expected(left, topic));
    left.forEach(filter -> tree.unsubscribe(filter, filter));
    assertThat(tree.isBare()).isTrue();
  }

  @Provide
  Arbitrary<List<TopicFilter>> filters() {
    Arbitrary<String> levels =
        Arbitraries.of("a", "b", "", "$x", "+", "+")
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(parts -> String.join("/", parts));
    return Arbitraries.oneOf(levels, levels.map(front -> front + "/#"), Arbitraries.just("#"))
        .filter(text -> !text.isEmpty())
        .map(TopicFilter::new)
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Topic>> topics() {
    return Arbitraries.of("a", "b", "", "$x", "c")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> String.join("/", parts))
        .filter(text -> !text.isEmpty())
        .map(Topic::new)
        .list()
        .ofSize(8);
  }

  private static Set<TopicFilter> found(TopicTree<TopicFilter> tree, Topic topic) {
    Set<TopicFilter> found = new HashSet<>();
    tree.match(topic, (key, subscription) -> assertThat(found.add(key)).isTrue());
    return found;
  }

  private static Set<TopicFilter> expected(List<TopicFilter> filters, Topic topic) {
    return filters.stream().filter(f -> f.matches(topic)).collect(Collectors.toSet());
  }
}
