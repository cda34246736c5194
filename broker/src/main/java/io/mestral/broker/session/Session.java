package io.mestral.broker.session;

import io.mestral.broker.telemetry.Masking;
import io.mestral.broker.telemetry.SessionFigures;
import io.mestral.config.ClientLimits;
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
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One client's subscriptions and messages on their way, both directions. What a client's connection
 * asks of it, it asks on its own event loop.
 */
public abstract class Session implements Subscriber {
  private final SessionKey key;
  private final Router router;
  private Set<TopicFilter> filters = Set.of(); // many clients only publish
  private int filterBytes;

  /** A session without subscriptions. */
  protected Session(SessionKey key, Router router) {
    this.key = key;
    this.router = router;
  }

  /** Whose session it is. */
  public final SessionKey key() {
    return key;
  }

  @Override
  public final String principal() {
    return key.principal();
  }

  /** What it holds now. Called on its client's event loop. */
  public abstract SessionFigures figures();

  /** What its queue counts just now. Any thread may ask. */
  public abstract long queuedBytes();

  /** What came from the client over its connection and isn't done. */
  public abstract Incoming incoming();

  /**
   * What becomes of an exactly-once message that came with this identifier before the connection
   * did; empty when the identifier means a new message (MQTT-4.3.3-10).
   */
  public abstract Optional<Future<Delivery>> outcomeOf(int packetId);

  /**
   * An exactly-once message is on its way to its receivers: should the client come back and send it
   * again before it is there, its outcome answers both.
   */
  public void underWay(int packetId, Future<Delivery> outcome) {}

  /**
   * PUBREL: the identifier means a new message from now on (MQTT-4.3.3-12). Succeeds with whether
   * it was one to release, when that would outlive the node; then PUBCOMP is due.
   */
  public abstract Future<Boolean> released(int packetId);

  /**
   * The message with this identifier was refused: it means a new one from now on (MQTT-4.3.3-9).
   * Succeeds when that would outlive the node.
   */
  public abstract Future<Void> forget(int packetId);

  /**
   * Adds or replaces a subscription.
   *
   * @param limits how many subscriptions this client may have, and how long all filters together
   * @return whether it is a new one
   * @throws RefusedException when it would be one too many
   * @throws io.mestral.model.mqtt.MalformedTopic when the filter is too deep
   */
  public final boolean subscribe(
      TopicFilter filter, Subscription subscription, ClientLimits limits) {
    boolean isNew = !filters.contains(filter);
    if (isNew && filters.size() >= limits.maxSubscriptions())
      throw new RefusedException(Refusal.QUOTA_EXCEEDED, "too many subscriptions");
    if (isNew && filterBytes + length(filter) > limits.maxFilterBytes())
      throw new RefusedException(Refusal.QUOTA_EXCEEDED, "too long topic filters");
    router.subscribe(this, filter, subscription);
    if (isNew) add(filter);
    granted(filter, subscription);
    return isNew;
  }

  /**
   * Gives the client the retained messages of a subscription, behind what it was sent before and as
   * fast as it takes them.
   */
  public abstract void deliverRetained(
      TopicFilter filter, Subscription subscription, RetainedCursor messages);

  /** Takes a subscription away; whether there was one. */
  public final boolean unsubscribe(TopicFilter filter) {
    boolean known = filters.contains(filter);
    boolean had = known && router.unsubscribe(this, filter);
    if (known) {
      filters.remove(filter);
      filterBytes -= length(filter);
    }
    withdrawn(filter);
    return had;
  }

  /** What it subscribes to. Called on its client's event loop, as long as there is one. */
  public List<TopicFilter> filters() {
    return List.copyOf(filters);
  }

  /** Its filters, for operators, without the tokens in them. */
  protected final List<String> shownFilters() {
    return filters.stream().map(TopicFilter::value).map(Masking::filter).toList();
  }

  /**
   * Succeeds when all subscribing and unsubscribing so far would outlive the node, as far as this
   * session does; fails when it wouldn't.
   */
  public abstract Future<Void> written();

  /** PUBACK from the client. An identifier that isn't open changes nothing. */
  public abstract void acknowledged(int packetId);

  /** PUBREC from the client. */
  public abstract void received(int packetId);

  /** PUBACK or PUBREC from the client, as its quality of service has it, with an error. */
  public abstract void rejected(QoS qos, int packetId);

  /** PUBCOMP from the client. */
  public abstract void completed(int packetId);

  /** The network takes more. */
  public abstract void writable();

  /** The client had its CONNACK: it can be sent what is there for it. */
  public abstract void start();

  /** The client's DISCONNECT says how long the session shall outlive the connection. */
  public abstract void expireAfter(Duration expiry);

  /**
   * The connection is gone.
   *
   * @param willDue whether the client's will is to be published
   */
  public abstract void leave(boolean willDue);

  /** Ends its connection for this reason, if there is one. Any thread may ask. */
  public abstract void sendAway(Refusal why);

  /** The courier brings a message. */
  protected abstract void handOver(Arrival arrival);

  /** Puts back a subscription that was granted before; the filter was legal then. */
  protected final void restore(TopicFilter filter, Subscription subscription) {
    router.subscribe(this, filter, subscription);
    add(filter);
  }

  private void add(TopicFilter filter) {
    if (filters.isEmpty()) filters = new HashSet<>();
    if (filters.add(filter)) filterBytes += length(filter);
  }

  private static int length(TopicFilter filter) {
    return ByteBufUtil.utf8Bytes(filter.value());
  }

  /** A subscription was added or replaced. */
  protected void granted(TopicFilter filter, Subscription subscription) {}

  /** A subscription was to be taken away, and there is none now. */
  protected void withdrawn(TopicFilter filter) {}

  /** Gives a message that this session won't send to another member of the group that shares it. */
  protected final Future<Delivery> passOn(Publish publish, TopicFilter shared) {
    return router.passOn(publish, shared);
  }

  /** Takes all its subscriptions away, without {@link #withdrawn}. */
  protected final void leaveRouter() {
    for (TopicFilter filter : filters) router.unsubscribe(this, filter);
    filters = Set.of();
    filterBytes = 0;
  }
}
