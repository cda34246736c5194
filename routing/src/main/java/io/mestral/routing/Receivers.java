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
    if (subscription.noLocal() && sender.isPresent() && sender.get().equals(subscriber)) return;
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
    }
  }

  int count() {
    if (first == null) return 0;
    return all.isEmpty() ? 1 : all.size();
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
    if (!all.isEmpty()) {
      all.forEach((subscriber, subscription) -> addKept(subscriber, subscription, kept));
      for (Receiver receiver : kept) all.remove(receiver.subscriber());
    } else if (first != null) {
      addKept(first, firstSubscription, kept);
      if (!kept.isEmpty()) first = null;
    }
    return kept;
  }

  private static void addKept(
      Subscriber subscriber, Subscription subscription, List<Receiver> kept) {
    if (subscription.qos() != QoS.AT_MOST_ONCE && subscriber.isKept())
      kept.add(new Receiver(subscriber, subscription));
  }

  void forEach(BiConsumer<Subscriber, Subscription> action) {
    all.forEach(action);
    if (all.isEmpty() && first != null) action.accept(first, firstSubscription);
  }
}
