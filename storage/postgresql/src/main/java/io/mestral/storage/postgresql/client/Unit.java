package io.mestral.storage.postgresql.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** A write that waits for its turn, with the promise of its outcome. */
final class Unit<T> {
  private final Supplier<Future<T>> write;
  private final Context context;
  private final long latest;
  private final Promise<T> outcome = Promise.promise();

  /**
   * The write will begin, and its outcome be told, on {@code context}.
   *
   * @param latest by {@link System#nanoTime}; nobody waits for it any more then
   */
  Unit(Supplier<Future<T>> write, Context context, long latest) {
    this.write = write;
    this.context = context;
    this.latest = latest;
  }

  Future<T> outcome() {
    return outcome.future();
  }

  /** Completes when the next may begin, whatever came of this one. */
  Future<Void> run() {
    if (System.nanoTime() - latest > 0) return Future.succeededFuture();
    Promise<Void> ended = Promise.promise();
    try {
      context.runOnContext(
          turn -> write.get().onComplete(outcome).onComplete(done -> ended.complete()));
    } catch (RejectedExecutionException stopped) { // the event loop is gone
      outcome.fail(stopped);
      ended.complete();
    }
    return ended.future();
  }
}
