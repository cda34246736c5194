package io.mestral.storage.postgresql.client;

import io.mestral.config.Hidden;
import io.mestral.config.PostgresOptions;
import io.mestral.config.PostgresOptions.TlsMode;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How connections are made. */
final class Connecting {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** The server ends what nobody waits for any more, and lets go of what it held. */
  private static final Duration ON_THE_SERVER = Duration.ofSeconds(10);

  private Connecting() {}

  static PgConnectOptions to(PostgresOptions server, int pipelined) {
    String limit = Long.toString(ON_THE_SERVER.toMillis());
    return new PgConnectOptions()
        .setHost(server.host())
        .setPort(server.port())
        .setDatabase(server.database())
        .setUser(server.user())
        .setPassword(server.password().map(Hidden::reveal).orElse(""))
        .setCachePreparedStatements(true)
        .setPipeliningLimit(pipelined)
        .setSslMode(SslMode.valueOf(server.tls().mode().name()))
        .setSslOptions(tls(server.tls()))
        .addProperty("application_name", "mestral")
        .addProperty("statement_timeout", limit)
        .addProperty("idle_in_transaction_session_timeout", limit);
  }

  /**
   * The same Vert.x, with connections that end: the client hands its transport's options to nobody
   * (5.0.8, {@code PgDriver.createConnectionFactory}), and would wait for ever for a server that
   * acknowledges what it gets and never answers.
   *
   * @param silence a connection on which nothing was heard for so long is given up, whatever waits
   *     on it
   */
  static Vertx impatient(Vertx vertx, Duration silence) {
    return new VertxWrapper((VertxInternal) vertx) {
      @Override
      public NetClient createNetClient(NetClientOptions options) {
        return super.createNetClient(ending(options, silence));
      }
    };
  }

  private static NetClientOptions ending(NetClientOptions options, Duration silence) {
    return new NetClientOptions(options)
        .setConnectTimeout((int) CONNECT.toMillis())
        .setTcpKeepAlive(true)
        .setReadIdleTimeout((int) silence.toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  private static ClientSSLOptions tls(PostgresOptions.Tls tls) {
    ClientSSLOptions options = new ClientSSLOptions();
    if (tls.mode() == TlsMode.VERIFY_FULL) options.setHostnameVerificationAlgorithm("HTTPS");
    if (tls.mode().compareTo(TlsMode.VERIFY_CA) >= 0)
      return options.setTrustOptions(
          new PemTrustOptions().addCertPath(tls.rootCertificates().orElseThrow().toString()));
    return options.setTrustAll(true);
  }
}
