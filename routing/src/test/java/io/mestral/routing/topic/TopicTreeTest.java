package io.mestral.routing.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.mqtt.MalformedTopic;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TopicTreeTest {
  private static final Subscription ANY = Subscription.at(QoS.EXACTLY_ONCE);

  private final TopicTree<String> tree = new TopicTree<>();

  @Test
  void aFilterEndingInAllLevelsMatchesItsParentToo() {
    subscribe("kit", "device/sck/#");
    assertThat(match("device/sck")).containsExactly("kit");
    assertThat(match("device/sck/abc/readings")).containsExactly("kit");
    assertThat(match("device")).isEmpty();
  }

  @Test
  void aWildcardInFrontNeverMatchesAServersTopic() {
    subscribe("all", "#");
    subscribe("one", "+/load");
    subscribe("named", "$SYS/#");
    assertThat(match("$SYS/load")).containsExactly("named");
    assertThat(match("kitchen/load")).containsExactlyInAnyOrder("all", "one");
  }

  @Test
  void emptyLevelsAreLevels() {
    subscribe("slash", "+/+");
    subscribe("lead", "/forward");
    assertThat(match("/forward")).containsExactlyInAnyOrder("slash", "lead");
    assertThat(match("forward")).isEmpty();
    assertThat(match("/")).containsExactly("slash");
  }

  @Test
  void aKeyIsNamedOncePerFilterThatFits() {
    subscribe("panel", "home/+");
    subscribe("panel", "home/power");
    assertThat(match("home/power")).containsExactly("panel", "panel");
  }

  @Test
  void subscribingAgainReplacesTheGrant() {
    assertThat(tree.subscribe(new TopicFilter("a/b"), "x", Subscription.at(QoS.AT_MOST_ONCE)))
        .isTrue();
    assertThat(tree.subscribe(new TopicFilter("a/b"), "x", ANY)).isFalse();
    List<QoS> granted = new ArrayList<>();
    tree.match(new Topic("a/b"), (key, subscription) -> granted.add(subscription.qos()));
    assertThat(granted).containsExactly(QoS.EXACTLY_ONCE);
    assertThat(tree.size()).isEqualTo(1);
  }

  @Test
  void unsubscribingPrunesWhatNobodyNeeds() {
    subscribe("x", "a/b/c");
    subscribe("y", "a/b");
    assertThat(tree.unsubscribe(new TopicFilter("a/b/c"), "y")).isFalse();
    assertThat(tree.unsubscribe(new TopicFilter("a/b/c"), "x")).isTrue();
    assertThat(match("a/b")).containsExactly("y");
    assertThat(tree.unsubscribe(new TopicFilter("a/b"), "y")).isTrue();
    assertThat(tree.isBare()).isTrue();
    assertThat(tree.size()).isZero();
  }

  @Test
  void aBottomlessFilterIsRefusedAndABottomlessTopicIsHarmless() {
    TopicFilter bottomless = new TopicFilter("/".repeat(65_535));
    assertThatThrownBy(() -> tree.subscribe(bottomless, "x", ANY))
        .isInstanceOf(MalformedTopic.class);
    assertThat(tree.unsubscribe(bottomless, "x")).isFalse();
    subscribe("all", "#");
    subscribe("deep", "+/".repeat(TopicTree.MAX_LEVELS - 1) + "#");
    assertThat(match("/".repeat(65_535))).containsExactlyInAnyOrder("all", "deep");
  }

  @Test
  void aTopicMatchedAgainAndAgainSeesWhatChanged() {
    Topic topic = new Topic("a/b/c");
    List<String> keys = new ArrayList<>();
    for (String filter : List.of("a/b/c", "a/+/c", "a/#", "+/b/+")) {
      subscribe(filter, filter);
      keys.add(filter);
      for (int i = 0; i < 3; i++)
        assertThat(match(topic)).containsExactlyInAnyOrderElementsOf(keys);
    }
    for (String filter : List.copyOf(keys)) {
      tree.unsubscribe(new TopicFilter(filter), filter);
      keys.remove(filter);
      for (int i = 0; i < 3; i++)
        assertThat(match(topic)).containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void levelsBeyondThoseOfAnyFilterMatchAllLevelsOnly() {
    String deepest = "a/".repeat(TopicTree.MAX_LEVELS - 1) + "a";
    subscribe("exact", deepest);
    subscribe("all", "a/".repeat(TopicTree.MAX_LEVELS - 1) + "#");
    assertThat(match(deepest)).containsExactlyInAnyOrder("exact", "all");
    assertThat(match(deepest + "/a")).containsExactly("all");
    assertThat(match(deepest + "/a/a")).containsExactly("all");
  }

  @Test
  void threadsThatAddAndPruneTheSameBranchesLoseNothing() throws Exception {
    int threads = 4;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<Map<String, Boolean>>> outcomes = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      String key = "thread" + t;
      long seed = t;
      outcomes.add(
          pool.submit(
              () -> {
                start.await();
                return churn(key, new Random(seed));
              }));
    }
    int expected = 0;
    for (int t = 0; t < threads; t++) {
      Map<String, Boolean> held = outcomes.get(t).get(30, TimeUnit.SECONDS);
      String key = "thread" + t;
      for (Map.Entry<String, Boolean> entry : held.entrySet()) {
        assertThat(match(entry.getKey()).contains(key)).isEqualTo(entry.getValue());
        if (entry.getValue()) expected++;
      }
    }
    assertThat(tree.size()).isEqualTo(expected);
    pool.shutdown();
  }

  /** Wildcards are also remembered beside the map they stand in; threads must not part the two. */
  @Test
  void threadsThatComeAndGoWithWildcardsLeaveWhatTheyHold() throws Exception {
    List<String> filters = List.of("+/b", "a/#", "#", "a/+");
    List<Thread> threads = new ArrayList<>();
    for (String filter : filters)
      for (String key : List.of("odd", "even"))
        threads.add(
            new Thread(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    tree.subscribe(new TopicFilter(filter), filter + key, ANY);
                    if (key.equals("odd") || i < 19_999)
                      tree.unsubscribe(new TopicFilter(filter), filter + key);
                  }
                }));
    threads.forEach(Thread::start);
    for (Thread thread : threads) thread.join();
    assertThat(match("a/b")).containsExactlyInAnyOrder("+/beven", "a/#even", "#even", "a/+even");
  }

  /**
   * Subscribes and unsubscribes on few branches, so that threads meet; tells what it ended with.
   */
  private Map<String, Boolean> churn(String key, Random random) {
    Map<String, Boolean> held = new HashMap<>();
    for (int i = 0; i < 40_000; i++) {
      String filter = "a/" + random.nextInt(2) + "/" + random.nextInt(2);
      boolean before = held.getOrDefault(filter, false);
      if (random.nextBoolean()) {
        assertThat(tree.subscribe(new TopicFilter(filter), key, ANY)).isEqualTo(!before);
        held.put(filter, true);
      } else {
        assertThat(tree.unsubscribe(new TopicFilter(filter), key)).isEqualTo(before);
        held.put(filter, false);
      }
    }
    return held;
  }

  private void subscribe(String key, String filter) {
    tree.subscribe(new TopicFilter(filter), key, ANY);
  }

  private List<String> match(String topic) {
    return match(new Topic(topic));
  }

  private List<String> match(Topic topic) {
    List<String> keys = new ArrayList<>();
    tree.match(topic, (key, subscription) -> keys.add(key));
    return keys;
  }
}
