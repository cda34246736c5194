package io.mestral.storage.postgresql.client;

import io.vertx.core.Future;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes that follow one another in the order they were asked for. What concerns the same thing
 * goes through the same lane, so that it neither overtakes nor waits for itself on the server.
 */
final class Lane {
  private final Queue<Unit<?>> units = new ConcurrentLinkedQueue<>();

  /** Those in the queue and the one under way. Whoever raises it from 0 sets the lane going. */
  private final AtomicInteger waiting = new AtomicInteger();

  void add(Unit<?> unit) {
    units.add(unit);
    if (waiting.getAndIncrement() == 0) runWaiting();
  }

  int waiting() {
    return waiting.get();
  }

  /** A loop where units end at once: a stack has less room than the queue. */
  private void runWaiting() {
    do {
      Future<Void> running = units.remove().run();
      if (!running.isComplete()) {
        running.onComplete(
            ended -> {
              if (waiting.decrementAndGet() > 0) runWaiting();
            });
        return;
      }
    } while (waiting.decrementAndGet() > 0);
  }
}
