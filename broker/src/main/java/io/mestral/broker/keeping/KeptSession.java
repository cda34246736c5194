package io.mestral.broker.keeping;

import io.mestral.broker.keeping.LogEntry.SessionState;
import io.mestral.broker.session.Arrival;
import io.mestral.broker.session.Incoming;
import io.mestral.broker.session.Session;
import io.mestral.broker.session.SessionKey;
import io.mestral.broker.session.Terms;
import io.mestral.broker.session.Terms.LastWill;
import io.mestral.broker.telemetry.Masking;
import io.mestral.broker.telemetry.SessionFigures;
import io.mestral.broker.telemetry.event.Drop;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.routing.Router;
import io.mestral.routing.retained.RetainedCursor;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A session that outlives its connections and the node.
 *
 * <p>Publishers of all event loops queue messages here, the client's own loop takes them out, and
 * the loop changes with the connection; so unlike other sessions it has a lock, held for short
 * stretches that touch memory only. What is written down is handed to the journal under the lock
 * where the order of two records matters.
 */
final class KeptSession extends Session {
  private static final Future<Long> NOTHING_TO_WRITE = Future.succeededFuture(0L);
  private static final Future<Delivery> NOBODY = Future.succeededFuture(Delivery.NOBODY);
  private static final Future<Delivery> DONE = Future.succeededFuture(Delivery.DONE);
  private static final long MOST_CARRIED = 8 << 20; // bytes of QoS 0 between two event loops

  private final ReentrantLock lock = new ReentrantLock();
  private final long number;
  private final KeptSessions home;
  private final Parts parts;
  private final Outflow outflow;
  private final Inflow inflow;
  private final Standing standing = new Standing();
  private final Grants grants;
  private final StateRecord record;
  private final AtomicLong carried = new AtomicLong();
  private boolean ended;

  /** A session without subscriptions and messages, and without a client. */
  KeptSession(long number, SessionKey key, KeptSessions home, Router router, Parts parts) {
    super(key, router);
    this.number = number;
    this.home = home;
    this.parts = parts;
    this.outflow = new Outflow(number, lock, parts);
    this.inflow = new Inflow(number, lock, parts);
    this.grants = new Grants(number, lock, parts);
    this.record = new StateRecord(lock, parts, this::state);
  }

  long number() {
    return number;
  }

  /** Guards all of it; who takes several takes them in the order of their numbers. */
  ReentrantLock lock() {
    return lock;
  }

  Outflow outflow() {
    return outflow;
  }

  Inflow inflow() {
    return inflow;
  }

  /** Only under the lock, as the following are. */
  Standing standing() {
    return standing;
  }

  Grants grants() {
    return grants;
  }

  /** Where its state is written down. */
  Place place() {
    return record.place();
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public boolean isKept() {
    return true;
  }

  @Override
  public boolean isPresent() {
    return outflow.presence().isPresent();
  }

  /** QoS 0 comes here and goes out at once or not at all; what else comes here is queued. */
  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    if (publish.qos() != QoS.AT_MOST_ONCE) return home.keepFor(this, publish, subscription);
    Optional<Presence> client = outflow.presence();
    if (client.isEmpty()) {
      outflow.dropped(Drop.AWAY);
      return NOBODY;
    }
    if (client.get().way().courier().isHome()) outflow.sendNow(publish, subscription);
    else if (carried.addAndGet(publish.weight()) <= MOST_CARRIED)
      client.get().way().courier().carry(this, new Arrival(publish, subscription, 0));
    else drop(publish);
    return DONE;
  }

  private void drop(Publish publish) {
    carried.addAndGet(-publish.weight());
    outflow.dropped(Drop.SLOW);
  }

  @Override
  protected void handOver(Arrival arrival) {
    carried.addAndGet(-arrival.publish().weight());
    outflow.sendNow(arrival.publish(), arrival.subscription());
  }

  @Override
  public Incoming incoming() {
    return outflow.presence().map(Presence::incoming).orElseGet(Incoming::new);
  }

  @Override
  public Optional<Future<Delivery>> outcomeOf(int packetId) {
    return inflow.outcomeOf(packetId);
  }

  @Override
  public void underWay(int packetId, Future<Delivery> outcome) {
    inflow.underWay(packetId, outcome);
  }

  @Override
  public Future<Boolean> released(int packetId) {
    incoming().released(packetId);
    return inflow.released(packetId);
  }

  @Override
  public Future<Void> forget(int packetId) {
    return inflow.forget(packetId);
  }

  private <T> T asked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }

  /** Whether its client can be told why a message is refused. */
  boolean readsReasons() {
    return outflow.presence().map(client -> client.way().readsReasons()).orElse(false);
  }

  @Override
  protected void granted(TopicFilter filter, Subscription subscription) {
    lock.lock();
    try {
      grants.add(filter, subscription);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SessionFigures figures() {
    lock.lock();
    try {
      MessageQueue queue = outflow.queue();
      return new SessionFigures(
          queue.inFlight(),
          inflow.receipts().size(),
          queue.length() - queue.inFlight(),
          queue.bytes(),
          grants.filters().stream().map(TopicFilter::value).map(Masking::filter).toList(),
          outflow.droppedAway());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long queuedBytes() {
    return asked(outflow.queue()::bytes);
  }

  @Override
  public long waiting() {
    return queuedBytes();
  }

  @Override
  public void deliverRetained(
      TopicFilter filter, Subscription subscription, RetainedCursor messages) {
    onItsLoop().ifPresent(client -> client.retained().add(filter, subscription, messages));
  }

  /** The client, unless the caller served one that was here before, on another event loop. */
  private Optional<Presence> onItsLoop() {
    return outflow.presence().filter(client -> client.way().courier().isHome());
  }

  @Override
  public void sendAway(Refusal why) {
    outflow.sendAway(why);
  }

  @Override
  protected void withdrawn(TopicFilter filter) {
    onItsLoop().ifPresent(client -> client.retained().remove(filter));
    lock.lock();
    try {
      grants.remove(filter);
    } finally {
      lock.unlock();
    }
  }

  /** Any thread may ask. */
  @Override
  public List<TopicFilter> filters() {
    return asked(() -> List.copyOf(grants.filters()));
  }

  /**
   * Takes a subscription away for which the right is gone. Any thread may ask: while a client is
   * here its event loop alone changes subscriptions, else whoever has the lock.
   */
  void revoke(TopicFilter filter, Runnable whenGone) {
    Optional<Presence> elsewhere;
    boolean gone = false;
    lock.lock();
    try {
      elsewhere = outflow.presence().filter(client -> !client.way().courier().isHome());
      if (elsewhere.isEmpty() && !ended) {
        grants.revoke(filter); // before it is withdrawn, which its client would wait for
        gone = unsubscribe(filter);
      }
    } finally {
      lock.unlock();
    }
    if (gone) whenGone.run();
    elsewhere.ifPresent(client -> client.way().courier().soon(() -> revoke(filter, whenGone)));
  }

  @Override
  public Future<Void> written() {
    return asked(grants::written);
  }

  @Override
  public void acknowledged(int packetId) {
    outflow.acknowledged(packetId);
  }

  @Override
  public void received(int packetId) {
    outflow.received(packetId);
  }

  @Override
  public void rejected(QoS qos, int packetId) {
    outflow.rejected(qos, packetId);
  }

  @Override
  public void completed(int packetId) {
    outflow.completed(packetId);
  }

  @Override
  public void writable() {
    outflow.wake();
  }

  @Override
  public void start() {
    outflow.start();
  }

  @Override
  public void expireAfter(Duration asked) {
    Duration most = parts.options().sessions().maxExpiry();
    locked(() -> standing.expireAfter(asked.compareTo(most) < 0 ? asked : most));
  }

  /**
   * A client takes the session up. Succeeds when that is written down; empty when the session has
   * just ended.
   */
  Optional<Future<Long>> connect(Terms terms) {
    Optional<LastWill> late;
    Future<Long> written;
    lock.lock();
    try {
      if (ended) return Optional.empty();
      late = standing.takeDueWill(parts.clock().millis());
      standing.connected(terms);
      outflow.connected(new Presence(terms.way(), client -> new Queueing(this, outflow, client)));
      written = record.write();
    } finally {
      lock.unlock();
    }
    late.ifPresent(will -> home.publish(this, will));
    return Optional.of(written);
  }

  @Override
  public void leave(boolean willDue) {
    lock.lock();
    try {
      if (ended || !isPresent()) return;
      outflow.disconnected();
      standing.disconnected(parts.clock().millis(), willDue);
      if (!standing.endsWithItsConnection()) record.rewrite();
    } finally {
      lock.unlock();
    }
    sweep();
  }

  /** Does what is due, and writes down what could not be written. */
  void sweep() {
    long now = parts.clock().millis();
    Optional<LastWill> due;
    boolean over;
    lock.lock();
    try {
      if (record.isBehind() && !place().isGone()) record.rewrite();
      if (ended) return;
      grants.writeRevocations();
      outflow.queue().expire(now);
      over = standing.isOver(now);
      due = over ? Optional.empty() : standing.takeDueWill(now);
    } finally {
      lock.unlock();
    }
    due.ifPresent(will -> home.publish(this, will));
    if (over) end(false);
  }

  /**
   * Ends it: no subscription of it is left, its will is due, and its messages go to others of their
   * groups, if to anybody. Succeeds when that is written down, which is before it is done.
   *
   * @param wanted whether a client said so; else it ends only if its time has come
   */
  Future<Long> end(boolean wanted) {
    boolean isWritten;
    Optional<Future<Long>> leaving;
    lock.lock();
    try {
      if (ended || !wanted && !standing.isOver(parts.clock().millis())) return NOTHING_TO_WRITE;
      isWritten = record.mayBeOnDisk();
      retire();
      leaving = outflow.isEmpty() ? Optional.empty() : Optional.of(record.rewrite());
      if (leaving.isEmpty()) place().gone();
      else home.leaves(this);
    } finally {
      lock.unlock();
    }
    leaveRouter();
    home.forget(this);
    if (leaving.isPresent()) home.passOn(this);
    else publishWill();
    return leaving.orElseGet(() -> isWritten ? home.writeEnd(number) : NOTHING_TO_WRITE);
  }

  /**
   * It has no client any more, only what other members of its groups may be given. Under the lock.
   */
  void retire() {
    ended = true;
    outflow.end();
    inflow.receipts().clear();
    grants.clear();
  }

  private void publishWill() {
    asked(standing::takeWill).ifPresent(will -> home.publish(this, will));
  }

  /**
   * Publishes its will and gives what it hasn't sent to other members of its groups; it has left
   * them itself. Succeeds when nothing of it is left.
   */
  Future<Void> passOn() {
    publishWill();
    return outflow.passOn(this::passOn);
  }

  /** Nothing of it needs the log any more but that it ended. */
  void gone() {
    locked(place()::gone);
  }

  /**
   * Its time is over as soon as no client is here; who comes back before that has a new one.
   * Succeeds with the number of messages that waited, when no restart would bring it back.
   */
  Future<Integer> discard() {
    int waiting = outflow.length();
    Future<Long> written;
    lock.lock();
    try {
      standing.expireAfter(Duration.ZERO);
      written = ended || !isPresent() ? NOTHING_TO_WRITE : record.rewrite();
    } finally {
      lock.unlock();
    }
    return Future.join(written, end(false)).map(waiting);
  }

  /** Its will was published: not again after a restart. */
  void willPublished() {
    locked(
        () -> {
          if (!place().isGone()) record.rewrite();
        });
  }

  /** Its client was here when the node ended: from now on it counts as away. */
  Future<Long> noteDeparture() {
    lock.lock();
    try {
      return record.rewrite();
    } finally {
      lock.unlock();
    }
  }

  /** Writes it down anew. Under the lock. */
  Future<Long> rewriteState() {
    return record.rewrite();
  }

  private SessionState state() {
    MessageQueue queue = outflow.queue();
    return new SessionState(
        number,
        key().principal(),
        key().clientId(),
        standing.expiry(),
        standing.disconnectedAt(),
        standing.will(),
        queue.sentUpTo(),
        queue.nextOrdinal(),
        ended);
  }

  /** Puts a subscription back that was written down. */
  void restoreGrant(TopicFilter filter, Grants.Grant grant) {
    restore(filter, grant.subscription());
    grants.restore(filter, grant);
  }
}
