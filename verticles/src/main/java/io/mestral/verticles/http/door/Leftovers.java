package io.mestral.verticles.http.door;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a client still sends when its request is answered already. It is read on and dropped for a
 * while: many clients look for an answer only when they have sent everything, and a connection that
 * is closed over unread bytes is reset, with the answer on it.
 */
final class Leftovers {
  private static final long MOST = 64L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Leftovers() {}

  /** Drops them, or ends the connection when there is no end of them. */
  static void drop(Vertx vertx, HttpServerRequest request) {
    drop(vertx, request, MOST, PATIENCE);
  }

  static void drop(Vertx vertx, HttpServerRequest request, long most, Duration patience) {
    if (request.isEnded()) return;
    long timer = vertx.setTimer(patience.toMillis(), late -> CutOff.now(request));
    AtomicLong left = new AtomicLong(most);
    request.setExpectMultipart(false); // what is dropped need not be taken apart
    request.handler(
        bytes -> {
          if (left.addAndGet(-bytes.length()) < 0) CutOff.now(request);
        });
    request.exceptionHandler(gone -> vertx.cancelTimer(timer));
    request.endHandler(all -> vertx.cancelTimer(timer));
    request.resume();
  }
}
