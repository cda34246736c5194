package io.mestral.verticles.forwarding;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Something that is done in steps; not a chain of futures, for a long one is deeper than a stack.
 */
final class Steps {
  private Steps() {}

  /** Takes steps until one succeeds with true. */
  static Future<Void> until(Supplier<Future<Boolean>> step) {
    Promise<Void> done = Promise.promise();
    take(step, done);
    return done.future();
  }

  private static void take(Supplier<Future<Boolean>> step, Promise<Void> done) {
    step.get()
        .onComplete(
            taken -> {
              if (taken.failed()) done.fail(taken.cause());
              else if (taken.result()) done.complete();
              else take(step, done);
            });
  }
}
