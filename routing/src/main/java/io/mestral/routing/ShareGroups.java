package io.mestral.routing;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.routing.topic.TopicTree;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** The groups that share messages; each stands in the topic tree as long as it has a member. */
final class ShareGroups {
  private static final Subscription WHATEVER_MEMBERS_WANT = Subscription.at(QoS.EXACTLY_ONCE);

  private final Map<TopicFilter, ShareGroup> groups = new ConcurrentHashMap<>();
  private final AtomicInteger members = new AtomicInteger();
  private final TopicTree<Subscriber> tree;
  private final BiFunction<Publish, Receiver, Future<Delivery>> postman;

  ShareGroups(TopicTree<Subscriber> tree, BiFunction<Publish, Receiver, Future<Delivery>> postman) {
    this.tree = tree;
    this.postman = postman;
  }

  boolean join(TopicFilter filter, Subscriber subscriber, Subscription subscription) {
    AtomicInteger joined = new AtomicInteger();
    groups.compute(
        filter,
        (name, group) -> {
          ShareGroup joining = group == null ? founded(name) : group;
          if (joining.join(subscriber, subscription.sharing(name))) joined.incrementAndGet();
          return joining;
        });
    members.addAndGet(joined.get());
    return joined.get() > 0;
  }

  boolean leave(TopicFilter filter, Subscriber subscriber) {
    AtomicInteger left = new AtomicInteger();
    groups.computeIfPresent(
        filter,
        (name, group) -> {
          if (group.leave(subscriber)) left.incrementAndGet();
          if (!group.isEmpty()) return group;
          tree.unsubscribe(name.unshared(), group);
          return null;
        });
    members.addAndGet(-left.get());
    return left.get() > 0;
  }

  Optional<ShareGroup> find(TopicFilter filter) {
    return Optional.ofNullable(groups.get(filter));
  }

  /** How many members there are that the tree doesn't count. */
  int beyondTheTree() {
    return Math.max(0, members.get() - groups.size());
  }

  private ShareGroup founded(TopicFilter name) {
    ShareGroup group = new ShareGroup(postman);
    tree.subscribe(name.unshared(), group, WHATEVER_MEMBERS_WANT);
    return group;
  }
}
