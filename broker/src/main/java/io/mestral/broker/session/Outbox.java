package io.mestral.broker.session;

import io.mestral.broker.telemetry.event.Drop;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Receipt;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Delivery;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Messages that wait for a client: for the network to take more, or for the client to acknowledge
 * what it has. At most so many bytes of them; QoS 0 never waits here, it is sent or dropped.
 */
public final class Outbox {
  private final long maxBytes;
  private final Inflight inflight;
  private final Clock clock;
  private final Consumer<Drop> drops;
  private final AtomicLong bytes = new AtomicLong();
  private final Queue<Arrival> queue = new ArrayDeque<>(0);
  private Map<Integer, Receipt> receipts = Map.of(); // hardly any message has one
  private volatile boolean backlog; // whether the queue holds something

  /**
   * Empty.
   *
   * @param drops hears why a message was left out, on any thread
   */
  public Outbox(long maxBytes, Inflight inflight, Clock clock, Consumer<Drop> drops) {
    this.maxBytes = maxBytes;
    this.inflight = inflight;
    this.clock = clock;
    this.drops = drops;
  }

  Inflight inflight() {
    return inflight;
  }

  long maxBytes() {
    return maxBytes;
  }

  /** Books room for a message; false when there is none. Any thread may ask. */
  boolean reserve(Publish publish) {
    long size = size(publish);
    if (bytes.addAndGet(size) <= maxBytes) return true;
    bytes.addAndGet(-size);
    return false;
  }

  /** Gives back the room of a message that is gone. */
  void release(Publish publish) {
    bytes.addAndGet(-size(publish));
  }

  /** A message that came now. Any thread may ask; the clock, only for one that can expire. */
  Arrival arrival(Publish publish, Subscription subscription) {
    boolean expires = publish.properties().messageExpiry().isPresent();
    return new Arrival(publish, subscription, expires ? clock.millis() : 0);
  }

  /** Sends a QoS 0 message if the network takes it now. */
  void offer(Publish publish, Subscription subscription, Outlet outlet) {
    if (!outlet.isWritable()) drops.accept(Drop.SLOW);
    else if (!outlet.publish(publish, subscription, 0)) drops.accept(Drop.TOO_LARGE);
  }

  /** Puts a QoS 1 or 2 message, for which there is room, behind those that wait. */
  void add(Arrival arrival, Outlet outlet) {
    if (queue.isEmpty() && canSend(outlet)) sendAged(arrival, outlet);
    else {
      queue.add(arrival);
      backlog = true;
    }
  }

  /** Sends as much of what waits as client and network take. */
  void drain(Outlet outlet) {
    while (!queue.isEmpty() && canSend(outlet)) sendAged(queue.remove(), outlet);
    if (backlog && queue.isEmpty()) backlog = false;
  }

  /** Also a message that didn't wait here can have waited for the courier. */
  private void sendAged(Arrival waiting, Outlet outlet) {
    release(waiting.publish());
    Optional<Publish> aged = aged(waiting);
    if (aged.isPresent()) send(aged.get(), waiting.subscription(), outlet);
    else {
      waiting.publish().receipt().ifPresent(Receipt::lost);
      drops.accept(Drop.EXPIRED);
    }
  }

  /** Whether nothing waits, and a message could go out at once. */
  boolean isIdle(Outlet outlet) {
    return queue.isEmpty() && canSend(outlet);
  }

  /** Sends a message past the queue, when that is idle. */
  void sendNow(Publish publish, Subscription subscription, Outlet outlet) {
    if (publish.qos() == QoS.AT_MOST_ONCE) offer(publish, subscription, outlet);
    else send(publish, subscription, outlet);
  }

  /** Counts a message that found no room. Any thread may call it. */
  void dropped() {
    drops.accept(Drop.QUEUE_FULL);
  }

  /** The client is gone: who sent it something that it didn't acknowledge hears so. */
  void forsake() {
    Collection<Receipt> open = List.copyOf(receipts.values());
    receipts = Map.of();
    open.forEach(Receipt::lost);
  }

  /** How many messages wait. */
  int queued() {
    return queue.size();
  }

  /** What those that wait or are on their way here count. Any thread may ask. */
  long queuedBytes() {
    return bytes.get();
  }

  /** A message was to go to another one instead. Any thread may call it. */
  void passedOn(Publish publish, Delivery outcome) {
    if (outcome instanceof Delivery.Refused) dropped();
    if (!outcome.isTaken()) publish.receipt().ifPresent(Receipt::lost);
  }

  /** How much waits for client or network, in bytes. Any thread may ask. */
  long waiting(Outlet outlet) {
    if (backlog) return Math.max(1, bytes.get());
    return outlet.isWritable() ? 0 : 1;
  }

  /** Gives up everything that waits, the oldest first. */
  void drop(Consumer<Arrival> heir) {
    for (Arrival waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
      release(waiting.publish());
      heir.accept(waiting);
    }
  }

  private boolean canSend(Outlet outlet) {
    return inflight.hasRoom() && outlet.isWritable();
  }

  private void send(Publish publish, Subscription subscription, Outlet outlet) {
    int id = inflight.begin(publish.qos());
    if (outlet.publish(publish, subscription, id)) {
      publish.receipt().ifPresent(receipt -> sent(id, receipt));
      return;
    }
    publish.receipt().ifPresent(Receipt::refused);
    inflight.cancel(id); // too large for this client: as if it had been sent, MQTT-3.1.2-25
    drops.accept(Drop.TOO_LARGE);
  }

  private void sent(int id, Receipt receipt) {
    if (receipts.isEmpty()) receipts = new HashMap<>();
    receipts.put(id, receipt);
    receipt.handedOver(false);
  }

  /** The client has the message with this identifier, or won't take it. */
  void settled(int id, boolean isTaken) {
    if (receipts.isEmpty()) return;
    Receipt receipt = receipts.remove(id);
    if (receipt == null) return;
    if (isTaken) receipt.acknowledged();
    else receipt.refused();
  }

  /**
   * The message with its expiry reduced by the time it waited (MQTT-3.3.2-6); empty when that was
   * too long (MQTT-3.3.2-5).
   */
  private Optional<Publish> aged(Arrival waiting) {
    if (waiting.publish().properties().messageExpiry().isEmpty())
      return Optional.of(waiting.publish());
    return waiting.publish().after(Duration.ofMillis(Math.max(0, clock.millis() - waiting.at())));
  }

  private static long size(Publish publish) {
    return publish.weight();
  }
}
