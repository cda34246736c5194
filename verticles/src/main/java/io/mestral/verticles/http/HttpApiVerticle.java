package io.mestral.verticles.http;

import io.mestral.config.HttpOptions;
import io.mestral.verticles.http.smartapi.websocket.SmartSockets;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Opens an HTTP port and hands requests to the routes. Several of them share the port. */
public final class HttpApiVerticle extends VerticleBase {
  /**
   * Any free port, the same for all servers of a Vert.x that ask for this one: -2 and -3 are the
   * broker's.
   */
  private static final int ANY_SHARED_PORT = -1;

  private static final int ANY_SHARED_TLS_PORT = -4;

  /** A search for a hundred devices makes a long line. */
  private static final int LONGEST_FIRST_LINE = 16 * 1024;

  /** A batch may come as one field of a form. */
  private static final int LARGEST_FIELD = 1 << 20;

  /** Files of an upload, and a few fields beside them. */
  private static final int MOST_FORM_PARTS = 1_024;

  private static final int IDLE_SECONDS = 180;

  /** How long a client has to say goodbye, too, before its connection is cut. */
  private static final int LAST_WORDS_SECONDS = 3;

  private final HttpOptions options;
  private final Routes routes;
  private final Function<Context, Upgrade> upgrades;
  private final Optional<Tls> tls;
  private Upgrade mqtt;
  private HttpServer server;

  /**
   * Serves those routes at that address.
   *
   * @param upgrades makes what takes connections over for MQTT, on the verticle's event loop
   */
  public HttpApiVerticle(HttpOptions options, Routes routes, Function<Context, Upgrade> upgrades) {
    this(options, routes, upgrades, Optional.empty());
  }

  private HttpApiVerticle(
      HttpOptions options, Routes routes, Function<Context, Upgrade> upgrades, Optional<Tls> tls) {
    this.options = options;
    this.routes = routes;
    this.upgrades = upgrades;
    this.tls = tls;
  }

  /** Serves the same over TLS with this certificate, computed by this engine, at its own port. */
  public static HttpApiVerticle overTls(
      HttpOptions options,
      Routes routes,
      Function<Context, Upgrade> upgrades,
      ServerSSLOptions certificate,
      SSLEngineOptions engine) {
    return new HttpApiVerticle(
        options, routes, upgrades, Optional.of(new Tls(certificate, engine)));
  }

  private record Tls(ServerSSLOptions certificate, SSLEngineOptions engine) {}

  @Override
  public Future<?> start() {
    mqtt = upgrades.apply(context);
    server =
        vertx
            .createHttpServer(tls.map(this::overTls).orElseGet(this::plain))
            .requestHandler(routes.on(vertx, mqtt));
    return server.listen();
  }

  @Override
  public Future<?> stop() {
    mqtt.seeOut();
    return routes.seeOut().transform(gone -> server.close());
  }

  /** The port it listens on, once started. */
  public int actualPort() {
    return server.actualPort();
  }

  /** Has new connections see another certificate, on all instances that share the port. */
  public Future<Boolean> show(ServerSSLOptions another) {
    return server.updateSSLOptions(another.copy().setUseAlpn(true));
  }

  private HttpServerOptions plain() {
    return common().setPort(options.port() == 0 ? ANY_SHARED_PORT : options.port());
  }

  /** HTTP/2 for who asks for it in the handshake. */
  private HttpServerOptions overTls(Tls tls) {
    ServerSSLOptions shown = tls.certificate;
    int port = options.tls().orElseThrow().port();
    HttpServerOptions settings = common();
    settings
        .setPort(port == 0 ? ANY_SHARED_TLS_PORT : port)
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(shown.getKeyCertOptions())
        .setEnabledSecureTransportProtocols(shown.getEnabledSecureTransportProtocols())
        .setSslEngineOptions(tls.engine);
    return settings;
  }

  private HttpServerOptions common() {
    return new HttpServerOptions()
        .setHost(options.host())
        .setCompressionSupported(true)
        .setWebSocketSubProtocols(List.of(SmartSockets.SUBPROTOCOL))
        .setMaxWebSocketFrameSize(SmartSockets.LARGEST_FRAME)
        .setWebSocketClosingTimeout(LAST_WORDS_SECONDS)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxInitialLineLength(LONGEST_FIRST_LINE)
        .setMaxFormAttributeSize(LARGEST_FIELD)
        .setMaxFormFields(MOST_FORM_PARTS)
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }
}
