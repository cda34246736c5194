package io.mestral.storage.embedded.journal;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The bounded queue between the callers and the journal's thread. */
final class WaitingCalls {
  private final int maxCalls;
  private final long maxBytes;
  private final LinkedBlockingQueue<Command<?>> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean ended;

  WaitingCalls(int maxCalls, long maxBytes) {
    this.maxCalls = maxCalls;
    this.maxBytes = maxBytes;
  }

  /** Calls that have no answer yet. */
  int size() {
    return calls.get();
  }

  /**
   * Lets a call wait; its future fails when there is no place or nobody to answer.
   *
   * @param turnedAway told when the call doesn't wait; whoever takes a waiting call counts its fate
   */
  <T> Future<T> offer(Command<T> command, Runnable turnedAway) {
    if (ended) return turnAway(closed(), turnedAway);
    if (calls.get() >= maxCalls || bytes.get() + command.bytes() > maxBytes)
      return turnAway(
          new RefusedException(Refusal.QUOTA_EXCEEDED, "too much waits for the journal"),
          turnedAway);
    add(command);
    if (ended) refuseAll();
    return command.future();
  }

  private static <T> Future<T> turnAway(RefusedException why, Runnable turnedAway) {
    turnedAway.run();
    return Future.failedFuture(why);
  }

  /** Lets a call wait that must not be refused for want of place. */
  <T> Future<T> insist(Command<T> command) {
    if (ended) return Future.failedFuture(closed());
    add(command);
    if (ended) refuseAll();
    return command.future();
  }

  private void add(Command<?> command) {
    calls.incrementAndGet();
    bytes.addAndGet(command.bytes());
    queue.add(command);
  }

  Command<?> take() throws InterruptedException {
    return queue.take();
  }

  /** The next call; null when none waits. */
  Command<?> pollNow() {
    return queue.poll();
  }

  Optional<Command<?>> poll(long nanos) throws InterruptedException {
    return Optional.ofNullable(queue.poll(nanos, TimeUnit.NANOSECONDS));
  }

  /** So many calls have their answers. */
  void done(int howMany, long howManyBytes) {
    calls.addAndGet(-howMany);
    bytes.addAndGet(-howManyBytes);
  }

  /** Nobody takes calls any more. */
  void end() {
    ended = true;
    refuseAll();
  }

  private void refuseAll() {
    List<Command<?>> late = new ArrayList<>();
    queue.drainTo(late);
    for (Command<?> each : late) {
      each.fail(closed());
      done(1, each.bytes());
      JournalWriter.tellOn(each.context(), List.of(each));
    }
  }

  private static RefusedException closed() {
    return new RefusedException(Refusal.UNAVAILABLE, "the journal is closed");
  }
}
