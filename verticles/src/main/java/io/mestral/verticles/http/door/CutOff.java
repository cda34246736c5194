package io.mestral.verticles.http.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends an exchange with a client that can't be waited for. */
final class CutOff {
  private CutOff() {}

  /**
   * Over HTTP/1 the connection ends at once: an ordinary close first sends what was written, which
   * a client that reads nothing holds up for as long as it likes.
   */
  static void now(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) request.response().reset(0);
    else ((ConnectionBase) request.connection()).channelHandlerContext().close();
  }
}
