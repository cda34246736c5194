package io.mestral.verticles.mail;

import io.mestral.config.MailOptions;
import io.mestral.config.SmtpServer;
import io.mestral.storage.MailQueue;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends mail when it hears at {@link Addresses#MAIL_WAITS} that there is some, and now and then.
 */
public final class MailVerticle extends VerticleBase {
  private static final Duration LOOKS = Duration.ofSeconds(30);
  private static final int CONNECT_MILLIS = 15_000;

  /** A server may take ten minutes to say yes to a mail (RFC 5321, 4.5.3.2.6). */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A mail server that answers at all has answered by then; a stop waits no longer. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final MailQueue queue;
  private final MailOptions options;
  private final LetterSeal seal;
  private final MeterRegistry meters;
  private final Clock clock;
  private Postman postman;

  /** Sends what is in that queue through that server. */
  public MailVerticle(
      MailQueue queue, MailOptions options, LetterSeal seal, MeterRegistry meters, Clock clock) {
    this.queue = queue;
    this.options = options;
    this.seal = seal;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    MailConfig config = config(options);
    Postman.Route route =
        new Postman.Route(() -> MailClient.create(vertx, config), options, seal, PATIENCE);
    postman = new Postman(queue, route, meters, clock);
    AtomicLong waiting = new AtomicLong();
    Gauge.builder("mestral.mail.waiting", waiting, AtomicLong::get).register(meters);
    vertx.setPeriodic(
        0,
        LOOKS.toMillis(),
        tick -> {
          queue.size().onSuccess(waiting::set);
          postman.walk();
        });
    return LocalBus.of(vertx).listen(Addresses.MAIL_WAITS, news -> postman.walk());
  }

  @Override
  public Future<?> stop() {
    return postman.stop(FAREWELL);
  }

  static MailConfig config(MailOptions options) {
    SmtpServer server = options.server();
    MailConfig config = new MailConfig();
    config
        .setHostname(server.host())
        .setPort(server.port())
        .setMaxPoolSize(1)
        .setKeepAlive(false)
        .setSsl(server.encryption() == SmtpServer.Encryption.IMPLICIT)
        .setStarttls(startTls(server.encryption()))
        .setLogin(server.login().isPresent() ? LoginOption.REQUIRED : LoginOption.DISABLED)
        .setUserAgent("mestral")
        .setConnectTimeout(CONNECT_MILLIS)
        .setIdleTimeout((int) PATIENCE.toSeconds());
    server
        .login()
        .ifPresent(
            login -> config.setUsername(login.user()).setPassword(login.password().reveal()));
    options
        .ca()
        .ifPresent(ca -> config.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
    return config;
  }

  private static StartTLSOptions startTls(SmtpServer.Encryption encryption) {
    return switch (encryption) {
      case NEVER, IMPLICIT -> StartTLSOptions.DISABLED;
      case OFFERED -> StartTLSOptions.OPTIONAL;
      case REQUIRED -> StartTLSOptions.REQUIRED;
    };
  }
}
