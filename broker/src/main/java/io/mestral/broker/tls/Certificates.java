package io.mestral.broker.tls;

import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.config.TlsOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the TLS port shows, its key, and who vouches for clients. When the files
 * change they are read again: new connections get what stands there then, the others go on. What
 * can't be used is reported, and the port goes on with what it had.
 */
public final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final TlsOptions options;
  private final PemFiles files;
  private final ServerSSLOptions first;
  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile String taken;
  private volatile String seen;

  private Certificates(TlsOptions options, PemFiles files, String taken, ServerSSLOptions first) {
    this.options = options;
    this.files = files;
    this.first = first;
    this.taken = taken;
    this.seen = taken;
  }

  /**
   * Reads the files; blocks meanwhile.
   *
   * @throws UnusableTlsFile when one of them can't be used
   */
  public static Certificates read(Vertx vertx, TlsOptions options) {
    PemFiles files = new PemFiles(options);
    String fingerprint = files.fingerprint(); // before: what changes meanwhile is read again
    return new Certificates(options, files, fingerprint, files.read(vertx));
  }

  /** The port that shows them. */
  public TlsOptions options() {
    return options;
  }

  /** What the files held when they were read first. */
  public ServerSSLOptions first() {
    return first;
  }

  /**
   * Looks after the files from now on, on behalf of all servers that share the port: only the first
   * call does anything. Ends with the verticle that calls it.
   */
  public void watch(Vertx vertx, NetServer server, BrokerMetrics metrics) {
    if (!watched.compareAndSet(false, true)) return;
    vertx.setPeriodic(
        LOOK_EVERY.toMillis(),
        turn ->
            vertx
                .executeBlocking(() -> changed(vertx))
                .compose(
                    found ->
                        found.isPresent()
                            ? server.updateSSLOptions(found.get())
                            : Future.succeededFuture(false))
                .onSuccess(
                    updated -> {
                      if (!updated) return;
                      metrics.certificatesRead(true);
                      LOG.info("the certificate of the TLS port was read again");
                    })
                .onFailure(
                    failure -> {
                      metrics.certificatesRead(false);
                      LOG.error("the TLS port goes on with what it has: {}", failure.getMessage());
                    }));
  }

  /**
   * What the files hold when they have changed and are quiet: a certificate and its key are
   * replaced one after the other, and between the two they don't fit.
   */
  private Optional<ServerSSLOptions> changed(Vertx vertx) {
    String now = files.fingerprint();
    boolean quiet = now.equals(seen);
    seen = now;
    if (!quiet || now.equals(taken)) return Optional.empty();
    taken = now;
    return Optional.of(files.read(vertx));
  }
}
