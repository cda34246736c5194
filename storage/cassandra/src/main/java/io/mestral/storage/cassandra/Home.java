package io.mestral.storage.cassandra;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The one context that a store's work is done on. Any thread may call; answers come on its own. */
final class Home {
  /** Questions of readers at a time. */
  private static final int MOST_QUESTIONS = 1000;

  private final Vertx vertx;
  private final Context context;
  private final AtomicReference<Future<Void>> closed = new AtomicReference<>();
  private int questions;

  Home(Vertx vertx, Context context) {
    this.vertx = vertx;
    this.context = context;
  }

  /** Does something there. */
  <T> Future<T> call(Supplier<Future<T>> work) {
    if (closed.get() != null)
      return Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "the store is closed"));
    Promise<T> answer = Promise.promise();
    context.runOnContext(
        turn -> Future.succeededFuture().compose(now -> work.get()).onComplete(answer));
    return back(answer.future());
  }

  /** Does it unless readers ask too much: they mustn't keep what is written from the cluster. */
  <T> Future<T> ask(Supplier<Future<T>> question) {
    return call(
        () -> {
          if (questions >= MOST_QUESTIONS)
            return Future.failedFuture(
                new RefusedException(Refusal.UNAVAILABLE, "too many questions wait for an answer"));
          questions++;
          return Future.succeededFuture()
              .compose(now -> question.get())
              .onComplete(done -> questions--);
        });
  }

  /** Does the last thing, once; nothing is called any more from now on. */
  Future<Void> close(Supplier<Future<Void>> last) {
    Promise<Void> closing = Promise.promise();
    if (closed.compareAndSet(null, closing.future()))
      context.runOnContext(turn -> last.get().onComplete(closing));
    return back(closed.get());
  }

  private <T> Future<T> back(Future<T> future) {
    Context callers = vertx.getOrCreateContext();
    Promise<T> answer = Promise.promise();
    future.onComplete(done -> callers.runOnContext(turn -> answer.handle(done)));
    return answer.future();
  }
}
