package io.mestral.verticles.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.AddressRange;
import io.mestral.verticles.http.exchange.Caller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asked over a socket, as by a proxy on the same machine; others are at 10.0.0.0/8 and ::1. */
class TrustedProxiesTest {
  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx);
  private int port;

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  private void trusting(String... ranges) throws Exception {
    Set<AddressRange> set = Stream.of(ranges).map(AddressRange::parse).collect(Collectors.toSet());
    Router router = Router.router(vertx);
    router.route().handler(new TrustedProxies(set));
    router
        .route()
        .handler(
            context -> {
              Caller caller = Caller.of(context);
              context.end(caller.address() + " " + caller.base());
            });
    HttpServer server = vertx.createHttpServer().requestHandler(router);
    port = await(server.listen(0, "127.0.0.1")).actualPort();
  }

  /** Headers, name and value by turns; a header may come several times. */
  private String asked(String... headers) throws Exception {
    HttpRequest<?> request = client.get(port, "127.0.0.1", "/");
    for (int i = 0; i < headers.length; i += 2) request.headers().add(headers[i], headers[i + 1]);
    return await(request.send()).bodyAsString().replace("127.0.0.1:" + port, "node");
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void nobodyIsBelievedUnlessTheOperatorSaysSo() throws Exception {
    trusting();
    assertThat(asked("X-Forwarded-For", "192.0.2.1", "X-Forwarded-Proto", "https"))
        .isEqualTo("127.0.0.1 http://node");
  }

  @Test
  void whoComesFromElsewhereIsNotBelieved() throws Exception {
    trusting("10.0.0.0/8", "::1");
    assertThat(asked("X-Forwarded-For", "192.0.2.1")).isEqualTo("127.0.0.1 http://node");
    assertThat(asked("Forwarded", "for=192.0.2.1")).isEqualTo("127.0.0.1 http://node");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1 | 192.0.2.1",
        "192.0.2.1:4711 | 192.0.2.1",
        "2001:db8::1 | 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:443 | 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.1 | 192.0.2.1",
        "198.51.100.9, 192.0.2.1 | 192.0.2.1", // who asked the proxy can write what they want
        "198.51.100.9, 192.0.2.1, 10.1.2.3 | 192.0.2.1",
        "192.0.2.1, 10.9.9.9, ::1 | 192.0.2.1",
        "10.1.1.1, 10.2.2.2 | 10.1.1.1",
        "192.0.2.1, nonsense | 127.0.0.1",
        "192.0.2.1, nonsense, 10.1.2.3 | 10.1.2.3",
        "192.0.2.1,, 10.1.2.3 | 10.1.2.3",
        "192.0.2.1 10.1.2.3 | 127.0.0.1",
        "localhost | 127.0.0.1",
        "192.0.2.256 | 127.0.0.1",
        "192.0.2 | 127.0.0.1",
        "'' | 127.0.0.1"
      })
  void theClientIsTheLastThatIsNoProxy(String header, String client) throws Exception {
    trusting("127.0.0.1", "10.0.0.0/8", "::1");
    assertThat(asked("X-Forwarded-For", header)).isEqualTo(client + " http://node");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "for=192.0.2.1 | 192.0.2.1",
        "For=\"192.0.2.1:4711\" ; By=10.0.0.1 | 192.0.2.1",
        "for=\"[2001:db8::1]:_port\" | 2001:db8:0:0:0:0:0:1",
        "for=198.51.100.9, for=192.0.2.1, for=10.1.2.3 | 192.0.2.1",
        "for=198.51.100.9;x=\", for=192.0.2.1 | 192.0.2.1", // a quote left open
        "for=198.51.100.9;x=\", for=\"[2001:db8::1]\" | 2001:db8:0:0:0:0:0:1",
        "for=192.0.2.1, for=unknown | 127.0.0.1",
        "for=192.0.2.1, for=_hidden, for=10.1.2.3 | 10.1.2.3",
        "for=192.0.2.1;for=192.0.2.2 | 127.0.0.1",
        "for=192.0.2.1, proto=http | 127.0.0.1",
        "for=\"192.0.2\\.1\" | 127.0.0.1",
        "192.0.2.1 | 127.0.0.1",
        "for=2001:db8::1 | 127.0.0.1" // which the standard wants in quotes and brackets
      })
  void theStandardsHeaderSaysTheSame(String header, String client) throws Exception {
    trusting("127.0.0.1", "10.0.0.0/8", "::1");
    assertThat(asked("Forwarded", header)).isEqualTo(client + " http://node");
  }

  @Test
  void whoWritesOneHeaderLetsNobodyWriteTheOther() throws Exception {
    trusting("127.0.0.1");
    String[] both = {"X-Forwarded-For", "192.0.2.1", "Forwarded", "for=192.0.2.1;proto=https"};
    assertThat(asked(both)).isEqualTo("192.0.2.1 http://node");
    assertThat(asked("X-Forwarded-For", "192.0.2.1", "Forwarded", "for=198.51.100.9"))
        .isEqualTo("127.0.0.1 http://node");
  }

  @Test
  void linesOfAHeaderAreReadAsOne() throws Exception {
    trusting("127.0.0.1");
    assertThat(asked("X-Forwarded-For", "198.51.100.9", "X-Forwarded-For", "192.0.2.1"))
        .isEqualTo("192.0.2.1 http://node");
    assertThat(asked("Forwarded", "for=198.51.100.9", "Forwarded", "for=192.0.2.1"))
        .isEqualTo("192.0.2.1 http://node");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https | map.example.org | https://map.example.org",
        "HTTPS | map.example.org:443 | https://map.example.org",
        "https | map.example.org:8443 | https://map.example.org:8443",
        "http | [2001:db8::1]:80 | http://[2001:db8::1]",
        "http, https | one.example.org, two.example.org | https://two.example.org",
        "ftp | a/b | http://node",
        "javascript | a@b | http://node",
        "https | '' | https://node",
      })
  void schemeAndHostAreWhatTheProxyWasAskedFor(String scheme, String host, String base)
      throws Exception {
    trusting("127.0.0.1");
    assertThat(asked("X-Forwarded-Proto", scheme, "X-Forwarded-Host", host))
        .isEqualTo("127.0.0.1 " + base);
  }

  @Test
  void ofAChainTheProxyThatWasAskedByTheClientSaysHow() throws Exception {
    trusting("127.0.0.1", "10.0.0.0/8");
    assertThat(
            asked(
                "Forwarded",
                "for=198.51.100.9;host=evil.example.org,"
                    + " for=192.0.2.1;proto=https;host=map.example.org, for=10.1.1.1;proto=http"))
        .isEqualTo("192.0.2.1 https://map.example.org");
  }
}
