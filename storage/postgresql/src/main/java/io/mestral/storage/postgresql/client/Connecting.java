package io.mestral.storage.postgresql.client;

import io.mestral.config.Hidden;
import io.mestral.config.PostgresOptions;
import io.mestral.config.PostgresOptions.TlsMode;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How connections are made. */
final class Connecting {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** A peer that takes nothing for so long is gone, though nobody said so. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** A connection on which nothing was said for so long is given up, whatever waits on it. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

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

  static NetClientOptions transport() {
    return new NetClientOptions()
        .setConnectTimeout((int) CONNECT.toMillis())
        .setTcpKeepAlive(true)
        .setIdleTimeout((int) FORGOTTEN.toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setTcpUserTimeout((int) SILENCE.toMillis());
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
