package io.mestral.storage.embedded.metadata.sqlite;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that waits for its turn, with the promise of its outcome. */
final class Unit<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Unit.class);

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

  /** Remembers how it ended; nobody hears of it before it is settled. */
  void failed(Throwable cause) {
    failure = cause;
  }

  /** Settles many, with one turn of a context for those that follow one another on it. */
  static void settle(List<Unit<?>> units) {
    int from = 0;
    for (int i = 1; i <= units.size(); i++)
      if (i == units.size() || units.get(i).context != units.get(from).context) {
        settle(units.subList(from, i), units.get(from).context);
        from = i;
      }
  }

  private static void settle(List<Unit<?>> units, Context context) {
    try {
      context.runOnContext(turn -> tell(units));
    } catch (RejectedExecutionException stopped) {
      tell(units); // the event loop is gone; a thread that still waits must not wait for ever
    }
  }

  /** Whoever stumbles over an answer must not cost the others theirs. */
  private static void tell(List<Unit<?>> units) {
    for (Unit<?> unit : units) {
      try {
        unit.tell();
      } catch (RuntimeException broken) {
        LOG.error("an answer of the metadata was not understood", broken);
      }
    }
  }

  private void tell() {
    if (failure == null) promise.complete(result);
    else promise.fail(failure);
  }
}
