package io.mestral.routing.topic;

import io.mestral.model.mqtt.MalformedTopic;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Who wants which topic: a trie with one level of a filter per node. Any thread may use it.
 *
 * <p>A branch is changed only inside {@code compute} calls on the maps above it, taken from the
 * root downwards; so adding to a branch and pruning it exclude each other, and nobody can add to a
 * node that was just cut off. Matching takes no lock at all.
 */
public final class TopicTree<K> {
  /**
   * The deepest filter taken. Adding and pruning recurse once per level, and a filter of 65,535
   * slashes must not reach the end of the stack.
   */
  public static final int MAX_LEVELS = 200;

  private final Node<K> root = new Node<>();
  private final AtomicInteger size = new AtomicInteger();

  /**
   * Adds or replaces what the key was granted for this filter.
   *
   * @return whether the key had no subscription to this filter before
   * @throws MalformedTopic when the filter has more than {@link #MAX_LEVELS} levels
   */
  public boolean subscribe(TopicFilter filter, K key, Subscription subscription) {
    Path<K> path = new Path<>(filter.levels(), key);
    if (path.levels.length > MAX_LEVELS)
      throw new MalformedTopic(
          Refusal.TOPIC_FILTER_INVALID, "a topic filter has at most " + MAX_LEVELS + " levels");
    root.add(path, 0, subscription);
    if (path.changed) size.incrementAndGet();
    return path.changed;
  }

  /**
   * Takes the key's subscription to this filter away.
   *
   * @return whether there was one
   */
  public boolean unsubscribe(TopicFilter filter, K key) {
    Path<K> path = new Path<>(filter.levels(), key);
    if (path.levels.length > MAX_LEVELS) return false;
    root.remove(path, 0);
    if (path.changed) size.decrementAndGet();
    return path.changed;
  }

  /**
   * Calls the action for each subscription that wants the topic; a key with several fitting filters
   * is named once for each.
   */
  public void match(Topic topic, BiConsumer<K, Subscription> action) {
    root.match(topic.levels(MAX_LEVELS + 1), 0, topic.isReserved(), action);
  }

  /** How many subscriptions there are. */
  public int size() {
    return size.get();
  }

  /** Whether every branch was pruned: then the tree holds nothing but its root. */
  boolean isBare() {
    return root.isEmpty();
  }

  /** One walk down the tree, and what came of it. */
  private static final class Path<K> {
    final String[] levels;
    final K key;
    boolean changed;

    Path(String[] levels, K key) {
      this.levels = levels;
      this.key = key;
    }
  }

  private static final class Node<K> {
    final Map<String, Node<K>> children = new ConcurrentHashMap<>();
    volatile Node<K> oneLevel; // the child for "+", looked up for every message; null if none
    volatile Node<K> allLevels; // the child for "#"
    final Map<K, Subscription> subscriptions = new ConcurrentHashMap<>();

    boolean isEmpty() {
      return subscriptions.isEmpty() && children.isEmpty();
    }

    void add(Path<K> path, int depth, Subscription subscription) {
      if (depth == path.levels.length) {
        path.changed = subscriptions.put(path.key, subscription) == null;
        return;
      }
      children.compute(
          path.levels[depth],
          (level, child) -> {
            Node<K> node = child == null ? new Node<>() : child;
            node.add(path, depth + 1, subscription);
            remember(level, node);
            return node;
          });
    }

    void remove(Path<K> path, int depth) {
      if (depth == path.levels.length) {
        path.changed = subscriptions.remove(path.key) != null;
        return;
      }
      children.computeIfPresent(
          path.levels[depth],
          (level, child) -> {
            child.remove(path, depth + 1);
            Node<K> left = child.isEmpty() ? null : child;
            remember(level, left);
            return left;
          });
    }

    /** Called where changes of this child exclude each other. */
    private void remember(String level, Node<K> child) {
      if (level.equals(TopicFilter.ONE_LEVEL)) oneLevel = child;
      else if (level.equals(TopicFilter.ALL_LEVELS)) allLevels = child;
    }

    void match(String[] levels, int depth, boolean reserved, BiConsumer<K, Subscription> action) {
      boolean wildcards = depth > 0 || !reserved; // MQTT-4.7.2-1
      Node<K> rest = wildcards ? allLevels : null;
      if (rest != null) rest.subscriptions.forEach(action); // "a/#" wants "a" too
      if (depth == levels.length) {
        subscriptions.forEach(action);
        return;
      }
      Node<K> any = wildcards ? oneLevel : null;
      if (any != null) any.match(levels, depth + 1, reserved, action);
      Node<K> exact = children.get(levels[depth]);
      if (exact != null) exact.match(levels, depth + 1, reserved, action);
    }
  }
}
