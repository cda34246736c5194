package io.mestral.verticles.http.map;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that is made anew when somebody asks and it is older than a second. What is slow to
 * make isn't made more than half of the time. Belongs to one event loop.
 */
final class Renewed<T> {
  private static final long FRESH_MILLIS = 1_000;
  private static final long AHEAD_MILLIS = 500;
  private static final long SHARE = 2;

  /** An older one is shown after that. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final Vertx vertx;
  private final Clock clock;
  private Optional<T> made = Optional.empty();
  private Optional<Future<T>> making = Optional.empty();
  private Optional<Future<T>> next = Optional.empty();
  private long begunAt;
  private long pauseMillis = FRESH_MILLIS;

  Renewed(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  /** What was made last. */
  Optional<T> last() {
    return made;
  }

  /** When it was made last, which is when somebody asked. */
  long begunAt() {
    return begunAt;
  }

  /** Succeeds with one that lacks nothing older than a second, if that can be. */
  Future<T> now(Supplier<Future<T>> maker) {
    if (making.isEmpty() && made.isPresent() && age() < pauseMillis)
      return Future.succeededFuture(made.get());
    Future<T> coming = making.isPresent() ? making.get() : make(maker);
    return made.isPresent() ? orElse(made.get(), coming) : coming;
  }

  /**
   * The same, but another one is made ahead of time, and meanwhile who asks has the last one at
   * once: of many who ask all the time none waits.
   */
  Future<T> soon(Supplier<Future<T>> maker) {
    long age = age();
    if (made.isEmpty() || age >= pauseMillis) return now(maker);
    if (making.isEmpty() && age >= pauseMillis - AHEAD_MILLIS) make(maker);
    return Future.succeededFuture(made.get());
  }

  /** Succeeds with one that lacks nothing that was there when it was asked for. */
  Future<T> fresh(Supplier<Future<T>> maker) {
    if (making.isEmpty()) return make(maker);
    if (next.isPresent()) return next.get();
    Promise<T> promise = Promise.promise();
    next = Optional.of(promise.future());
    making
        .get()
        .onComplete(
            ended -> {
              next = Optional.empty();
              (making.isPresent() ? making.get() : make(maker)).onComplete(promise);
            });
    return promise.future();
  }

  /** A clock that was put back makes everything old. */
  private long age() {
    long age = clock.millis() - begunAt;
    return age < 0 ? Long.MAX_VALUE : age;
  }

  private Future<T> orElse(T older, Future<T> coming) {
    Promise<T> promise = Promise.promise();
    long timer = vertx.setTimer(PATIENCE_MILLIS, late -> promise.tryComplete(older));
    coming.onComplete(
        done -> {
          vertx.cancelTimer(timer);
          if (done.succeeded()) promise.tryComplete(done.result());
          else promise.tryFail(done.cause());
        });
    return promise.future();
  }

  private Future<T> make(Supplier<Future<T>> maker) {
    Promise<T> promise = Promise.promise();
    making = Optional.of(promise.future());
    begunAt = clock.millis();
    long begun = System.nanoTime();
    maker
        .get()
        .onComplete(
            done -> {
              making = Optional.empty();
              pauseMillis = made.isPresent() ? pauseAfter(begun) : FRESH_MILLIS;
              if (done.succeeded()) made = Optional.of(done.result());
              promise.handle(done);
            });
    return promise.future();
  }

  /** The first one doesn't count: it takes what none takes after it. */
  private static long pauseAfter(long begunNanos) {
    return Math.max(FRESH_MILLIS, SHARE * (System.nanoTime() - begunNanos) / 1_000_000);
  }
}
