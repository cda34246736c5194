package io.mestral.node.tls;

import io.mestral.config.TlsOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that a TLS port shows, its key, and who vouches for clients. When the files
 * change they are read again: new connections get what stands there then, the others go on. What
 * can't be used is reported, and the port goes on with what it had.
 */
public final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final String port;
  private final PemFiles files;
  private final ServerSSLOptions first;
  private volatile String taken;
  private volatile String seen;

  private Certificates(String port, PemFiles files, String taken, ServerSSLOptions first) {
    this.port = port;
    this.files = files;
    this.first = first;
    this.taken = taken;
    this.seen = taken;
  }

  /**
   * Reads the files; blocks meanwhile.
   *
   * @param port what the configuration calls it: its keys begin so
   * @throws UnusableTlsFile when one of them can't be used
   */
  public static Certificates read(Vertx vertx, String port, TlsOptions options) {
    PemFiles files = new PemFiles(port, options);
    String fingerprint = files.fingerprint(); // before: what changes meanwhile is read again
    return new Certificates(port, files, fingerprint, files.read(vertx));
  }

  /** What the files held when they were read first. */
  public ServerSSLOptions first() {
    return first;
  }

  /**
   * Looks after the files from now on.
   *
   * @param show has the open port show something else
   * @return ends it
   */
  public Runnable watch(
      Vertx vertx, Function<ServerSSLOptions, Future<Boolean>> show, MeterRegistry meters) {
    long timer =
        vertx.setPeriodic(
            LOOK_EVERY.toMillis(),
            turn ->
                vertx
                    .executeBlocking(() -> changed(vertx))
                    .compose(
                        found -> found.map(show).orElseGet(() -> Future.succeededFuture(false)))
                    .onSuccess(
                        updated -> {
                          if (updated) used(meters);
                        })
                    .onFailure(failure -> unusable(meters, failure)));
    return () -> vertx.cancelTimer(timer);
  }

  private void used(MeterRegistry meters) {
    count(meters, "used");
    LOG.info("the certificate of {} was read again", port);
  }

  private void unusable(MeterRegistry meters, Throwable failure) {
    count(meters, "unusable");
    LOG.error("{} goes on with the certificate it has: {}", port, failure.getMessage());
  }

  private void count(MeterRegistry meters, String result) {
    meters.counter("mestral.tls.reads", "port", port, "result", result).increment();
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
