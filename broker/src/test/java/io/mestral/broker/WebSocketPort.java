package io.mestral.broker;

import io.mestral.broker.connection.Services;
import io.mestral.broker.websocket.WebSocketDoor;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** An HTTP server that has /mqtt and nothing else, and little patience with the idle. */
final class WebSocketPort extends VerticleBase {
  private static final int IDLE_SECONDS = 1;

  private final Services services;
  private WebSocketDoor door;
  private HttpServer server;

  WebSocketPort(Services services) {
    this.services = services;
  }

  @Override
  public Future<?> start() {
    door = new WebSocketDoor(services, context);
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setCompressionSupported(true)
                    .setIdleTimeout(IDLE_SECONDS))
            .requestHandler(this::answer);
    return server.listen();
  }

  @Override
  public Future<?> stop() {
    door.seeOut();
    return server.close();
  }

  int actualPort() {
    return server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    door.take(request, request.remoteAddress().hostAddress())
        .onFailure(refused -> request.response().setStatusCode(400).end(refused.getMessage()));
  }
}
