package io.mestral.storage.embedded.journal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;

/**
 * A call that waits for the journal's thread, and its outcome, which is told on the caller's
 * context once the group it was written with is on disk.
 *
 * @param <T> what the caller gets
 */
abstract class Command<T> {
  private final Context context;
  private final Promise<T> promise = Promise.promise();
  private T result;
  private Throwable failure;

  Command(Context context) {
    this.context = context;
  }

  final Context context() {
    return context;
  }

  final Future<T> future() {
    return promise.future();
  }

  /** Bytes it holds in memory while it waits. */
  int bytes() {
    return 0;
  }

  /** Whether the files must be written for it. */
  boolean writes() {
    return true;
  }

  /** Whether it needs the files to itself, between two groups. */
  boolean isAlone() {
    return false;
  }

  /** Gives room back, before anything is written. */
  void free(JournalLog log) {}

  /** Adds its records to the group; throws when it is refused, and the others go on. */
  void write(JournalLog log) throws IOException {}

  /** The group is kept. */
  void kept(JournalLog log) {}

  final void succeed(T value) {
    result = value;
  }

  final void fail(Throwable cause) {
    failure = cause;
  }

  final boolean hasFailed() {
    return failure != null;
  }

  /** Tells the caller; on the caller's context. */
  final void settle() {
    if (failure == null) promise.complete(result);
    else promise.fail(failure);
  }
}
