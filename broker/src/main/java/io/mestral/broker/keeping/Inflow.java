package io.mestral.broker.keeping;

import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The exactly-once messages that come from a session's client, and what is remembered of them until
 * PUBREL. Takes the session's lock itself.
 */
final class Inflow {
  private static final Future<Boolean> UNKNOWN = Future.succeededFuture(false);
  private static final Future<Void> FORGOTTEN = Future.succeededFuture();

  private final long session;
  private final ReentrantLock lock;
  private final Parts parts;
  private final Receipts receipts;

  Inflow(long session, ReentrantLock lock, Parts parts) {
    this.session = session;
    this.lock = lock;
    this.parts = parts;
    this.receipts = new Receipts(parts.totals());
  }

  /** Only under the lock. */
  Receipts receipts() {
    return receipts;
  }

  /** What becomes of a message that came before with this identifier. */
  Optional<Future<Delivery>> outcomeOf(int packetId) {
    lock.lock();
    try {
      return receipts.outcomeOf(packetId);
    } finally {
      lock.unlock();
    }
  }

  /** A message is on its way to those who have it before it is remembered. */
  void underWay(int packetId, Future<Delivery> outcome) {
    locked(() -> receipts.underWay(packetId, outcome));
    outcome.onComplete(done -> locked(() -> receipts.arrived(packetId, outcome)));
  }

  /**
   * A message is about to be written down. Gives the outcome of an earlier copy of it instead, if
   * there is one.
   */
  Optional<Future<Delivery>> begin(int packetId, Future<Delivery> outcome) {
    lock.lock();
    try {
      Optional<Future<Delivery>> before = receipts.writtenOutcomeOf(packetId);
      if (before.isEmpty()) receipts.begin(packetId, outcome);
      return before;
    } finally {
      lock.unlock();
    }
  }

  /** It is written down. */
  void kept(int packetId, long sequence, int length) {
    locked(() -> receipts.kept(packetId, sequence, length));
  }

  /** It isn't going to be. */
  void failed(int packetId) {
    locked(() -> receipts.failed(packetId));
  }

  /**
   * PUBREL: the identifier means a new message once that is written down. Succeeds with whether
   * there was one to release.
   */
  Future<Boolean> released(int packetId) {
    lock.lock();
    try {
      return receipts.release(packetId, () -> writeRelease(packetId)).orElse(UNKNOWN);
    } finally {
      lock.unlock();
    }
  }

  /** The message was refused: its identifier means a new one. */
  Future<Void> forget(int packetId) {
    lock.lock();
    try {
      Optional<Future<Boolean>> release = receipts.release(packetId, () -> writeRelease(packetId));
      if (release.isPresent()) return release.get().mapEmpty();
      receipts.failed(packetId);
      return FORGOTTEN;
    } finally {
      lock.unlock();
    }
  }

  private Future<Boolean> writeRelease(int packetId) {
    return parts
        .log()
        .append(
            new LogEntry.ReceiptReleased(session, packetId),
            new LogStream.Outcome() {
              @Override
              public void kept(long sequence, int length) {
                locked(() -> receipts.released(packetId));
              }

              @Override
              public void failed(Throwable cause) {
                locked(() -> receipts.notReleased(packetId));
              }
            })
        .map(true);
  }

  /** Writes a receipt down anew. Under the lock. */
  Future<Long> rewrite(int packetId, Place where) {
    return parts.log().move(new LogEntry.Receipt(session, packetId), Kept.at(lock, where));
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }
}
