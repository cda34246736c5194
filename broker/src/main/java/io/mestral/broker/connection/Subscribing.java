package io.mestral.broker.connection;

import io.mestral.broker.session.OneByOne;
import io.mestral.broker.session.Retry;
import io.mestral.broker.wire.Packet.Subscribe;
import io.mestral.broker.wire.Packet.Subscribe.Request;
import io.mestral.broker.wire.Packet.Unsubscribe;
import io.mestral.broker.wire.ReasonCode;
import io.mestral.model.access.SubscribeRights;
import io.mestral.model.mqtt.MalformedTopic;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.routing.retained.RetainedCursor;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Grants subscriptions, filter by filter, and takes them back. */
final class Subscribing {
  private static final int MOST_AT_ONCE = 10_000; // each may be a look-up, and the socket waits

  private final Link link;

  Subscribing(Link link) {
    this.link = link;
  }

  /**
   * Asks whether the client may, then answers all filters at once. The socket waits meanwhile, so
   * that what was sent later is not done earlier.
   */
  void onSubscribe(Subscribe packet) {
    if (packet.requests().size() > MOST_AT_ONCE) {
      String words = "at most " + MOST_AT_ONCE + " filters in a packet";
      link.disconnector().end(Ending.violation(Refusal.QUOTA_EXCEEDED.mqttReason(), words));
      return;
    }
    long asked = link.services().sessions().moment(); // before: what changes meanwhile shows
    SubscribeRights rights = rights();
    List<Future<TopicFilter>> allowed = new ArrayList<>(packet.requests().size());
    Future<?> all =
        OneByOne.each(
            packet.requests(),
            request -> {
              Future<TopicFilter> one = allowed(rights, request);
              allowed.add(one);
              return one;
            });
    if (all.isComplete()) {
      answer(packet, allowed, asked);
      return;
    }
    link.socket().pause(MqttSocket.Pause.SUBSCRIBING);
    all.onComplete(done -> link.loop().courier().run(() -> answer(packet, allowed, asked)));
  }

  void onUnsubscribe(Unsubscribe packet) {
    byte[] codes = new byte[packet.filters().size()];
    for (int i = 0; i < codes.length; i++) codes[i] = (byte) unsubscribe(packet.filters().get(i));
    whenWritten(() -> link.answer(link.client().frames().unsuback(packet.packetId(), codes)));
  }

  /**
   * Answers when what was agreed on would outlive the node, if the session does; the socket waits
   * until then. A client that gets no answer connects again and asks again.
   */
  private void whenWritten(Runnable answer) {
    Future<Void> written = link.session().written();
    if (written.isComplete()) {
      conclude(answer, written);
      return;
    }
    link.socket().pause(MqttSocket.Pause.SUBSCRIBING);
    written.onComplete(done -> link.loop().courier().run(() -> conclude(answer, written)));
  }

  private void conclude(Runnable answer, Future<Void> written) {
    if (written.succeeded()) answer.run();
    else link.disconnector().end(Ending.refused(Refusal.of(written.cause()).mqttReason()));
    link.socket().resume(MqttSocket.Pause.SUBSCRIBING);
  }

  /**
   * Looks again at what was granted. Ends the connection when something wouldn't be now; fails when
   * that can't be found out of each.
   */
  Future<Void> review() {
    SubscribeRights rights = rights();
    return OneByOne.each(
        link.session().filters(),
        filter ->
            link.disconnector().hasEnded()
                ? Future.succeededFuture()
                : may(rights, filter)
                    .onSuccess(
                        may -> {
                          if (!may) link.loop().courier().run(this::sendAway);
                        }));
  }

  private void sendAway() {
    link.disconnector().end(Ending.NO_LONGER_ALLOWED);
  }

  private SubscribeRights rights() {
    return link.services().policy().subscriptionsOf(link.client().principal());
  }

  private Future<Boolean> may(SubscribeRights rights, TopicFilter filter) {
    return rights
        .maySubscribe(filter.unshared())
        .timeout(
            link.services().options().limits().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Succeeds with the filter; fails with why the client doesn't get it. */
  private Future<TopicFilter> allowed(SubscribeRights rights, Request request) {
    try {
      TopicFilter filter = new TopicFilter(request.filter());
      return may(rights, filter)
          .map(
              may -> {
                if (may) return filter;
                throw new RefusedException(Refusal.NOT_AUTHORIZED, "");
              });
    } catch (MalformedTopic malformed) {
      return Future.failedFuture(malformed);
    }
  }

  private void answer(Subscribe packet, List<Future<TopicFilter>> allowed, long asked) {
    if (link.disconnector().hasEnded()) return;
    byte[] codes = new byte[allowed.size()];
    List<Runnable> retained = new ArrayList<>(0);
    for (int i = 0; i < codes.length; i++) {
      Request request = packet.requests().get(i);
      codes[i] = (byte) subscribe(allowed.get(i), request, packet.identifier(), retained);
    }
    if (link.services().sessions().moment() != asked)
      Retry.untilDone(link.loop().courier()::later, this::review);
    whenWritten(
        () -> {
          link.answer(link.client().frames().suback(packet.packetId(), codes));
          retained.forEach(Runnable::run);
        });
  }

  /** The code to answer; what was retained for the subscription is looked up and sent later. */
  private int subscribe(
      Future<TopicFilter> allowed,
      Request request,
      OptionalInt identifier,
      List<Runnable> retained) {
    if (allowed.failed()) return refusal(request, allowed.cause());
    TopicFilter filter = allowed.result();
    Subscription subscription = subscription(request, identifier);
    try {
      boolean isNew =
          link.session().subscribe(filter, subscription, link.services().options().limits());
      link.watch().subscribed(request.filter(), request.qos());
      if (!filter.isShared() && wantsRetained(request, isNew)) {
        RetainedCursor messages =
            link.services().router().retained().matching(filter, subscription.qos());
        retained.add(() -> link.session().deliverRetained(filter, subscription, messages));
      }
      return request.qos().level();
    } catch (MalformedTopic | RefusedException refused) {
      return refusal(request, refused);
    }
  }

  private static Subscription subscription(Request request, OptionalInt identifier) {
    List<Integer> identifiers = identifier.isPresent() ? List.of(identifier.getAsInt()) : List.of();
    return new Subscription(
        request.qos(), request.noLocal(), request.retainAsPublished(), identifiers);
  }

  /** MQTT-3.3.1-9 to -11. */
  private static boolean wantsRetained(Request request, boolean isNew) {
    return switch (request.retainHandling()) {
      case ALWAYS -> true;
      case IF_NEW -> isNew;
      case NEVER -> false;
    };
  }

  private int unsubscribe(String filter) {
    try {
      if (!link.session().unsubscribe(new TopicFilter(filter)))
        return ReasonCode.NO_SUBSCRIPTION_EXISTED;
      link.watch().unsubscribed(filter);
      return ReasonCode.SUCCESS;
    } catch (MalformedTopic malformed) {
      return Refusal.TOPIC_FILTER_INVALID.mqttReason();
    }
  }

  /** 3.1.1 knows only one way to fail (MQTT-3.9.3-2). */
  private int refusal(Request request, Throwable failure) {
    Refusal reason = Refusal.of(failure);
    link.watch().notSubscribed(request.filter(), reason);
    if (!link.client().isV5()) return ReasonCode.UNSPECIFIED_ERROR;
    return ReasonCode.inSuback(reason);
  }
}
