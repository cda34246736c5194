package io.mestral.broker.session;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Does something for each of many, one after the other: however many there are, one look-up of them
 * waits at a time, and others' come between.
 */
public final class OneByOne<T> {
  private final Iterator<T> left;
  private final Function<T, Future<?>> step;
  private final Promise<Void> end = Promise.promise();
  private Future<?> failed = end.future();

  private OneByOne(Iterable<T> all, Function<T, Future<?>> step) {
    this.left = all.iterator();
    this.step = step;
  }

  /** Succeeds when it was done for all; fails when all were tried and it couldn't be for some. */
  public static <T> Future<Void> each(Iterable<T> all, Function<T, Future<?>> step) {
    OneByOne<T> course = new OneByOne<>(all, step);
    course.goOn();
    return course.end.future();
  }

  private void goOn() {
    while (left.hasNext()) {
      Future<?> one = step.apply(left.next());
      if (!one.isComplete()) {
        one.onComplete(
            done -> {
              note(one);
              goOn();
            });
        return;
      }
      note(one);
    }
    if (failed.failed()) end.fail(failed.cause());
    else end.complete();
  }

  private void note(Future<?> one) {
    if (one.failed()) failed = one;
  }
}
