package io.mestral.broker;

import io.mestral.broker.connection.Reception;
import io.mestral.broker.connection.Services;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Opens an MQTT port. Deploy one instance for each event loop; they share the port, the router and
 * the sessions.
 */
public final class BrokerVerticle extends VerticleBase {
  /**
   * To Vert.x, port 0 is another one for each server, and a number below is one that they share.
   */
  private static final int ANY_SHARED_PORT = -2;

  private static final int ANY_SHARED_TLS_PORT = -3;

  private static final int ACCEPT_BACKLOG = 4096; // kits come back all at once after an outage

  private final Services services;
  private final Optional<Tls> tls;
  private NetServer server;
  private Reception reception;

  /** The plain port. All instances of one broker are given the same services. */
  public BrokerVerticle(Services services) {
    this(services, Optional.empty());
  }

  private BrokerVerticle(Services services, Optional<Tls> tls) {
    this.services = services;
    this.tls = tls;
  }

  /** The port that speaks TLS with this certificate, computed by this engine. */
  public static BrokerVerticle overTls(
      Services services, ServerSSLOptions certificate, SSLEngineOptions engine) {
    return new BrokerVerticle(services, Optional.of(new Tls(certificate, engine)));
  }

  private record Tls(ServerSSLOptions certificate, SSLEngineOptions engine) {}

  @Override
  public Future<?> start() {
    reception = new Reception(services, context);
    server =
        vertx
            .createNetServer(tls.map(this::overTls).orElseGet(this::plain))
            .connectHandler(reception::welcome)
            .exceptionHandler(failure -> services.metrics().neverOpened());
    return server.listen();
  }

  @Override
  public Future<?> stop() {
    reception.seeOut();
    return server.close();
  }

  /** The port it listens on, once it is deployed. */
  public int actualPort() {
    return server.actualPort();
  }

  /** Has new connections see another certificate, on all instances that share the port. */
  public Future<Boolean> show(ServerSSLOptions another) {
    return server.updateSSLOptions(another);
  }

  private NetServerOptions plain() {
    int port = services.options().port();
    return common().setPort(port == 0 ? ANY_SHARED_PORT : port);
  }

  private NetServerOptions overTls(Tls tls) {
    ServerSSLOptions shown = tls.certificate;
    int port = services.options().tls().orElseThrow().port();
    NetServerOptions options = common();
    options
        .setPort(port == 0 ? ANY_SHARED_TLS_PORT : port)
        .setSsl(true)
        .setKeyCertOptions(shown.getKeyCertOptions())
        .setTrustOptions(shown.getTrustOptions())
        .setClientAuth(shown.getClientAuth())
        .setEnabledSecureTransportProtocols(shown.getEnabledSecureTransportProtocols())
        .setSslEngineOptions(tls.engine)
        .setSslHandshakeTimeout(patience())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    return options;
  }

  private NetServerOptions common() {
    return new NetServerOptions()
        .setHost(services.options().host())
        .setAcceptBacklog(ACCEPT_BACKLOG)
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true) // for clients without a keep-alive of their own
        .setUseProxyProtocol(services.options().proxyProtocol())
        .setProxyProtocolTimeout(patience())
        .setProxyProtocolTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  private long patience() {
    return services.options().limits().connectTimeout().toMillis();
  }
}
