package io.mestral.verticles.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** The event loop that something belongs to: stores complete on threads of their own. */
public record Home(Context context) {
  /** Completes as the other does, and on the event loop. */
  public <T> Future<T> back(Future<T> elsewhere) {
    Promise<T> promise = Promise.promise();
    elsewhere.onComplete(done -> context.runOnContext(turn -> promise.handle(done)));
    return promise.future();
  }
}
