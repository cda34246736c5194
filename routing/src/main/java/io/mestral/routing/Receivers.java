package io.mestral.routing;

import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The subscribers that want one message, each once. Most messages have no receiver or a single one,
 * so the first is kept in plain fields and only a second one costs a map.
 */
final class Receivers implements BiConsumer<Subscriber, Subscription> {
  private final Optional<Subscriber> sender;
  private Subscriber first;
  private Subscription firstSubscription;
  private Map<Subscriber, Subscription> all = Map.of();

  Receivers(Optional<Subscriber> sender) {
    this.sender = sender;
  }

  @Override
  public void accept(Subscriber subscriber, Subscription subscription) {
    if (subscriber instanceof ShareGroup group) {
      group.turn().ifPresent(member -> add(member, subscription));
      return;
    }
    if (subscription.noLocal() && sender.isPresent() && sender.get().equals(subscriber)) return;
    add(subscriber, subscription);
  }

  private void add(Subscriber subscriber, Subscription subscription) {
    if (!all.isEmpty()) {
      all.merge(subscriber, subscription, Subscription::mergedWith);
    } else if (first == null) {
      first = subscriber;
      firstSubscription = subscription;
    } else if (first.equals(subscriber)) {
      firstSubscription = firstSubscription.mergedWith(subscription);
    } else {
      all = new LinkedHashMap<>();
      all.put(first, firstSubscription);
      all.put(subscriber, subscription);
      first = null;
    }
  }

  int count() {
    return first == null ? all.size() : 1;
  }

  Subscriber only() {
    return first;
  }

  Subscription onlySubscription() {
    return firstSubscription;
  }

  /**
   * Takes out those that must be kept, for a message of this quality of service; the others have it
   * from hand to hand.
   */
  List<Receiver> takeKept(QoS published) {
    if (published == QoS.AT_MOST_ONCE) return List.of();
    List<Receiver> kept = new ArrayList<>(0);
    if (first != null && isKept(first, firstSubscription)) {
      kept.add(receiver(first, firstSubscription));
      first = null;
    }
    all.entrySet()
        .removeIf(
            entry ->
                isKept(entry.getKey(), entry.getValue())
                    && kept.add(receiver(entry.getKey(), entry.getValue())));
    return kept;
  }

  private static boolean isKept(Subscriber subscriber, Subscription subscription) {
    return subscriber.isKept()
        && receiver(subscriber, subscription).subscription().qos() != QoS.AT_MOST_ONCE;
  }

  /** What is kept is kept for the member of a group whose turn it is. */
  private static Receiver receiver(Subscriber subscriber, Subscription subscription) {
    if (subscriber instanceof ShareGroup.Turn turn) return turn.member();
    return new Receiver(subscriber, subscription);
  }

  void forEach(BiConsumer<Subscriber, Subscription> action) {
    all.forEach(action);
    if (first != null) action.accept(first, firstSubscription);
  }
}
