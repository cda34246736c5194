package io.mestral.verticles.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.mestral.config.Hidden;
import io.mestral.config.MailOptions;
import io.mestral.config.SmtpServer;
import io.mestral.config.SmtpServer.Encryption;
import io.mestral.storage.Mail;
import io.mestral.verticles.http.InMemoryMails;
import io.mestral.verticles.http.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail on its way to a real SMTP server. */
class PostmanTest {
  private static final Instant NOW = Instant.parse("2026-02-03T10:06:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock(NOW);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final InMemoryMails queue = new InMemoryMails();
  private GreenMail server;

  @BeforeEach
  void serve() {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whatWaitsIsSentOnceAndForgotten() throws Exception {
    for (int i = 0; i < 25; i++) queue.add(mail("export/" + i));
    Postman postman = postman(server.getSmtp().getPort());
    postman.walk();
    postman.walk();
    waitFor(() -> server.getReceivedMessages().length == 25);
    waitFor(() -> waiting() == 0);
    MimeMessage first = server.getReceivedMessages()[0];
    assertThat(first.getSubject()).isEqualTo("Device CSV Archive Ready");
    assertThat(first.getFrom()[0].toString()).isEqualTo("Mestral <mestral@example.org>");
    assertThat(first.getAllRecipients()[0].toString()).isEqualTo("ada <ada@example.org>");
    assertThat(GreenMailUtil.getBody(first)).contains("http://127.0.0.1/x");
    assertThat(first.getMessageID()).endsWith("@example.org>");
    assertThat(server.getReceivedMessages()).hasSize(25);
    assertThat(meters.counter("mestral.mail.sent").count()).isEqualTo(25);
  }

  @Test
  void whileTheServerIsAwayMailWaitsLongerAndLonger() {
    int port = server.getSmtp().getPort();
    server.stop();
    queue.add(mail("export/1"));
    Postman postman = postman(port);
    postman.walk();
    waitFor(() -> meters.counter("mestral.mail.failed").count() == 1);
    waitFor(() -> attempts() == 1);
    assertThat(due(Duration.ofMinutes(1))).isEqualTo(1);
    assertThat(due(Duration.ofSeconds(59))).isZero();
    clock.forward(Duration.ofMinutes(1));
    postman.walk();
    waitFor(() -> meters.counter("mestral.mail.failed").count() == 2);
    waitFor(() -> attempts() == 2);
    assertThat(due(Duration.ofMinutes(2))).isEqualTo(1);
    assertThat(due(Duration.ofSeconds(119))).isZero();

    server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    clock.forward(Duration.ofMinutes(2));
    postman.walk();
    waitFor(() -> server.getReceivedMessages().length == 1);
    waitFor(() -> waiting() == 0);
  }

  @Test
  void whatIsTooOldOrToNobodyIsDropped() {
    queue.add(new Mail("a", "no address\r\nat all", "s", "b", NOW));
    queue.add(mail("export/1"));
    Postman postman = postman(server.getSmtp().getPort());
    postman.walk();
    waitFor(() -> server.getReceivedMessages().length == 1);
    assertThat(meters.counter("mestral.mail.dropped").count()).isEqualTo(1);

    server.stop();
    queue.add(mail("export/2"));
    clock.forward(Duration.ofDays(3));
    postman.walk();
    waitFor(() -> waiting() == 0);
    assertThat(meters.counter("mestral.mail.dropped").count()).isEqualTo(2);
  }

  @Test
  void aLoginIsMadeAndAPasswordNeverSentInTheClearUnlessToldTo() throws UserException {
    server.setUser("ada@example.org", "ada", "s3same");
    queue.add(mail("export/1"));
    postman(options("ada", "s3same", Encryption.REQUIRED)).walk();
    waitFor(() -> attempts() == 1);
    assertThat(server.getReceivedMessages()).isEmpty();
    clock.forward(Duration.ofHours(1));
    postman(options("ada", "s3same", Encryption.OFFERED)).walk();
    waitFor(() -> server.getReceivedMessages().length == 1);
  }

  @Test
  void theOptionsReachTheClient() {
    MailConfig config = MailVerticle.config(options("ada", "x", Encryption.IMPLICIT));
    assertThat(config.isSsl()).isTrue();
    assertThat(config.isTrustAll()).isFalse();
    assertThat(config.getLogin()).isEqualTo(LoginOption.REQUIRED);
    assertThat(config.getStarttls()).isEqualTo(StartTLSOptions.DISABLED);
    assertThat(MailVerticle.config(options("ada", "x", Encryption.REQUIRED)).getStarttls())
        .isEqualTo(StartTLSOptions.REQUIRED);
  }

  private long waiting() {
    return queue.size().result();
  }

  private int due(Duration ahead) {
    return queue.due(clock.instant().plus(ahead), 10).result().size();
  }

  private int attempts() {
    return queue.due(clock.instant().plusSeconds(9999), 1).result().get(0).attempts();
  }

  private Postman postman(int port) {
    SmtpServer to = new SmtpServer("127.0.0.1", port, Encryption.OFFERED, Optional.empty());
    return postman(new MailOptions(to, "Mestral <mestral@example.org>", Optional.empty()));
  }

  private Postman postman(MailOptions options) {
    MailClient client = MailClient.create(vertx, MailVerticle.config(options));
    return new Postman(queue, client, options.from(), meters, clock);
  }

  private MailOptions options(String user, String password, Encryption encryption) {
    SmtpServer.Login login = new SmtpServer.Login(user, new Hidden(password));
    int port = server.getSmtp().getPort();
    return new MailOptions(
        new SmtpServer("127.0.0.1", port, encryption, Optional.of(login)),
        "mestral@example.org",
        Optional.empty());
  }

  private static Mail mail(String event) {
    return new Mail(
        event,
        "ada <ada@example.org>",
        "Device CSV Archive Ready",
        "It is there: http://127.0.0.1/x\n",
        NOW);
  }

  private static void waitFor(BooleanSupplier condition) {
    long limit = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.onSpinWait();
    }
  }
}
