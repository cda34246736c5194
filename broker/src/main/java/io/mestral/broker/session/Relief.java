package io.mestral.broker.session;

import io.mestral.model.outcome.Delivery;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Holds back those who feed a client that is slow: their messages are taken, and their
 * acknowledgements wait until the client caught up. Not for ever: once its patience is used up,
 * nobody waits for the client again until it has taken everything.
 */
final class Relief {
  /** How long publishers wait for a client that doesn't catch up. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Future<Delivery> DONE = Future.succeededFuture(Delivery.DONE);

  private final long high;
  private final long low;
  private final LongSupplier bytes;
  private final Courier courier;
  private final AtomicReference<Promise<Delivery>> held = new AtomicReference<>(); // null: nobody
  private volatile boolean outOfPatience;

  /**
   * Publishers wait from the half of a queue to its quarter.
   *
   * @param bytes how much waits for the client now; asked on any thread
   */
  Relief(long maxBytes, LongSupplier bytes, Courier courier) {
    this.high = maxBytes / 2;
    this.low = maxBytes / 4;
    this.bytes = bytes;
    this.courier = courier;
  }

  /** What a publisher is answered whose message was queued. Any thread may ask. */
  Future<Delivery> answer() {
    Promise<Delivery> others = held.get();
    if (others != null) return others.future(); // nobody overtakes those who wait
    if (bytes.getAsLong() <= high || outOfPatience) return DONE;
    Promise<Delivery> relief = Promise.promise();
    Promise<Delivery> before = held.compareAndExchange(null, relief);
    if (before != null) return before.future();
    courier.later(PATIENCE, () -> giveUp(relief));
    courier.soon(this::look); // it may have caught up in between
    return relief.future();
  }

  /** Some of what waited is gone. On the client's event loop, as the following. */
  void look() {
    if (held.get() == null && !outOfPatience) return;
    long left = bytes.getAsLong();
    if (left <= low) letGo();
    if (left == 0) outOfPatience = false;
  }

  /** Nothing waits for the client any more, for it is gone. */
  void letGo() {
    Promise<Delivery> relief = held.getAndSet(null);
    if (relief != null) relief.complete(Delivery.DONE);
  }

  private void giveUp(Promise<Delivery> relief) {
    if (held.get() != relief) return;
    outOfPatience = true;
    letGo();
  }
}
