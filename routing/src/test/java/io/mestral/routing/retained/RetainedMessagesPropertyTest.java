package io.mestral.routing.retained;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The store against a plain map that is searched topic by topic. */
class RetainedMessagesPropertyTest {
  private static final Future<Delivery> DONE = Future.succeededFuture(Delivery.DONE);

  @Property
  void theStoreAnswersLikeAMapThatIsSearchedWholly(
      @ForAll("changes") List<Change> changes, @ForAll("filters") List<TopicFilter> filters) {
    RetainedMessages store = new RetainedMessages(1 << 20, Clock.systemUTC());
    Map<Topic, String> model = new HashMap<>();
    for (Change change : changes) {
      store.change(change.message(), (publish, needed) -> change.outcome());
      if (!change.kept) continue;
      if (change.payload.isEmpty()) model.remove(change.topic);
      else model.put(change.topic, change.payload);
    }
    assertThat(store.count()).isEqualTo(model.size());
    for (TopicFilter filter : filters)
      assertThat(found(store, filter)).isEqualTo(expected(model, filter));
    for (Topic topic : model.keySet())
      store.change(new Change(topic, "", true).message(), (publish, needed) -> DONE);
    assertThat(store.count()).isZero();
    assertThat(store.bytes()).isZero();
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            topics(),
            Arbitraries.of("", "1", "2", "3"),
            Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just(true)), Tuple.of(1, Arbitraries.just(false))))
        .as(Change::new)
        .list()
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<TopicFilter>> filters() {
    Arbitrary<String> levels =
        Arbitraries.of("a", "b", "a!", "", "$x", "+", "+", "+")
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(parts -> String.join("/", parts));
    return Arbitraries.oneOf(levels, levels.map(front -> front + "/#"), Arbitraries.just("#"))
        .filter(text -> !text.isEmpty())
        .map(TopicFilter::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  /** With characters on both sides of the slash, which decides what stands together. */
  private static Arbitrary<Topic> topics() {
    return Arbitraries.of("a", "b", "a!", "a0", "", "$x", "%")
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(parts -> String.join("/", parts))
        .filter(text -> !text.isEmpty())
        .map(Topic::new);
  }

  private static List<String> found(RetainedMessages store, TopicFilter filter) {
    List<String> found = new ArrayList<>();
    RetainedCursor cursor = store.matching(filter, QoS.EXACTLY_ONCE);
    while (!cursor.isDone())
      cursor.next().ifPresent(message -> found.add(message.topic() + "=" + message.payload()));
    return found.stream().sorted().toList();
  }

  private static List<String> expected(Map<Topic, String> model, TopicFilter filter) {
    return model.entrySet().stream()
        .filter(entry -> filter.matches(entry.getKey()))
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .toList();
  }

  private record Change(Topic topic, String payload, boolean kept) {
    Publish message() {
      return new Publish(
          topic, Buffer.buffer(payload), QoS.AT_LEAST_ONCE, true, PublishProperties.NONE);
    }

    Future<Delivery> outcome() {
      return kept ? DONE : Future.failedFuture("the disk is full");
    }
  }
}
