package io.mestral.routing;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusing;
import io.mestral.routing.retained.RetainedMessages;
import io.mestral.routing.topic.TopicTree;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each message to everybody who wants it and gathers their answers into one. Any thread may
 * use it; receivers see to their own threads.
 */
public final class Router {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final Subscription ANY = Subscription.at(QoS.EXACTLY_ONCE);
  private static final Future<Delivery> NOBODY = Future.succeededFuture(Delivery.NOBODY);
  private static final Future<Void> AT_ONCE = Future.succeededFuture();

  private final TopicTree<Subscriber> subscriptions = new TopicTree<>();
  private final ShareGroups groups = new ShareGroups(subscriptions, this::give);
  private final Lines lines = new Lines();
  private final RetainedMessages retained;
  private final Keeper keeper;

  /** A router that has this keeper keep what must not be lost. */
  public Router(RetainedMessages retained, Keeper keeper) {
    this.retained = retained;
    this.keeper = keeper;
  }

  /** The last messages of topics, for those who subscribe to them. */
  public RetainedMessages retained() {
    return retained;
  }

  /**
   * Adds or replaces a subscription; the subscriber is known by its {@code equals}.
   *
   * @return whether it had none to this filter before
   * @throws io.mestral.model.mqtt.MalformedTopic when the filter is too deep
   */
  public boolean subscribe(Subscriber subscriber, TopicFilter filter, Subscription subscription) {
    return filter.isShared()
        ? groups.join(filter, subscriber, subscription)
        : subscriptions.subscribe(filter, subscriber, subscription);
  }

  /**
   * Takes a subscription away.
   *
   * @return whether there was one
   */
  public boolean unsubscribe(Subscriber subscriber, TopicFilter filter) {
    return filter.isShared()
        ? groups.leave(filter, subscriber)
        : subscriptions.unsubscribe(filter, subscriber);
  }

  /** How many subscriptions there are, for operators. */
  public int subscriptions() {
    return subscriptions.size() + groups.beyondTheTree();
  }

  /** Whether this principal subscribes to a topic and is here now. Any thread may ask. */
  public boolean isAwaited(Topic topic, String principal) {
    boolean[] isHere = {false};
    subscriptions.match(
        topic, (subscriber, granted) -> isHere[0] = isHere[0] || subscriber.isPresent(principal));
    return isHere[0];
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
    if (publish.retain()) return retain(publish, origin);
    Receivers receivers = new Receivers(origin.sender());
    subscriptions.match(publish.topic(), receivers);
    if (origin.exactlyOnceId() != 0) return exactlyOnce(publish, origin, receivers);
    return switch (receivers.count()) {
      case 0 -> NOBODY;
      case 1 -> toOne(publish, origin, receivers);
      default -> toAll(publish, origin, receivers);
    };
  }

  /**
   * First it is there for subscribers to come, then those who are there already are looked up: so
   * one who subscribes meanwhile misses nothing. Those who aren't kept have it at once, in the
   * order of arrival, whatever it or one before it waits for before it is written down.
   */
  private Future<Delivery> retain(Publish publish, Origin origin) {
    if (origin.exactlyOnceId() != 0) return retainExactlyOnce(publish, origin);
    Receivers receivers = new Receivers(origin.sender());
    Tally tally = new Tally();
    tally.add(
        recovered(
            retained.change(
                publish,
                (message, needed) -> {
                  List<Receiver> kept = keptReceivers(message, receivers);
                  if (kept.isEmpty() && !needed) return NOBODY;
                  return lines.inTurn(message, origin, AT_ONCE, () -> keep(message, origin, kept));
                })));
    handOver(publish, origin, receivers, tally);
    return tally.delivery();
  }

  /** As {@link #exactlyOnce}: it is seen at once, and written down when the others have it. */
  private Future<Delivery> retainExactlyOnce(Publish publish, Origin origin) {
    Receivers receivers = new Receivers(origin.sender());
    Promise<Delivery> others = Promise.promise();
    Future<Delivery> answer = others.future();
    Future<Delivery> written =
        retained.change(
            publish,
            (message, needed) -> {
              List<Receiver> kept = keptReceivers(message, receivers);
              return lines.inTurn(
                  message,
                  origin,
                  answer,
                  () -> remember(message, origin, answer.result(), kept, needed));
            });
    Tally direct = new Tally();
    handOver(publish, origin, receivers, direct);
    direct.delivery().onComplete(others);
    return both(answer, written);
  }

  private List<Receiver> keptReceivers(Publish publish, Receivers receivers) {
    subscriptions.match(publish.topic(), receivers);
    return receivers.takeKept(publish.qos());
  }

  /**
   * Has another member of a group take a message that the one it was given to didn't send. Answers
   * like {@link #route}.
   *
   * @param filter with the group in front
   */
  public Future<Delivery> passOn(Publish publish, TopicFilter filter) {
    return groups.find(filter).map(group -> group.deliver(publish, ANY)).orElse(NOBODY);
  }

  /** Gives a message to the member of a group whose turn it is. */
  private Future<Delivery> give(Publish publish, Receiver member) {
    boolean kept = publish.qos() != QoS.AT_MOST_ONCE && member.subscriber().isKept();
    return recovered(
        kept
            ? keep(publish.notRetained(), Origin.NOBODY, List.of(member))
            : handOver(member.subscriber(), publish, member.subscription(), Origin.NOBODY));
  }

  private Future<Delivery> toOne(Publish publish, Origin origin, Receivers receivers) {
    Subscription subscription = receivers.onlySubscription();
    if (receivers.only().isKept()) return toAll(publish, origin, receivers);
    return recovered(
        handOver(receivers.only(), publish.cappedAt(subscription.qos()), subscription, origin));
  }

  private Future<Delivery> toAll(Publish publish, Origin origin, Receivers receivers) {
    Tally tally = new Tally();
    List<Receiver> kept = receivers.takeKept(publish.qos());
    if (!kept.isEmpty()) {
      Supplier<Future<Delivery>> keeping = () -> keepForAll(publish, origin, kept);
      tally.add(recovered(lines.inTurn(publish, origin, AT_ONCE, keeping)));
    }
    handOver(publish, origin, receivers, tally);
    return tally.delivery();
  }

  /**
   * Whoever keeps for itself has it first: once its identifier is on disk the message isn't routed
   * again, even if the node is killed before they had it. What they refuse is not remembered.
   */
  private Future<Delivery> exactlyOnce(Publish publish, Origin origin, Receivers receivers) {
    List<Receiver> kept = receivers.takeKept(publish.qos());
    Tally others = new Tally();
    handOver(publish, origin, receivers, others);
    Future<Delivery> answer = others.delivery();
    Supplier<Future<Delivery>> keeping =
        () -> remember(publish, origin, answer.result(), kept, false);
    return both(answer, lines.inTurn(publish, origin, answer, keeping));
  }

  private static Future<Delivery> both(Future<Delivery> others, Future<Delivery> written) {
    Tally tally = new Tally();
    tally.add(others);
    tally.add(recovered(written));
    return tally.delivery();
  }

  /** Keeps a message, and its identifier unless one of the others refused it. */
  private Future<Delivery> remember(
      Publish publish, Origin origin, Delivery others, List<Receiver> kept, boolean needed) {
    if (!(others instanceof Delivery.Refused)) return keep(publish, origin, kept);
    if (kept.isEmpty() && !needed) return NOBODY;
    return keep(publish, origin.remembering(0), kept);
  }

  /** Whom its receipt isn't about has it without. */
  private Future<Delivery> keepForAll(Publish publish, Origin origin, List<Receiver> receivers) {
    if (publish.receipt().isEmpty()) return keep(publish, origin, receivers);
    Map<Boolean, List<Receiver>> parts =
        receivers.stream()
            .collect(Collectors.partitioningBy(one -> isHeardOf(publish, one.subscriber())));
    if (parts.get(false).isEmpty()) return keep(publish, origin, receivers);
    Future<Delivery> others = keep(publish.withoutReceipt(), origin, parts.get(false));
    return parts.get(true).isEmpty()
        ? others
        : both(others, keep(publish, origin, parts.get(true)));
  }

  private static boolean isHeardOf(Publish publish, Subscriber subscriber) {
    return publish.receipt().isEmpty() || publish.receipt().get().isAbout(subscriber.principal());
  }

  private Future<Delivery> keep(Publish publish, Origin origin, List<Receiver> receivers) {
    try {
      return keeper.keep(publish, origin, receivers);
    } catch (RuntimeException unforeseen) {
      return Future.failedFuture(unforeseen);
    }
  }

  private static void handOver(Publish publish, Origin origin, Receivers receivers, Tally tally) {
    Capped capped = new Capped(publish);
    receivers.forEach(
        (receiver, subscription) ->
            tally.add(
                recovered(
                    handOver(receiver, capped.at(subscription.qos()), subscription, origin))));
  }

  private static Future<Delivery> recovered(Future<Delivery> answer) {
    return answer.succeeded() ? answer : answer.recover(Router::refused);
  }

  private static Future<Delivery> handOver(
      Subscriber receiver, Publish publish, Subscription subscription, Origin origin) {
    Publish message = isHeardOf(publish, receiver) ? publish : publish.withoutReceipt();
    try {
      return receiver.deliver(message, subscription, origin);
    } catch (RuntimeException unforeseen) {
      return Future.failedFuture(unforeseen); // one bad receiver must not keep it from the others
    }
  }

  private static Future<Delivery> refused(Throwable failure) {
    if (!(failure instanceof Refusing)) LOG.warn("a receiver failed to take a message", failure);
    return Future.succeededFuture(Delivery.Refused.because(failure));
  }
}
