package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.auth.LoginBrake;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What all requests together may take of the memory, and slow ones of the time. */
class DoorTest {
  /** More than sockets of this machine hold between them. */
  private static final Buffer LARGE = Buffer.buffer("x".repeat(32 << 20));

  private static final String FORM =
      "--f\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n%s\r\n--f--\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final Promise<Void> entered = Promise.promise();
  private final Promise<Answer> held = Promise.promise();
  private final Router router = Router.router(vertx);
  private final Door door =
      new Door(
          verifier(),
          new Bounds(
              new RateLimit(0, Clock.systemUTC()),
              new BodyBudget(100_000),
              new AnswerBudget(1 << 20),
              new LeastRate(1024, Duration.ofSeconds(60))),
          new AuditTrail(stores.metadata().auditLog(), Set.of(), Clock.systemUTC()),
          new Origins(Optional.empty(), Set.of()));

  @AfterEach
  void close() throws Exception {
    stores.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void largeAnswersThatAreNotTakenLeaveNoRoomForOthers() throws Exception {
    router.get("/v0/large").handler(door.to(exchange -> Future.succeededFuture(large())));
    router.get("/v0/shared").handler(door.to(exchange -> Future.succeededFuture(large().shared())));
    int port = listen();
    try (Socket slow = ask(port, "GET /v0/large HTTP/1.1\r\nHost: a\r\n\r\n")) {
      assertThat(slow.getInputStream().readNBytes(12)).isEqualTo(ascii("HTTP/1.1 200"));
      assertThat(answer(port, "GET /v0/large HTTP/1.1"))
          .startsWith("HTTP/1.1 503")
          .contains("Retry-After: 5")
          .endsWith(
              "{\"id\":\"service_unavailable\",\"message\":\"Too many large answers at once;"
                  + " try again later\",\"errors\":null,\"url\":null}");
      assertThat(answer(port, "GET /v0/shared HTTP/1.1")).startsWith("HTTP/1.1 200");
      slow.getInputStream().readNBytes(LARGE.length());
    }
    assertThat(answer(port, "GET /v0/large HTTP/1.1")).startsWith("HTTP/1.1 200");
  }

  @Test
  void whoGoesAwayGivesTheRoomBack() throws Exception {
    Promise<Void> gone = Promise.promise();
    router
        .route()
        .handler(
            context -> {
              context.response().closeHandler(closed -> gone.tryComplete());
              context.next();
            });
    router.get("/v0/large").handler(door.to(exchange -> Future.succeededFuture(large())));
    int port = listen();
    try (Socket slow = ask(port, "GET /v0/large HTTP/1.1\r\nHost: a\r\n\r\n")) {
      slow.getInputStream().readNBytes(12);
    }
    gone.future().await(10, TimeUnit.SECONDS);
    assertThat(answer(port, "GET /v0/large HTTP/1.1")).startsWith("HTTP/1.1 200");
  }

  @Test
  void whoTakesNothingForTooLongIsCutOff() throws Exception {
    Promise<Void> sent = Promise.promise();
    router
        .get("/")
        .handler(
            context -> {
              HttpServerResponse response = context.response();
              Slices.send(response, LARGE, Duration.ofMillis(200)).onComplete(sent);
            });
    try (Socket slow = ask(listen(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
      assertThat(sent.future().transform(end -> Future.succeededFuture(end.cause())).await())
          .isInstanceOf(TimeoutException.class);
      assertThat(slow.getInputStream().readAllBytes().length).isLessThan(LARGE.length());
    }
  }

  @Test
  void formsOfSeveralPartsCountAsBodies() throws Exception {
    router
        .post("/v0/form")
        .handler(
            door.to(
                exchange -> {
                  entered.tryComplete();
                  return held.future();
                }));
    int port = listen();
    String large = "POST /v0/form HTTP/1.1\r\nHost: a\r\n" + form("x".repeat(60_000));
    try (Socket first = ask(port, large)) {
      entered.future().await(10, TimeUnit.SECONDS);
      try (Socket second = ask(port, large)) {
        assertThat(second.getInputStream().readNBytes(12)).isEqualTo(ascii("HTTP/1.1 503"));
      }
      held.complete(Answer.done());
      assertThat(first.getInputStream().readNBytes(12)).isEqualTo(ascii("HTTP/1.1 200"));
    }
    try (Socket third = ask(port, large)) {
      assertThat(third.getInputStream().readNBytes(12)).isEqualTo(ascii("HTTP/1.1 200"));
    }
  }

  private static Answer large() {
    return new Answer(200, "text/plain", LARGE, Map.of(), false);
  }

  private static String form(String value) {
    String body = FORM.formatted(value);
    return "Content-Type: multipart/form-data; boundary=f\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String answer(int port, String request) throws IOException {
    try (Socket socket = ask(port, request + "\r\nHost: a\r\nConnection: close\r\n\r\n")) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static Socket ask(int port, String request) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(ascii(request));
    return socket;
  }

  private int listen() throws Exception {
    Router all = Router.router(vertx);
    all.route().handler(new RequestId());
    all.route().handler(new PathForms(Set.of()));
    all.route().subRouter(router);
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setMaxFormAttributeSize(1 << 20))
            .requestHandler(all);
    return server.listen(0, "127.0.0.1").await(10, TimeUnit.SECONDS).actualPort();
  }

  private TokenVerifier verifier() {
    TokenVault vault = new TokenVault(new byte[32]);
    Clock clock = Clock.systemUTC();
    LoginBrake brake = new LoginBrake(0, 1, vault, clock, new SimpleMeterRegistry());
    return new TokenVerifier(stores.metadata(), vault, new Passwords(vertx, vault), brake, clock);
  }
}
