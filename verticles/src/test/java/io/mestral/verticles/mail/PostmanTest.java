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
import io.mestral.storage.MailQueue;
import io.mestral.storage.Settled;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.MovableClock;
import io.mestral.verticles.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail on its way to a real SMTP server. */
class PostmanTest {
  private static final Instant NOW = Instant.parse("2026-02-03T10:06:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final Context home = vertx.getOrCreateContext(); // of every postman
  private final MovableClock clock = new MovableClock(NOW);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TokenVault vault = new TokenVault(new byte[32]);
  private final LetterSeal seal = new LetterSeal(vault);
  private final TestStores stores = TestStores.open(vertx, clock);
  private final MailQueue queue = stores.metadata().mails();
  private GreenMail server;

  @BeforeEach
  void serve() {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
    stores.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whatWaitsIsSentOnceAndForgotten() throws Exception {
    for (int i = 0; i < 25; i++) add(mail("export/" + i));
    Postman postman = postman(server.getSmtp().getPort());
    walk(postman);
    walk(postman);
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
    add(mail("export/1"));
    Postman postman = postman(port);
    walked(postman);
    assertThat(meters.counter("mestral.mail.failed").count()).isEqualTo(1);
    assertThat(attempts()).isEqualTo(1);
    assertThat(due(Duration.ofMinutes(1))).isEqualTo(1);
    assertThat(due(Duration.ofSeconds(59))).isZero();
    clock.forward(Duration.ofMinutes(1));
    walked(postman);
    assertThat(meters.counter("mestral.mail.failed").count()).isEqualTo(2);
    assertThat(attempts()).isEqualTo(2);
    assertThat(due(Duration.ofMinutes(2))).isEqualTo(1);
    assertThat(due(Duration.ofSeconds(119))).isZero();

    server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    clock.forward(Duration.ofMinutes(2));
    walked(postman);
    assertThat(server.getReceivedMessages()).hasSize(1);
    assertThat(waiting()).isZero();
  }

  @Test
  void whatIsTooOldOrToNobodyIsDropped() {
    add(new Mail("a", "no address\r\nat all", "s", "b", NOW));
    add(mail("export/1"));
    Postman postman = postman(server.getSmtp().getPort());
    walked(postman);
    assertThat(server.getReceivedMessages()).hasSize(1);
    assertThat(meters.counter("mestral.mail.dropped").count()).isEqualTo(1);

    server.stop();
    add(mail("export/2"));
    clock.forward(Duration.ofDays(3));
    walked(postman);
    assertThat(waiting()).isZero();
    assertThat(meters.counter("mestral.mail.dropped").count()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"450", "451", "452"})
  void whatIsRefusedForNowWaitsAlone(String answer) {
    PickyServer picky = new PickyServer(vertx, Map.of("RCPT TO:<eve@", answer + " not now"));
    add(mail("export/1", "eve@example.org"));
    add(mail("export/2"));
    walked(postman(picky.port()));
    assertThat(picky.taken).hasValue(1);
    assertThat(waiting()).isEqualTo(1);
    assertThat(due(Duration.ofSeconds(59))).isZero();
    assertThat(due(Duration.ofMinutes(1))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"501", "504", "550", "554", "556"})
  void whatIsRefusedForEverIsDroppedAlone(String answer) {
    PickyServer picky = new PickyServer(vertx, Map.of("RCPT TO:<eve@", answer + " never"));
    add(mail("export/1", "eve@example.org"));
    add(mail("export/2"));
    walked(postman(picky.port()));
    assertThat(picky.taken).hasValue(1);
    assertThat(waiting()).isZero();
    assertThat(meters.counter("mestral.mail.dropped").count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"., 554, 0", "., 451, 2", "DATA, 554, 0", "DATA, 451, 2", "MAIL, 550, 2"})
  void whatTheMessageIsRefusedForConcernsItAlone(String at, String answer, int waiting) {
    PickyServer picky = new PickyServer(vertx, Map.of(at, answer + " no"));
    add(mail("export/1"));
    add(mail("export/2"));
    walked(postman(picky.port()));
    assertThat(meters.counter("mestral.mail.failed").count()).isEqualTo(2);
    assertThat(waiting()).isEqualTo(waiting);
  }

  @ParameterizedTest
  @CsvSource({"hello, 554", "hello, 421", "EHLO, 550", "MAIL, 530", "RCPT, 421", "DATA, 421"})
  void aServerThatTakesNothingIsAskedOnceAndNothingIsDropped(String at, String answer) {
    Map<String, String> no = new HashMap<>(Map.of(at, answer + " no"));
    if (at.equals("EHLO")) no.put("HELO", answer + " no");
    PickyServer picky = new PickyServer(vertx, no);
    add(mail("export/1"));
    add(mail("export/2"));
    walked(postman(picky.port()));
    assertThat(meters.counter("mestral.mail.failed").count()).isEqualTo(1);
    assertThat(waiting()).isEqualTo(2);
  }

  @Test
  void aStopWaitsForTheMailUnderWayAndBeginsNoOther() {
    SlowServer slow = new SlowServer(vertx);
    add(mail("export/1"));
    add(mail("export/2"));
    Postman postman = postman(slow.port());
    walk(postman);
    waitFor(() -> slow.taken.size() == 1);
    Future<Void> stopped = atHome(() -> postman.stop(Duration.ofSeconds(20)));
    assertThat(stopped.isComplete()).isFalse();
    assertThat(waiting()).isEqualTo(2);
    slow.answer.complete();
    stopped.toCompletionStage().toCompletableFuture().join();
    assertThat(waiting()).isEqualTo(1);
    walked(postman);
    assertThat(attempts()).isZero();
    assertThat(slow.taken).hasSize(1);
  }

  @Test
  void whatAKillCutShortComesAgainWhenItIsDueAsTheSameMail() {
    SlowServer slow = new SlowServer(vertx);
    add(mail("export/1"));
    walk(postman(slow.port())); // and never hears of it again
    waitFor(() -> slow.taken.size() == 1);
    Postman after = postman(slow.port());
    walked(after);
    assertThat(due(Duration.ofSeconds(59))).isZero();
    clock.forward(Duration.ofMinutes(1));
    walk(after);
    waitFor(() -> slow.taken.size() == 2);
    assertThat(slow.taken).allMatch(text -> text.contains("Message-ID: <"));
    assertThat(slow.taken.stream().map(PostmanTest::messageId).distinct()).hasSize(1);
  }

  @Test
  void aServerThatHangsUpInsteadOfAYesHoldsNobodyUpForEver() {
    SlowServer slow = new SlowServer(vertx);
    add(mail("export/1"));
    SmtpServer to = new SmtpServer("127.0.0.1", slow.port(), Encryption.NEVER, Optional.empty());
    MailOptions options =
        new MailOptions(to, "mestral@example.org", Optional.empty(), Optional.empty());
    Postman postman = postman(options, Duration.ofMillis(200));
    slow.hangsUp = true;
    walked(postman);
    assertThat(meters.counter("mestral.mail.failed").count()).isEqualTo(1);
    slow.hangsUp = false;
    slow.answer.complete();
    clock.forward(Duration.ofMinutes(1));
    walked(postman);
    assertThat(waiting()).isZero();
    assertThat(slow.taken).hasSize(2);
  }

  @Test
  void theVerticlesStopWaitsToo() {
    SlowServer slow = new SlowServer(vertx);
    add(mail("export/1"));
    SmtpServer to = new SmtpServer("127.0.0.1", slow.port(), Encryption.NEVER, Optional.empty());
    MailOptions options =
        new MailOptions(to, "mestral@example.org", Optional.empty(), Optional.empty());
    String verticle =
        vertx
            .deployVerticle(new MailVerticle(queue, options, seal, meters, clock))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    waitFor(() -> slow.taken.size() == 1);
    Future<Void> stopped = vertx.undeploy(verticle);
    slow.answer.complete();
    stopped.toCompletionStage().toCompletableFuture().join();
    assertThat(waiting()).isZero();
  }

  private static String messageId(String text) {
    int at = text.indexOf("Message-ID:");
    return text.substring(at, text.indexOf("\r\n", at));
  }

  /** Says what it is to say to lines that begin so ("hello": to nothing yet), yes to others. */
  private static final class PickyServer {
    final AtomicInteger taken = new AtomicInteger();
    private final Map<String, String> answers;
    private final NetServer server;

    PickyServer(Vertx vertx, Map<String, String> answers) {
      this.answers = answers;
      server = vertx.createNetServer().connectHandler(this::serve);
      server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    int port() {
      return server.actualPort();
    }

    private void serve(NetSocket socket) {
      boolean[] inData = new boolean[1];
      socket.handler(
          RecordParser.newDelimited(
              "\r\n",
              bytes -> {
                String line = bytes.toString();
                if (inData[0] && !line.equals(".")) return;
                String answer = answer(line, line.equals("DATA") ? "354 go on" : "250 ok");
                if (inData[0] && answer.startsWith("250")) taken.incrementAndGet();
                inData[0] = answer.startsWith("354");
                socket.write(answer + "\r\n");
                if (line.equals("QUIT")) socket.close();
              }));
      socket.write(answer("hello", "220 picky") + "\r\n");
    }

    private String answer(String line, String otherwise) {
      return answers.keySet().stream()
          .filter(line::startsWith)
          .findFirst()
          .map(answers::get)
          .orElse(otherwise);
    }
  }

  /** Takes mail, and says yes to it only when it may. */
  private static final class SlowServer {
    final Queue<String> taken = new ConcurrentLinkedQueue<>();
    final Promise<Void> answer = Promise.promise();
    volatile boolean hangsUp;
    private final NetServer server;

    SlowServer(Vertx vertx) {
      server = vertx.createNetServer().connectHandler(this::serve);
      server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    int port() {
      return server.actualPort();
    }

    private void serve(NetSocket socket) {
      StringBuilder mail = new StringBuilder();
      boolean[] inData = new boolean[1];
      socket.handler(
          RecordParser.newDelimited(
              "\r\n",
              bytes -> {
                String line = bytes.toString();
                if (inData[0] && line.equals(".")) {
                  inData[0] = false;
                  taken.add(mail.toString());
                  if (hangsUp) socket.close();
                  else answer.future().onSuccess(yes -> socket.write("250 ok\r\n"));
                } else if (inData[0]) mail.append(line).append("\r\n");
                else {
                  inData[0] = line.equals("DATA");
                  socket.write(inData[0] ? "354 go on\r\n" : "250 ok\r\n");
                }
              }));
      socket.write("220 slow\r\n");
    }
  }

  @Test
  void aLoginIsMadeAndAPasswordNeverSentInTheClearUnlessToldTo() throws UserException {
    server.setUser("ada@example.org", "ada", "s3same");
    add(mail("export/1"));
    walked(postman(options("ada", "s3same", Encryption.REQUIRED)));
    assertThat(attempts()).isEqualTo(1);
    assertThat(server.getReceivedMessages()).isEmpty();
    clock.forward(Duration.ofHours(1));
    walked(postman(options("ada", "s3same", Encryption.OFFERED)));
    assertThat(server.getReceivedMessages()).hasSize(1);
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

  private void add(Mail mail) {
    Settled.value(queue.add(mail));
  }

  private void walked(Postman postman) {
    walk(postman).toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private Future<?> walk(Postman postman) {
    return this.<Object>atHome(() -> postman.walk().mapEmpty());
  }

  private <T> Future<T> atHome(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    home.runOnContext(turn -> work.get().onComplete(done));
    return done.future();
  }

  private long waiting() {
    return Settled.value(queue.size());
  }

  private int due(Duration ahead) {
    return Settled.value(queue.due(clock.instant().plus(ahead), 10)).size();
  }

  private int attempts() {
    return Settled.value(queue.due(clock.instant().plusSeconds(9999), 1)).get(0).attempts();
  }

  private Postman postman(int port) {
    SmtpServer to = new SmtpServer("127.0.0.1", port, Encryption.OFFERED, Optional.empty());
    return postman(
        new MailOptions(to, "Mestral <mestral@example.org>", Optional.empty(), Optional.empty()));
  }

  private Postman postman(MailOptions options) {
    return postman(options, Duration.ofSeconds(60));
  }

  private Postman postman(MailOptions options, Duration patience) {
    Supplier<MailClient> servers = () -> MailClient.create(vertx, MailVerticle.config(options));
    return new Postman(queue, new Postman.Route(servers, options, seal, patience), meters, clock);
  }

  private MailOptions options(String user, String password, Encryption encryption) {
    SmtpServer.Login login = new SmtpServer.Login(user, new Hidden(password));
    int port = server.getSmtp().getPort();
    return new MailOptions(
        new SmtpServer("127.0.0.1", port, encryption, Optional.of(login)),
        "mestral@example.org",
        Optional.of("support@example.org"),
        Optional.empty());
  }

  private static Mail mail(String event) {
    return mail(event, "ada <ada@example.org>");
  }

  private static Mail mail(String event, String recipient) {
    return new Mail(
        event, recipient, "Device CSV Archive Ready", "It is there: http://127.0.0.1/x\n", NOW);
  }

  private static void waitFor(BooleanSupplier condition) {
    long limit = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Thread.onSpinWait();
    }
  }
}
