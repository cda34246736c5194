package io.mestral.verticles.http;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Takes connections over that ask to go on in another protocol than HTTP. */
public interface Upgrade {
  /** For a server that speaks HTTP alone. */
  Upgrade NONE =
      new Upgrade() {
        @Override
        public Future<Void> take(HttpServerRequest request, String address) {
          return Future.failedFuture(
              new RefusedException(Refusal.PROTOCOL_ERROR, "nothing but HTTP is spoken here"));
        }

        @Override
        public void seeOut() {
          // nobody is here
        }
      };

  /**
   * Succeeds when the connection is somebody else's and the request is answered; fails when it
   * can't be taken over, and is to be answered why.
   *
   * @param address of the client, which may be another than the connection's
   */
  Future<Void> take(HttpServerRequest request, String address);

  /** The server stops: says goodbye to everybody whose connection was taken over. */
  void seeOut();
}
