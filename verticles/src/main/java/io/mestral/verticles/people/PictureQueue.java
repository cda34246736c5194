package io.mestral.verticles.people;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Picture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has pictures drawn anew one after the other, on a thread of their own that is there while one
 * waits: large ones take seconds and memory, and nothing else is to wait for them.
 */
public final class PictureQueue {
  /** Whoever comes later is told to try again. */
  static final int MOST_WAITING = 8;

  /** Whose thread draws. */
  static final String WORKER = "pictures";

  private static final int AT_ONCE = 1;

  private final AtomicInteger waiting = new AtomicInteger();

  /**
   * Succeeds with the picture as it is kept, or empty as {@link PictureCheck#redrawn}; fails with
   * {@code UNAVAILABLE} when too many wait.
   */
  public Future<Optional<Picture>> redrawn(Buffer file, Vertx vertx) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new RefusedException(Refusal.UNAVAILABLE, "too many pictures at once; try again"));
    }
    WorkerExecutor worker = vertx.createSharedWorkerExecutor(WORKER, AT_ONCE, 1, TimeUnit.MINUTES);
    return worker
        .executeBlocking(() -> PictureCheck.redrawn(file), false)
        .onComplete(
            done -> {
              waiting.decrementAndGet();
              worker.close();
            });
  }
}
