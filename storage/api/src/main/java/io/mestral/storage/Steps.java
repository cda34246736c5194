package io.mestral.storage;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One thing after the other, however many there are: the stack is as deep after the last as after
 * the first, even if all of them are done at once, and nothing is held of those that are done.
 */
public final class Steps {
  private final Supplier<Future<Boolean>> step;
  private final Promise<Void> end = Promise.promise();
  private final AtomicInteger due = new AtomicInteger();

  private Steps(Supplier<Future<Boolean>> step) {
    this.step = step;
  }

  /** Takes steps until one succeeds with true; fails as the first that fails. */
  public static Future<Void> until(Supplier<Future<Boolean>> step) {
    Steps steps = new Steps(step);
    steps.next();
    return steps.end.future();
  }

  /** Does something with each, when it is done with the one before; the first failure ends it. */
  public static <T> Future<Void> forEach(Iterable<T> all, Function<T, Future<?>> work) {
    Iterator<T> left = all.iterator();
    return until(
        () ->
            left.hasNext()
                ? work.apply(left.next()).map(done -> false)
                : Future.succeededFuture(true));
  }

  /** Called while a step is being taken, it leaves the next one to the loop that takes it. */
  private void next() {
    if (due.getAndIncrement() > 0) return;
    do {
      Future.succeededFuture().compose(turn -> step.get()).onComplete(this::taken);
    } while (due.decrementAndGet() > 0);
  }

  private void taken(AsyncResult<Boolean> step) {
    if (step.failed()) end.fail(step.cause());
    else if (step.result()) end.complete();
    else next();
  }
}
