package io.mestral.verticles.http.map;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** The event loop that the maps belong to: stores complete on threads of their own. */
record Home(Context context) {
  <T> Future<T> back(Future<T> elsewhere) {
    Promise<T> promise = Promise.promise();
    elsewhere.onComplete(done -> context.runOnContext(turn -> promise.handle(done)));
    return promise.future();
  }
}
