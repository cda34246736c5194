package io.mestral.verticles.smartrequest.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.SmartApiOptions;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.storage.Settled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posting to real servers, over TLS as well; Smart API, section 8.7. */
class HttpPostTest {
  private static final Document MESSAGE = new Document("text/turtle", "# nothing\n".getBytes());
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String PASSWORD = "only for a test";

  private final Vertx vertx = Vertx.vertx();
  private final AddressGuard guard =
      new AddressGuard(new SmartApiOptions.Interfaces(true, Set.of()));

  @AfterEach
  void stop() {
    Settled.value(vertx.close());
  }

  private static Target at(boolean isEncrypted, String host, int port) {
    return new Target(isEncrypted, host, port, "/in?x=1", Syntax.TURTLE);
  }

  @Test
  void theConnectionIsMadeToTheAddressAndTheHostIsNamedAsItWasAnnounced() throws Exception {
    BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    int port =
        Settled.value(
                vertx
                    .createHttpServer()
                    .requestHandler(
                        request -> {
                          heads.add(request.authority() + " " + request.uri());
                          request.response().end("x".repeat(2_000));
                        })
                    .listen(0, "127.0.0.1"))
            .actualPort();
    HttpPost http = new HttpPost(vertx, guard, 2_000);
    HttpPost.Reply reply =
        Settled.value(http.post(at(false, "localhost", port), MESSAGE, PATIENCE));
    assertThat(reply.body().length()).isEqualTo(2_000);
    assertThat(heads.poll(20, TimeUnit.SECONDS)).isEqualTo("localhost:" + port + " /in?x=1");
    HttpPost smaller = new HttpPost(vertx, guard, 1_999);
    assertThat(Settled.failure(smaller.post(at(false, "localhost", port), MESSAGE, PATIENCE)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() {
    int port =
        Settled.value(
                vertx
                    .createHttpServer()
                    .requestHandler(HttpServerRequest::resume)
                    .listen(0, "127.0.0.1"))
            .actualPort();
    HttpPost http = new HttpPost(vertx, guard, 2_000);
    assertThat(
            Settled.failure(
                http.post(at(false, "127.0.0.1", port), MESSAGE, Duration.ofMillis(200))))
        .isNotNull();
  }

  @Test
  void aCertificateHasToBeTheAnnouncedHosts(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    certificate(keys, "dns:localhost");
    PfxOptions store = new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD);
    int port =
        Settled.value(
                vertx
                    .createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(store))
                    .requestHandler(request -> request.response().end(Buffer.buffer("yes")))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    HttpClientOptions trust = new HttpClientOptions();
    trust.setTrustOptions(store);
    HttpPost http = new HttpPost(vertx, guard, 2_000, trust);
    assertThat(Settled.value(http.post(at(true, "localhost", port), MESSAGE, PATIENCE)).status())
        .isEqualTo(200);
    assertThat(Settled.failure(http.post(at(true, "127.0.0.1", port), MESSAGE, PATIENCE)))
        .isNotNull();
    HttpPost usual = new HttpPost(vertx, guard, 2_000);
    assertThat(Settled.failure(usual.post(at(true, "localhost", port), MESSAGE, PATIENCE)))
        .isNotNull();
  }

  private static void certificate(Path file, String name) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=server",
                "-ext",
                "SAN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
  }
}
