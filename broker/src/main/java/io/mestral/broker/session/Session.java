package io.mestral.broker.session;

import io.mestral.broker.telemetry.Masking;
import io.mestral.broker.telemetry.SessionFigures;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.routing.retained.RetainedCursor;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client's subscriptions and messages on their way, both directions. It ends with its
 * connection. Everything but {@link #deliver}, {@link #takeOver} and {@link #sendAway} is called on
 * its event loop.
 *
 * <p>It keeps nothing beyond its connection, so it refuses no message: a publisher is not kept from
 * its acknowledgement by a client that doesn't read. That client is sent away instead.
 */
public final class Session implements Subscriber {
  /** More filters than any honest client has; the bound on what one client can make us hold. */
  public static final int MAX_SUBSCRIPTIONS = 10_000;

  private static final Future<Delivery> DONE = Future.succeededFuture(Delivery.DONE);
  private static final Future<Delivery> NOBODY = Future.succeededFuture(Delivery.NOBODY);

  private final SessionKey key;
  private final Principal principal;
  private final Router router;
  private final Courier courier;
  private final Outlet outlet;
  private final Outbox outbox;
  private final Incoming incoming = new Incoming();
  private final RetainedFlow retained;
  private final Set<TopicFilter> filters = new HashSet<>();
  private final AtomicBoolean overflowed = new AtomicBoolean();
  private volatile boolean ended;

  /** A session on the courier's event loop, without subscriptions. */
  public Session(
      Principal principal,
      String clientId,
      Router router,
      Courier courier,
      Outlet outlet,
      Outbox outbox) {
    this.key = SessionKey.of(principal, clientId);
    this.principal = principal;
    this.router = router;
    this.courier = courier;
    this.outlet = outlet;
    this.outbox = outbox;
    this.retained = new RetainedFlow(new Direct(outbox, outlet));
  }

  /** Whose session it is. */
  public SessionKey key() {
    return key;
  }

  /** Who its client speaks for, as it was when the client was let in. */
  public Principal principal() {
    return principal;
  }

  /** What it holds now. */
  public SessionFigures figures() {
    return new SessionFigures(
        outbox.inflight().open(),
        incoming.open(),
        outbox.queued(),
        outbox.queuedBytes(),
        filters.stream().map(TopicFilter::value).map(Masking::filter).toList());
  }

  /** What its queue counts just now. Any thread may ask. */
  public long queuedBytes() {
    return outbox.queuedBytes();
  }

  /** What came from the client and isn't done. */
  public Incoming incoming() {
    return incoming;
  }

  /**
   * Takes a message for the client and answers at once. QoS 0 is dropped when the network is slow
   * or the queue is full. A QoS 1 or 2 message that finds it full is dropped as well, and the
   * client is sent away: it was promised every message while it is here.
   */
  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    if (ended) return NOBODY;
    boolean lossy = publish.qos() == QoS.AT_MOST_ONCE;
    boolean home = courier.isHome();
    if (lossy && home) {
      outbox.offer(publish, subscription, outlet);
      return DONE;
    }
    if (overflowed.get() || !outbox.reserve(publish)) {
      outbox.dropped();
      if (!lossy && overflowed.compareAndSet(false, true)) courier.soon(outlet::tooSlow);
      return DONE;
    }
    Arrival arrival = outbox.arrival(publish, subscription);
    if (home) outbox.add(arrival, outlet);
    else courier.carry(this, arrival);
    return DONE;
  }

  /** The courier brings a message for which there is room. */
  void handOver(Arrival arrival) {
    if (ended) {
      outbox.release(arrival.publish());
    } else if (arrival.publish().qos() == QoS.AT_MOST_ONCE) {
      outbox.release(arrival.publish());
      outbox.offer(arrival.publish(), arrival.subscription(), outlet);
    } else {
      outbox.add(arrival, outlet);
    }
  }

  /**
   * Adds or replaces a subscription.
   *
   * @return whether it is a new one
   * @throws RefusedException when it would be one too many
   * @throws io.mestral.model.mqtt.MalformedTopic when the filter is too deep
   */
  public boolean subscribe(TopicFilter filter, Subscription subscription) {
    if (filters.size() >= MAX_SUBSCRIPTIONS && !filters.contains(filter))
      throw new RefusedException(Refusal.QUOTA_EXCEEDED, "too many subscriptions");
    router.subscribe(this, filter, subscription);
    return filters.add(filter);
  }

  /**
   * Gives the client the retained messages of a subscription, behind what it was sent before and as
   * fast as it takes them.
   */
  public void deliverRetained(
      TopicFilter filter, Subscription subscription, RetainedCursor messages) {
    if (!ended) retained.add(filter, subscription, messages);
  }

  /** Takes a subscription away; whether there was one. */
  public boolean unsubscribe(TopicFilter filter) {
    retained.remove(filter);
    return filters.remove(filter) && router.unsubscribe(this, filter);
  }

  /** PUBACK from the client. An identifier that isn't open changes nothing. */
  public void acknowledged(int packetId) {
    if (outbox.inflight().acknowledged(packetId)) sendMore();
  }

  /** PUBREC from the client. */
  public void received(int packetId) {
    outlet.release(packetId, outbox.inflight().received(packetId));
  }

  /** PUBREC from the client that refuses the message. */
  public void rejected(int packetId) {
    if (outbox.inflight().rejected(packetId)) sendMore();
  }

  /** PUBCOMP from the client. */
  public void completed(int packetId) {
    if (outbox.inflight().completed(packetId)) sendMore();
  }

  /** The network takes more. */
  public void writable() {
    if (!ended) sendMore();
  }

  /** Ends it: no subscription and no message of it is left. */
  public void end() {
    ended = true;
    for (TopicFilter filter : filters) router.unsubscribe(this, filter);
    filters.clear();
    retained.clear();
    outbox.clear();
  }

  /**
   * Gives way to a newer connection of the same client. Any thread may ask; succeeds when this
   * session is gone from the router and its client was told.
   */
  Future<Void> takeOver() {
    Promise<Void> gone = Promise.promise();
    courier.run(
        () -> {
          outlet.takenOver();
          gone.complete();
        });
    return gone.future();
  }

  /** Ends its connection for this reason. Any thread may ask. */
  void sendAway(Refusal why) {
    courier.soon(() -> outlet.sendAway(why));
  }

  private void sendMore() {
    outbox.drain(outlet);
    retained.advance();
  }
}
