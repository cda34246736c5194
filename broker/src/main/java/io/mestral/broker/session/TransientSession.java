package io.mestral.broker.session;

import io.mestral.broker.telemetry.SessionFigures;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Receipt;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.routing.Router;
import io.mestral.routing.retained.RetainedCursor;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A session that ends with its connection. Everything but {@link #deliver} is called on its event
 * loop.
 *
 * <p>It keeps nothing beyond its connection, so it refuses no message: a publisher is not kept from
 * its acknowledgement by a client that doesn't read. That client is sent away instead.
 */
public final class TransientSession extends Session {
  private static final Future<Delivery> DONE = Future.succeededFuture(Delivery.DONE);
  private static final Future<Delivery> NOBODY = Future.succeededFuture(Delivery.NOBODY);
  private static final Future<Boolean> KNOWN = Future.succeededFuture(true);
  private static final Future<Boolean> UNKNOWN = Future.succeededFuture(false);
  private static final Future<Void> WRITTEN = Future.succeededFuture();

  private final Courier courier;
  private final Outlet outlet;
  private final Outbox outbox;
  private final Incoming incoming = new Incoming();
  private final RetainedFlow retained;
  private final Relief relief;
  private final AtomicBoolean overflowed = new AtomicBoolean();
  private volatile boolean ended;

  /** A session on the courier's event loop, without subscriptions. */
  public TransientSession(
      SessionKey key, Router router, Courier courier, Outlet outlet, Outbox outbox) {
    super(key, router);
    this.courier = courier;
    this.outlet = outlet;
    this.outbox = outbox;
    this.retained = new RetainedFlow(new Direct(outbox, outlet));
    this.relief = new Relief(outbox.maxBytes(), outbox::queuedBytes, courier);
  }

  @Override
  public SessionFigures figures() {
    return new SessionFigures(
        outbox.inflight().open(),
        incoming.open(),
        outbox.queued(),
        outbox.queuedBytes(),
        shownFilters());
  }

  @Override
  public long queuedBytes() {
    return outbox.queuedBytes();
  }

  @Override
  public void deliverRetained(
      TopicFilter filter, Subscription subscription, RetainedCursor messages) {
    if (!ended) retained.add(filter, subscription, messages);
  }

  @Override
  protected void withdrawn(TopicFilter filter) {
    retained.remove(filter);
  }

  @Override
  public Incoming incoming() {
    return incoming;
  }

  @Override
  public Optional<Future<Delivery>> outcomeOf(int packetId) {
    return Optional.empty();
  }

  @Override
  public Future<Boolean> released(int packetId) {
    return incoming.released(packetId) ? KNOWN : UNKNOWN;
  }

  @Override
  public Future<Void> forget(int packetId) {
    return WRITTEN;
  }

  @Override
  public Future<Void> written() {
    return WRITTEN;
  }

  /**
   * Takes a message for the client and answers at once, or a little later when too much waits for
   * the client already, so that its publishers slow down. QoS 0 is dropped when the network is slow
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
      publish.receipt().ifPresent(Receipt::lost);
      if (!lossy && overflowed.compareAndSet(false, true)) courier.soon(outlet::tooSlow);
      return DONE;
    }
    Arrival arrival = outbox.arrival(publish, subscription);
    if (home) outbox.add(arrival, outlet);
    else courier.carry(this, arrival);
    return lossy ? DONE : relief.answer();
  }

  @Override
  protected void handOver(Arrival arrival) {
    if (ended) {
      outbox.release(arrival.publish());
      passOn(arrival);
    } else if (arrival.publish().qos() == QoS.AT_MOST_ONCE) {
      outbox.release(arrival.publish());
      outbox.offer(arrival.publish(), arrival.subscription(), outlet);
    } else {
      outbox.add(arrival, outlet);
    }
  }

  @Override
  public long waiting() {
    return outbox.waiting(outlet);
  }

  @Override
  public void acknowledged(int packetId) {
    if (outbox.inflight().acknowledged(packetId)) settled(packetId, true);
  }

  @Override
  public void received(int packetId) {
    outlet.release(packetId, outbox.inflight().received(packetId));
  }

  @Override
  public void rejected(QoS qos, int packetId) {
    if (outbox.inflight().rejected(qos, packetId)) settled(packetId, false);
  }

  @Override
  public void completed(int packetId) {
    if (outbox.inflight().completed(packetId)) settled(packetId, true);
  }

  @Override
  public void writable() {
    if (!ended) sendMore();
  }

  @Override
  public void start() {
    // it has no messages yet
  }

  @Override
  public void expireAfter(Duration expiry) {
    // it has ended by then
  }

  /** Ends it: no subscription and no message of it is left; the will is its connection's. */
  @Override
  public void leave(boolean willDue) {
    ended = true;
    leaveRouter();
    retained.clear();
    outbox.drop(this::passOn);
    outbox.forsake();
    relief.letGo();
  }

  /** Nobody will send it; if it was for one of a group, another one is there. */
  private void passOn(Arrival arrival) {
    Publish publish = arrival.publish();
    arrival
        .subscription()
        .shared()
        .ifPresentOrElse(
            filter ->
                passOn(publish, filter).onSuccess(outcome -> outbox.passedOn(publish, outcome)),
            () -> publish.receipt().ifPresent(Receipt::lost));
  }

  @Override
  public void sendAway(Refusal why) {
    courier.soon(() -> outlet.sendAway(why));
  }

  private void settled(int packetId, boolean isTaken) {
    outbox.settled(packetId, isTaken);
    sendMore();
  }

  private void sendMore() {
    outbox.drain(outlet);
    relief.look();
    retained.advance();
  }
}
