package io.mestral.verticles.http.smartapi.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.routing.request.Answers;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.storage.Settled;
import io.mestral.verticles.auth.LoginBrake;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.http.door.AnswerBudget;
import io.mestral.verticles.http.door.AuditTrail;
import io.mestral.verticles.http.door.BodyBudget;
import io.mestral.verticles.http.door.Bounds;
import io.mestral.verticles.http.door.Door;
import io.mestral.verticles.http.door.LeastRate;
import io.mestral.verticles.http.door.Origins;
import io.mestral.verticles.http.door.RateLimit;
import io.mestral.verticles.http.smartapi.Senders;
import io.mestral.verticles.smartrequest.Askers;
import io.mestral.verticles.smartrequest.ConnectedClients;
import io.mestral.verticles.smartrequest.NodeIris;
import io.mestral.verticles.smartrequest.SmartRequests;
import io.mestral.verticles.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one connection may take of a node; Smart API, section 8.6. */
class SmartSocketsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Turned clock = new Turned();
  private final TestStores stores = TestStores.open(vertx, clock);
  private int port;

  /** Stands still until it is turned. */
  private static final class Turned extends Clock {
    private final AtomicReference<Instant> now =
        new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));

    void turn(Duration by) {
      now.updateAndGet(before -> before.plus(by));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  private void start(SmartRequests requests, Duration ping, int perMinute) {
    TokenVault vault = new TokenVault(new byte[32]);
    NodeIris iris = new NodeIris(() -> "http://example.org");
    TokenVerifier verifier =
        new TokenVerifier(
            stores.metadata(),
            vault,
            new Passwords(vertx, vault),
            new LoginBrake(18, 1_000, vault, clock, new SimpleMeterRegistry()),
            clock);
    Bounds bounds =
        new Bounds(
            new RateLimit(perMinute, clock),
            new BodyBudget(1 << 20),
            new AnswerBudget(1 << 20),
            new LeastRate(1024, Duration.ofSeconds(60)));
    Door door =
        new Door(
            verifier,
            bounds,
            new AuditTrail(stores.metadata().auditLog(), Set.of(), clock),
            new Origins(Optional.empty(), Set.of()));
    SmartSockets sockets =
        new SmartSockets(
            new SmartSockets.Shared(
                requests,
                new Senders(new Askers(stores.metadata(), iris)),
                new ConnectedClients(),
                new Answers(iris::node, clock),
                QudtFamily.LEGACY,
                1 << 20),
            ping);
    Router router = Router.router(vertx);
    router
        .route("/access")
        .handler(door.handingOver((asked, refusal, message) -> refusal, sockets::take));
    port =
        Settled.value(
                vertx
                    .createHttpServer(
                        new HttpServerOptions()
                            .setWebSocketSubProtocols(List.of(SmartSockets.SUBPROTOCOL)))
                    .requestHandler(router)
                    .listen(0, "127.0.0.1"))
            .actualPort();
  }

  @AfterEach
  void stop() {
    stores.close();
    Settled.value(vertx.close());
  }

  private WebSocket connect() {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .subprotocols(SmartSockets.SUBPROTOCOL)
        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/access"), new WebSocket.Listener() {})
        .join();
  }

  private static String request() {
    return "@prefix s: <http://smart-api.io/ontology/1.0/smartapi#> . <urn:uuid:"
        + UUID.randomUUID()
        + "> a s:Request ; s:generatedBy <urn:x:me> ; s:generatedAt \"2026-11-23T12:00:00Z\" ;"
        + " s:activity [ s:method s:Read ; s:entity [] ] .";
  }

  @Test
  void noMoreThanSixteenRequestsAreTakenBeforeOneIsDone() throws Exception {
    BlockingQueue<Promise<Optional<Message>>> waiting = new LinkedBlockingQueue<>();
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    start(
        incoming -> {
          Promise<Optional<Message>> one = Promise.promise();
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          waiting.add(one);
          return one.future();
        },
        Duration.ofSeconds(20),
        0);
    WebSocket socket = connect();
    for (int i = 0; i < 40; i++) socket.sendText(request(), true).join();
    for (int i = 0; i < 40; i++) {
      if (i == 0) pause();
      Promise<Optional<Message>> one = waiting.poll(20, TimeUnit.SECONDS);
      assertThat(one).as("request %d", i).isNotNull();
      open.decrementAndGet();
      one.complete(Optional.empty());
    }
    assertThat(most).hasValue(16);
  }

  /** Long enough for more requests than may be to come. */
  private void pause() {
    Promise<Void> over = Promise.promise();
    vertx.setTimer(1_500, timer -> over.complete());
    Settled.value(over.future());
  }

  @Test
  void whoAsksTooOftenWaitsForTheNextMinute() throws Exception {
    BlockingQueue<Instant> taken = new LinkedBlockingQueue<>();
    start(
        incoming -> {
          taken.add(clock.instant());
          return Future.succeededFuture(Optional.empty());
        },
        Duration.ofSeconds(20),
        3); // of which the connection is one
    Instant first = clock.instant();
    WebSocket socket = connect();
    for (int i = 0; i < 3; i++) socket.sendText(request(), true).join();
    assertThat(taken.poll(20, TimeUnit.SECONDS)).isEqualTo(first);
    assertThat(taken.poll(20, TimeUnit.SECONDS)).isEqualTo(first);
    pause();
    clock.turn(Duration.ofMinutes(1));
    assertThat(taken.poll(20, TimeUnit.SECONDS)).isEqualTo(first.plusSeconds(60));
  }

  @Test
  void whoAnswersNoPingIsGivenUp() throws Exception {
    start(incoming -> Future.succeededFuture(Optional.empty()), Duration.ofMillis(300), 0);
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET /access HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13"
                      + "\r\nSec-WebSocket-Protocol: smartapi.v1\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(head(in)).contains("101").containsIgnoringCase("smartapi.v1");
      assertThat(in.readNBytes(2)).containsExactly(0x89, 0); // a ping
      assertThat(in.readNBytes(4)).startsWith(0x88).endsWith(0x03, 0xf0); // 1008
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) in.read());
    return head.toString();
  }
}
