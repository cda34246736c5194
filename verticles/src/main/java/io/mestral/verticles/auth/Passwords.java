package io.mestral.verticles.auth;

import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes and checks passwords (Argon2id) on threads of their own: two at a time, so that a storm of
 * log-ins neither blocks an event loop nor fills the memory.
 */
public final class Passwords {
  private static final int AT_ONCE = 2;

  /** What is checked when there is no such user, so that both answers take the same time. */
  private static final String NOBODYS_HASH =
      "$argon2id$v=19$m=7168,t=5,p=1$bWVzdHJhbC1ub2JvZHk$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  /** Some ten seconds of work; whoever comes later is told to try again. */
  private static final int MOST_WAITING = 64;

  private final AtomicInteger waiting = new AtomicInteger();
  private final WorkerExecutor workers;

  /** Shares its threads with every other one of the same Vert.x. */
  public Passwords(Vertx vertx) {
    this.workers = vertx.createSharedWorkerExecutor("passwords", AT_ONCE, 1, TimeUnit.MINUTES);
  }

  /** Succeeds with the encoded hash to keep; fails with {@code UNAVAILABLE} when too many wait. */
  public Future<String> hash(Secret password) {
    return whenThereIsRoom(() -> Argon2id.DEFAULT.hash(password));
  }

  /**
   * Succeeds with whether the password belongs to the encoded hash; fails with {@code UNAVAILABLE}
   * when too many wait.
   */
  public Future<Boolean> matches(Secret password, String encoded) {
    return whenThereIsRoom(() -> Argon2id.matches(password, encoded));
  }

  private <T> Future<T> whenThereIsRoom(Callable<T> work) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new RefusedException(Refusal.UNAVAILABLE, "too many log-ins at once; try again"));
    }
    return workers.executeBlocking(work, false).onComplete(done -> waiting.decrementAndGet());
  }

  /** Takes as long as {@link #matches} and succeeds with false. */
  public Future<Boolean> matchesNobody(Secret password) {
    return matches(password, NOBODYS_HASH).map(false);
  }
}
