package io.mestral.verticles.http;

import io.mestral.config.HttpOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Opens the HTTP port and hands requests to the routes. Several of them share the port. */
public final class HttpApiVerticle extends VerticleBase {
  /**
   * Any free port, the same for all servers of a Vert.x that ask for this one: -2 is the broker's.
   */
  private static final int ANY_SHARED_PORT = -1;

  /** A search for a hundred devices makes a long line. */
  private static final int LONGEST_FIRST_LINE = 16 * 1024;

  /** A batch may come as one field of a form. */
  private static final int LARGEST_FIELD = 1 << 20;

  private static final int IDLE_SECONDS = 180;

  private final HttpOptions options;
  private final Routes routes;
  private final Function<Context, Upgrade> upgrades;
  private Upgrade mqtt;
  private HttpServer server;

  /**
   * Serves those routes at that address.
   *
   * @param upgrades makes what takes connections over for MQTT, on the verticle's event loop
   */
  public HttpApiVerticle(HttpOptions options, Routes routes, Function<Context, Upgrade> upgrades) {
    this.options = options;
    this.routes = routes;
    this.upgrades = upgrades;
  }

  @Override
  public Future<?> start() {
    HttpServerOptions settings =
        new HttpServerOptions()
            .setHost(options.host())
            .setPort(options.port() == 0 ? ANY_SHARED_PORT : options.port())
            .setCompressionSupported(true)
            .setMaxInitialLineLength(LONGEST_FIRST_LINE)
            .setMaxFormAttributeSize(LARGEST_FIELD)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    mqtt = upgrades.apply(context);
    server = vertx.createHttpServer(settings).requestHandler(routes.on(vertx, mqtt));
    return server.listen();
  }

  @Override
  public Future<?> stop() {
    mqtt.seeOut();
    return server.close();
  }

  /** The port it listens on, once started. */
  public int actualPort() {
    return server.actualPort();
  }
}
