package io.mestral.broker.keeping;

import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The exactly-once messages that came from a session's client and wait for PUBREL: at most one for
 * each packet identifier. Belongs to its session's lock.
 */
final class Receipts {
  private static final Future<Delivery> KEPT = Future.succeededFuture(Delivery.DONE);

  private final Totals totals;
  private final Map<Integer, Receipt> receipts = new HashMap<>();
  private final Map<Integer, Future<Delivery>> underWay = new HashMap<>(); // as its window allows

  Receipts(Totals totals) {
    this.totals = totals;
  }

  private record Receipt(Future<Delivery> outcome, Place place) {}

  /** A message with this identifier is on its way to those who have it before it is remembered. */
  void underWay(int packetId, Future<Delivery> outcome) {
    underWay.put(packetId, outcome);
  }

  /** It is there, or isn't going to be. */
  void arrived(int packetId, Future<Delivery> outcome) {
    underWay.remove(packetId, outcome);
  }

  /** A message with this identifier is being written down. */
  void begin(int packetId, Future<Delivery> outcome) {
    receipts.put(packetId, new Receipt(outcome, new Place(totals)));
  }

  /** It is. */
  void kept(int packetId, long sequence, int length) {
    Receipt receipt = receipts.get(packetId);
    if (receipt != null) receipt.place.is(sequence, length);
  }

  /** It was before the node was started. */
  void restore(int packetId, long sequence, int length) {
    begin(packetId, KEPT);
    kept(packetId, sequence, length);
  }

  /** It isn't: the identifier means a new message again (MQTT-4.3.3-9). */
  void failed(int packetId) {
    receipts.remove(packetId);
  }

  Optional<Future<Delivery>> outcomeOf(int packetId) {
    Future<Delivery> coming = underWay.get(packetId);
    return coming != null ? Optional.of(coming) : writtenOutcomeOf(packetId);
  }

  /** The outcome of one that is written down, or about to be. */
  Optional<Future<Delivery>> writtenOutcomeOf(int packetId) {
    return Optional.ofNullable(receipts.get(packetId)).map(Receipt::outcome);
  }

  /** Forgets a message that was kept; whether there was one. */
  boolean release(int packetId) {
    Receipt receipt = receipts.get(packetId);
    if (receipt == null || !receipt.place.isKnown()) return false;
    receipt.place.gone();
    receipts.remove(packetId);
    return true;
  }

  /** Those whose records are about to go, and where they stand. */
  Map<Integer, Place> upTo(long last) {
    Map<Integer, Place> old = new HashMap<>();
    receipts.forEach(
        (packetId, receipt) -> {
          if (receipt.place.isUpTo(last)) old.put(packetId, receipt.place);
        });
    return old;
  }

  int size() {
    return receipts.size();
  }

  void clear() {
    receipts.values().forEach(receipt -> receipt.place.gone());
    receipts.clear();
  }
}
