package io.mestral.broker;

import io.mestral.broker.connection.Reception;
import io.mestral.broker.connection.Services;
import io.mestral.config.BrokerOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;

/**
 * Opens the MQTT port. Deploy one instance for each event loop; they share the port, the router and
 * the sessions.
 */
public final class BrokerVerticle extends VerticleBase {
  /** To Vert.x, port 0 is another one for each server, and -1 is any one that they share. */
  private static final int ANY_SHARED_PORT = -2;

  private static final int ACCEPT_BACKLOG = 4096; // kits come back all at once after an outage

  private static final long SWEEP_MILLIS = 1_000;
  private static final int SWEPT_AT_ONCE = 1_000; // retained messages

  private final Services services;
  private NetServer server;
  private Reception reception;

  /** All instances of one broker are given the same services. */
  public BrokerVerticle(Services services) {
    this.services = services;
  }

  @Override
  public Future<?> start() {
    BrokerOptions options = services.options();
    vertx.setPeriodic(SWEEP_MILLIS, timer -> services.router().retained().sweep(SWEPT_AT_ONCE));
    reception = new Reception(services, context);
    server =
        vertx
            .createNetServer(
                new NetServerOptions()
                    .setHost(options.host())
                    .setPort(options.port() == 0 ? ANY_SHARED_PORT : options.port())
                    .setAcceptBacklog(ACCEPT_BACKLOG)
                    .setTcpNoDelay(true)
                    .setTcpKeepAlive(true)) // for clients without a keep-alive of their own
            .connectHandler(reception::welcome);
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
}
