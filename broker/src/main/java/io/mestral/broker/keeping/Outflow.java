package io.mestral.broker.keeping;

import io.mestral.broker.keeping.Entry.State;
import io.mestral.broker.keeping.MessageQueue.Outgoing;
import io.mestral.broker.session.Outlet;
import io.mestral.broker.telemetry.event.Drop;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Receipt;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one session on their way to its client, from being queued to being done. What the
 * client answers is heard on its own event loop.
 */
final class Outflow {
  private static final Logger LOG = LoggerFactory.getLogger(Outflow.class);

  private final long session;
  private final ReentrantLock lock;
  private final Parts parts;
  private final MessageQueue queue;
  private final QueueReceipts receipts = new QueueReceipts();
  private volatile Optional<Presence> presence = Optional.empty();
  private final BodyReader reader;
  private volatile Optional<Succession> succession = Optional.empty();
  private boolean ended;
  private Map<Drop, Long> droppedAway = Map.of(); // most sessions never need more

  /**
   * What came of offering a message.
   *
   * @param entry its place in the queue, if it got one
   * @param full whether it got none because there was no room
   */
  record Offer(Optional<Entry> entry, boolean full) {
    private static final Offer GONE = new Offer(Optional.empty(), false);
    private static final Offer FULL = new Offer(Optional.empty(), true);
  }

  /** Those who take what a session that ended has not sent. */
  @FunctionalInterface
  interface Heirs {
    Future<Delivery> take(Publish publish, TopicFilter shared);
  }

  Outflow(long session, ReentrantLock lock, Parts parts) {
    this.session = session;
    this.lock = lock;
    this.parts = parts;
    this.queue = new MessageQueue(parts.options().sessions(), parts.totals(), this::lost);
    this.reader = new BodyReader(lock, parts, queue, this::goOn);
  }

  /** How many messages wait or are in flight. */
  int length() {
    lock.lock();
    try {
      return queue.length();
    } finally {
      lock.unlock();
    }
  }

  /** Only under the lock. */
  MessageQueue queue() {
    return queue;
  }

  Optional<Presence> presence() {
    return presence;
  }

  /** Whether this is the client that is here now. */
  boolean isServing(Presence client) {
    return presence.filter(here -> here == client).isPresent();
  }

  /** Gives a message its place in the queue; when there is no room, that is counted. */
  Offer offer(Publish publish, Subscription subscription, long now) {
    lock.lock();
    try {
      if (ended) return Offer.GONE;
      Optional<Entry> entry = queue.add(publish, subscription, now);
      if (entry.isPresent()) {
        publish.receipt().ifPresent(receipt -> receipts.add(entry.get(), receipt));
        return new Offer(entry, false);
      }
      dropped(Drop.QUEUE_FULL);
      return Offer.FULL;
    } finally {
      lock.unlock();
    }
  }

  /** A message that was offered is on disk. */
  void kept(Entry entry, long sequence, int share) {
    Optional<Receipt> receipt;
    lock.lock();
    try {
      if (!queue.ready(entry, sequence, share)) return;
      receipt = receipts.of(entry);
    } finally {
      lock.unlock();
    }
    receipt.ifPresent(one -> one.handedOver(true));
    wake();
  }

  /** A message that was offered could not be written down. */
  void failed(Entry entry) {
    lock.lock();
    try {
      queue.undo(entry);
      receipts.take(entry);
    } finally {
      lock.unlock();
    }
    wake(); // others may have waited behind it
  }

  /** A client is connected; nothing is sent before {@link #start}. Under the lock. */
  void connected(Presence client) {
    presence = Optional.of(client);
  }

  /** The client is gone. Under the lock. */
  void disconnected() {
    presence = Optional.empty();
    queue.rewind();
  }

  /**
   * There is no session any more, only what other members of its groups may be given. Under the
   * lock.
   */
  void end() {
    ended = true;
    queue.end();
    receipts.loseGone();
  }

  /** Whether no message waits or is in flight. Under the lock. */
  boolean isEmpty() {
    return queue.length() == 0;
  }

  /** Gives what is left to others. Succeeds when nothing is. */
  Future<Void> passOn(Heirs heirs) {
    Succession begun = new Succession(lock, parts.clock(), queue, reader);
    succession = Optional.of(begun);
    return begun.begin(message -> offer(message, heirs)).onComplete(done -> clear());
  }

  private void clear() {
    lock.lock();
    try {
      queue.clear(); // something is left only when it can't be read
      receipts.loseGone();
    } finally {
      lock.unlock();
    }
  }

  private Future<Delivery> offer(Outgoing message, Heirs heirs) {
    Entry entry = message.entry();
    Optional<Receipt> receipt = takeReceipt(entry);
    Publish left = receipt.map(message.publish()::with).orElse(message.publish());
    return heirs
        .take(left, entry.subscription().shared().orElseThrow())
        .onComplete(
            done -> {
              if (done.failed() || done.result() instanceof Delivery.Refused)
                dropped(Drop.QUEUE_FULL);
              if (done.failed() || !done.result().isTaken()) receipt.ifPresent(Receipt::lost);
              finish(entry);
            });
  }

  private Optional<Receipt> takeReceipt(Entry entry) {
    lock.lock();
    try {
      return receipts.take(entry);
    } finally {
      lock.unlock();
    }
  }

  private void finish(Entry entry) {
    lock.lock();
    try {
      queue.finish(entry);
      parts.settlements().add(session, entry.ordinal());
    } finally {
      lock.unlock();
    }
  }

  /** Completes what the client took over on an earlier connection, then sends the rest (4.4). */
  void start() {
    presence.ifPresent(
        client -> {
          List<Entry> released;
          lock.lock();
          try {
            released = queue.released();
            client.start(); // what is released from here on sends its own PUBREL
          } finally {
            lock.unlock();
          }
          for (Entry entry : released) client.way().outlet().release(entry.packetId(), true);
          drain(client);
        });
  }

  /** Sends a QoS 0 message if client and network take it now; only on the client's loop. */
  void sendNow(Publish publish, Subscription subscription) {
    Optional<Presence> here = presence.filter(Presence::isStarted);
    if (here.isEmpty() || !here.get().way().courier().isHome()) {
      dropped(Drop.AWAY);
      return;
    }
    Outlet outlet = here.get().way().outlet();
    if (!outlet.isWritable()) dropped(Drop.SLOW);
    else if (!outlet.publish(publish, subscription, 0)) dropped(Drop.TOO_LARGE);
  }

  /** A message is left out; the client's watch counts it if the client is here. */
  void dropped(Drop why) {
    presence.ifPresentOrElse(
        client -> client.way().drops().accept(why),
        () -> {
          parts.meters().dropped(why);
          lock.lock();
          try {
            if (droppedAway.isEmpty()) droppedAway = new EnumMap<>(Drop.class);
            droppedAway.merge(why, 1L, Long::sum);
          } finally {
            lock.unlock();
          }
        });
  }

  /** What was left out since the node started while the client was away. Under the lock. */
  Map<Drop, Long> droppedAway() {
    return droppedAway;
  }

  void wake() {
    Optional<Presence> client = presence;
    if (client.isPresent()) client.get().wake(() -> drain(client.get()));
    else succession.ifPresent(Succession::goOn);
  }

  /** The network can take more in the middle of a sending, which must not begin another. */
  private void drain(Presence client) {
    if (!client.beginSending()) return;
    try {
      send(client);
    } finally {
      client.endSending();
    }
    client.retained().advance();
  }

  private void send(Presence client) {
    while (client.way().outlet().isWritable()) {
      List<Outgoing> batch;
      lock.lock();
      try {
        if (!isHere(client)) return;
        long now = parts.clock().millis();
        batch = queue.take(client.way().window(), now);
        if (batch.isEmpty() && queue.hasRoom(client.way().window())) reader.read(now);
      } finally {
        lock.unlock();
      }
      if (batch.isEmpty()) return;
      for (Outgoing message : batch) send(client.way().outlet(), message);
    }
  }

  private boolean isHere(Presence client) {
    return isServing(client) && client.isStarted();
  }

  private void send(Outlet outlet, Outgoing message) {
    Entry entry = message.entry();
    boolean sent =
        entry.isAgain()
            ? outlet.publishAgain(message.publish(), entry.subscription(), entry.packetId())
            : outlet.publish(message.publish(), entry.subscription(), entry.packetId());
    if (sent) return;
    lock.lock();
    try {
      queue.tooLarge(entry);
    } finally {
      lock.unlock();
    }
  }

  /** When they can't be read they stay queued; the client may come again. */
  private void goOn(boolean read) {
    if (read) wake();
    else sendAway(Refusal.UNAVAILABLE);
  }

  /** PUBACK. */
  void acknowledged(int packetId) {
    finish(packetId, QoS.AT_LEAST_ONCE, State.SENT, true);
  }

  /** PUBACK or PUBREC that refuses. */
  void rejected(QoS qos, int packetId) {
    finish(packetId, qos, State.SENT, false);
  }

  /** PUBCOMP. */
  void completed(int packetId) {
    finish(packetId, QoS.EXACTLY_ONCE, State.RELEASED, true);
  }

  private void finish(int packetId, QoS qos, State state, boolean isTaken) {
    Optional<Receipt> receipt;
    lock.lock();
    try {
      Optional<Entry> entry = queue.inFlight(packetId);
      if (entry.isEmpty() || entry.get().qos() != qos || !entry.get().is(state)) return;
      queue.finish(entry.get());
      receipt = receipts.take(entry.get());
      parts.settlements().add(session, entry.get().ordinal());
    } finally {
      lock.unlock();
    }
    receipt.ifPresent(isTaken ? Receipt::acknowledged : Receipt::refused);
    wake();
  }

  /**
   * PUBREC: from now on the message must not be sent again, so PUBREL goes out when that is written
   * down.
   */
  void received(int packetId) {
    Optional<Boolean> known; // empty while it is being written down
    lock.lock();
    try {
      known = onReceived(queue.inFlight(packetId));
    } finally {
      lock.unlock();
    }
    if (known.isEmpty()) return;
    presence.ifPresent(client -> client.way().outlet().release(packetId, known.get()));
  }

  private Optional<Boolean> onReceived(Optional<Entry> inFlight) {
    if (inFlight.isEmpty() || inFlight.get().qos() != QoS.EXACTLY_ONCE) return Optional.of(false);
    Entry entry = inFlight.get();
    if (entry.is(State.RELEASED)) return Optional.of(true);
    if (entry.is(State.SENT)) writeReceived(entry);
    return Optional.empty();
  }

  private void writeReceived(Entry entry) {
    entry.state(State.RECEIVED);
    parts
        .log()
        .append(
            new LogEntry.Received(session, entry.ordinal()),
            new LogStream.Outcome() {
              @Override
              public void kept(long sequence, int length) {
                release(entry, sequence, length);
              }

              @Override
              public void failed(Throwable cause) {
                LOG.warn("a PUBREC could not be written down: {}", cause.getMessage());
                notReceived(entry);
                sendAway(Refusal.of(cause));
              }
            });
  }

  /** Writes down anew that a message was received. Under the lock. */
  Future<Long> rewriteReleased(Entry entry) {
    return parts
        .log()
        .move(
            new LogEntry.Received(session, entry.ordinal()),
            new LogStream.Outcome() {
              @Override
              public void kept(long sequence, int length) {
                moved(entry, sequence, length);
              }

              @Override
              public void failed(Throwable cause) {
                // then it stays where it was
              }
            });
  }

  private void moved(Entry entry, long sequence, int length) {
    lock.lock();
    try {
      if (entry.is(State.RELEASED)) queue.carriedBy(entry, sequence, length);
    } finally {
      lock.unlock();
    }
  }

  private void release(Entry entry, long sequence, int length) {
    lock.lock();
    try {
      if (!entry.is(State.RECEIVED)) return;
      entry.state(State.RELEASED);
      queue.carriedBy(entry, sequence, length);
    } finally {
      lock.unlock();
    }
    presence
        .filter(Presence::isStarted)
        .ifPresent(
            client ->
                client
                    .way()
                    .courier()
                    .run(() -> client.way().outlet().release(entry.packetId(), true)));
  }

  private void notReceived(Entry entry) {
    lock.lock();
    try {
      if (entry.is(State.RECEIVED)) queue.notReceived(entry);
    } finally {
      lock.unlock();
    }
  }

  void sendAway(Refusal why) {
    presence.ifPresent(
        client -> client.way().courier().soon(() -> client.way().outlet().sendAway(why)));
  }

  /** An entry is gone without having reached the client. */
  private void lost(Entry entry, Drop why) {
    receipts.take(entry).ifPresent(why == Drop.TOO_LARGE ? Receipt::refused : Receipt::lost);
    dropped(why);
    if (entry.sequence() > 0) parts.settlements().add(session, entry.ordinal());
  }
}
