package io.mestral.routing;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusing;
import io.mestral.routing.topic.TopicTree;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each message to everybody who wants it and gathers their answers into one. Any thread may
 * use it; receivers see to their own threads.
 */
public final class Router {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final Future<Delivery> NOBODY = Future.succeededFuture(Delivery.NOBODY);

  private final TopicTree<Subscriber> subscriptions = new TopicTree<>();
  private final Keeper keeper;

  /** A router whose subscribers keep nothing. */
  public Router() {
    this(Keeper.NONE);
  }

  /** A router that has this keeper keep what must not be lost. */
  public Router(Keeper keeper) {
    this.keeper = keeper;
  }

  /**
   * Adds or replaces a subscription; the subscriber is known by its {@code equals}.
   *
   * @return whether it had none to this filter before
   * @throws io.mestral.model.mqtt.MalformedTopic when the filter is too deep
   */
  public boolean subscribe(Subscriber subscriber, TopicFilter filter, Subscription subscription) {
    return subscriptions.subscribe(filter, subscriber, subscription);
  }

  /**
   * Takes a subscription away.
   *
   * @return whether there was one
   */
  public boolean unsubscribe(Subscriber subscriber, TopicFilter filter) {
    return subscriptions.unsubscribe(filter, subscriber);
  }

  /** How many subscriptions there are, for operators. */
  public int subscriptions() {
    return subscriptions.size();
  }

  /**
   * Delivers to every subscriber once, however many of its subscriptions fit (MQTT-3.3.4-2).
   *
   * <p>Always succeeds: with {@code Delivered} when all receivers have it and those that must keep
   * it have kept it, {@link Delivery#NOBODY} when none wanted it, and {@code Refused} when any of
   * them didn't take it, for then the publisher must not believe that it is kept.
   *
   * @param origin its sender is not given back its own message where it asked for that
   *     (MQTT-3.8.3-3)
   */
  public Future<Delivery> route(Publish publish, Origin origin) {
    Receivers receivers = new Receivers(origin.sender());
    subscriptions.match(publish.topic(), receivers);
    return switch (receivers.count()) {
      case 0 -> NOBODY;
      case 1 -> toOne(publish, receivers.only(), receivers.onlySubscription());
      default -> toAll(publish, receivers);
    };
  }

  private Future<Delivery> toOne(Publish publish, Subscriber receiver, Subscription subscription) {
    Future<Delivery> answer =
        handOver(receiver, publish.cappedAt(subscription.qos()), subscription);
    return answer.succeeded() ? answer : answer.recover(Router::refused);
  }

  private Future<Delivery> toAll(Publish publish, Receivers receivers) {
    Tally tally = new Tally();
    List<Future<Delivery>> late = new ArrayList<>(0);
    Capped capped = new Capped(publish);
    receivers.forEach(
        (receiver, subscription) -> {
          Future<Delivery> answer = handOver(receiver, capped.at(subscription.qos()), subscription);
          if (answer.succeeded()) tally.add(answer.result());
          else late.add(answer.recover(Router::refused));
        });
    if (late.isEmpty()) return Future.succeededFuture(tally.delivery());
    return Future.join(late)
        .map(
            all -> {
              late.forEach(answer -> tally.add(answer.result()));
              return tally.delivery();
            });
  }

  private static Future<Delivery> handOver(
      Subscriber receiver, Publish publish, Subscription subscription) {
    try {
      return receiver.deliver(publish, subscription);
    } catch (RuntimeException unforeseen) {
      return Future.failedFuture(unforeseen); // one bad receiver must not keep it from the others
    }
  }

  private static Future<Delivery> refused(Throwable failure) {
    if (!(failure instanceof Refusing)) LOG.warn("a receiver failed to take a message", failure);
    return Future.succeededFuture(Delivery.Refused.because(failure));
  }
}
