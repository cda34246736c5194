package io.mestral.storage.embedded.metadata.sqlite;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;

/** Work that waits for its turn, with the promise of its outcome. */
final class Unit<T> {
  private final Work<T> work;
  private final Context context;
  private final Promise<T> promise = Promise.promise();
  private T result;
  private Throwable failure;

  /** The outcome will be told on {@code context}. */
  Unit(Work<T> work, Context context) {
    this.work = work;
    this.context = context;
  }

  Future<T> outcome() {
    return promise.future();
  }

  void run(SqliteSession session) throws SQLException {
    result = work.run(session);
  }

  /** Remembers how it ended; nobody hears of it before {@link #settle}. */
  void failed(Throwable cause) {
    failure = cause;
  }

  void settle() {
    try {
      context.runOnContext(turn -> tell());
    } catch (RejectedExecutionException stopped) {
      tell(); // the event loop is gone; a thread that still waits must not wait for ever
    }
  }

  private void tell() {
    if (failure == null) promise.complete(result);
    else promise.fail(failure);
  }
}
