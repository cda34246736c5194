package io.mestral.broker.keeping;

import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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

  private static final class Receipt {
    final Future<Delivery> outcome;
    final Place place;
    Optional<Future<Boolean>> release = Optional.empty(); // while that is being written down

    Receipt(Future<Delivery> outcome, Place place) {
      this.outcome = outcome;
      this.place = place;
    }
  }

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
    return Optional.ofNullable(receipts.get(packetId)).map(receipt -> receipt.outcome);
  }

  /**
   * Has it written down that a kept message may be forgotten; once, however often that is asked
   * for. Empty when there is none.
   */
  Optional<Future<Boolean>> release(int packetId, Supplier<Future<Boolean>> writing) {
    Receipt receipt = receipts.get(packetId);
    if (receipt == null || !receipt.place.isKnown()) return Optional.empty();
    if (receipt.release.isPresent()) return receipt.release;
    Future<Boolean> release = writing.get();
    if (!release.isComplete()) receipt.release = Optional.of(release);
    return Optional.of(release);
  }

  /** That is written down: the identifier means a new message. */
  void released(int packetId) {
    Receipt receipt = receipts.remove(packetId);
    if (receipt != null) receipt.place.gone();
  }

  /** It could not be: the message is remembered as before. */
  void notReleased(int packetId) {
    Receipt receipt = receipts.get(packetId);
    if (receipt != null) receipt.release = Optional.empty();
  }

  /** Those whose records are about to go and stay true, and where they stand. */
  Map<Integer, Place> upTo(long last) {
    Map<Integer, Place> old = new HashMap<>();
    receipts.forEach(
        (packetId, receipt) -> {
          if (receipt.place.isUpTo(last) && receipt.release.isEmpty())
            old.put(packetId, receipt.place);
        });
    return old;
  }

  /** What must be on disk before the records of the others may go. */
  List<Future<Boolean>> releasesUpTo(long last) {
    return receipts.values().stream()
        .filter(receipt -> receipt.place.isUpTo(last))
        .flatMap(receipt -> receipt.release.stream())
        .toList();
  }

  int size() {
    return receipts.size();
  }

  void clear() {
    receipts.values().forEach(receipt -> receipt.place.gone());
    receipts.clear();
  }
}
