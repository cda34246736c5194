package io.mestral.broker.keeping;

import io.mestral.broker.keeping.MessageQueue.Outgoing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * What a session that ended has not sent, on its way to other members of its groups: one batch at a
 * time, and the next when they have that one.
 */
final class Succession {
  private final Lock lock;
  private final Clock clock;
  private final MessageQueue queue;
  private final BodyReader reader;
  private final Promise<Void> passedOn = Promise.promise();
  private Heirs heirs = message -> Future.succeededFuture();
  private boolean isUnderWay; // a batch, which may be answered on any thread

  /** Those who take it; each message is off the queue when its future completes. */
  @FunctionalInterface
  interface Heirs {
    Future<?> take(Outgoing message);
  }

  /** From a queue, and the reader of its bodies, that belong to this lock. */
  Succession(Lock lock, Clock clock, MessageQueue queue, BodyReader reader) {
    this.lock = lock;
    this.clock = clock;
    this.queue = queue;
    this.reader = reader;
  }

  /** Succeeds when nothing is left. */
  Future<Void> begin(Heirs takers) {
    lock.lock();
    try {
      heirs = takers;
      reader.whenRead(
          read -> {
            if (read) goOn();
            else passedOn.tryFail("what it had queued can't be read");
          });
    } finally {
      lock.unlock();
    }
    goOn();
    return passedOn.future();
  }

  /** Something has become possible: a body was read, or it is known what came of a record. */
  void goOn() {
    while (true) {
      List<Outgoing> batch;
      lock.lock();
      try {
        if (isUnderWay) return;
        batch = next();
        if (batch.isEmpty() && queue.length() > 0) return; // and come again
        isUnderWay = !batch.isEmpty();
      } finally {
        lock.unlock();
      }
      if (batch.isEmpty()) {
        passedOn.tryComplete();
        return;
      }
      Future<?> taken = Future.join(batch.stream().map(heirs::take).toList());
      if (!taken.isComplete()) {
        taken.onComplete(
            done -> {
              arrived();
              goOn();
            });
        return;
      }
      arrived();
    }
  }

  private List<Outgoing> next() {
    long now = clock.millis();
    List<Outgoing> batch = queue.takeForOthers(now);
    if (batch.isEmpty()) reader.read(now);
    return batch;
  }

  private void arrived() {
    lock.lock();
    try {
      isUnderWay = false;
    } finally {
      lock.unlock();
    }
  }
}
