package io.mestral.storage.embedded.readings.memory;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Gives readings a place in memory, in the order in which they come. When there is none because a
 * table is still being sealed they wait for it, which holds up whoever sends them; when sealing
 * fails, takes too long, or too many wait, they are refused. Any thread may ask.
 */
public final class Admission {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration LATELY = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Memory memory;
  private final BooleanSupplier flowing;
  private final AtomicLong arriving = new AtomicLong();
  private final AtomicLong waiting = new AtomicLong();
  private final Context owner;
  private final Queue<Waiting> queue = new ArrayDeque<>(); // the owner's
  private volatile long lastRefusal = System.nanoTime() - LATELY.toNanos();

  /** Readings without a place, and what is told when they have one or never will. */
  private record Waiting(long readings, long since, Promise<Void> place, Context callers) {
    void settle(Consumer<Promise<Void>> how) {
      callers.runOnContext(turn -> how.accept(place));
    }
  }

  /**
   * Before a memory.
   *
   * @param flowing whether sealing goes well, so that waiting is worth while
   */
  public Admission(Vertx vertx, Memory memory, BooleanSupplier flowing) {
    this.vertx = vertx;
    this.memory = memory;
    this.flowing = flowing;
    owner = vertx.getOrCreateContext();
  }

  /**
   * Succeeds when so many readings have a place, which {@link #arrived} gives back; fails with
   * {@code QUOTA_EXCEEDED} when they have none.
   */
  public Future<Void> enter(int readings) {
    if (waiting.get() == 0 && memory.hasRoomFor(arriving.get(), readings)) {
      arriving.addAndGet(readings);
      return Future.succeededFuture();
    }
    if (!flowing.getAsBoolean() || !memory.mayHaveWaiting(waiting.get())) {
      lastRefusal = System.nanoTime();
      return Future.failedFuture(tooFast());
    }
    waiting.addAndGet(readings);
    Waiting last =
        new Waiting(readings, System.nanoTime(), Promise.promise(), vertx.getOrCreateContext());
    owner.runOnContext(
        turn -> {
          queue.add(last);
          settle(LONGEST_WAIT, tooFast());
        });
    return last.place().future();
  }

  /** So many readings that had a place are in memory now, or will never be. */
  public void arrived(int readings) {
    arriving.addAndGet(-readings);
    lookAround();
  }

  /** Lets in who has a place by now, and sends away who would wait in vain. */
  public void lookAround() {
    if (waiting.get() != 0) owner.runOnContext(turn -> settle(LONGEST_WAIT, tooFast()));
  }

  /** Sends everybody away who waits. */
  public void close(RefusedException why) {
    owner.runOnContext(turn -> settle(Duration.ZERO, why));
  }

  private void settle(Duration longest, RefusedException why) {
    while (!queue.isEmpty() && memory.hasRoomFor(arriving.get(), queue.peek().readings())) {
      arriving.addAndGet(queue.peek().readings());
      next().settle(Promise::complete);
    }
    long most = flowing.getAsBoolean() ? longest.toNanos() : 0;
    while (!queue.isEmpty() && System.nanoTime() - queue.peek().since() >= most) {
      lastRefusal = System.nanoTime();
      next().settle(place -> place.fail(why));
    }
  }

  private Waiting next() {
    Waiting next = queue.remove();
    waiting.addAndGet(-next.readings());
    return next;
  }

  /** Whether there is hardly a place, and waiting for one was in vain of late. */
  public boolean isClosed() {
    return memory.isNearlyFull()
        && (!flowing.getAsBoolean() || System.nanoTime() - lastRefusal < LATELY.toNanos());
  }

  /** Readings that wait for a place. */
  long waiting() {
    return waiting.get();
  }

  private static RefusedException tooFast() {
    return new RefusedException(
        Refusal.QUOTA_EXCEEDED, "readings come faster than they can be stored");
  }
}
