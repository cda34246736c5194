package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.mestral.broker.TestAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole node with HTTPS beside HTTP: the same API, and MQTT over secure WebSocket. */
class HttpsTest {
  @TempDir Path folder;
  private TestAuthority authority;
  private NodeProcess node;
  private URI https;

  @BeforeEach
  void aNodeWithACertificate() throws Exception {
    authority = new TestAuthority("tests");
    authority.identity("CN=first").write(file("cert.pem"), file("key.pem"));
    node = NodeProcess.start(folder.resolve("data"), tls());
    https = node.httpsUrl();
  }

  @AfterEach
  void theNodeStops() {
    node.close();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void bothVersionsOfHttpAreSpoken(HttpClient.Version version) throws Exception {
    HttpResponse<String> answer = client(version).send(get("/v0"), ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.body()).contains(https + "/v0/devices");
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void csvAndPartsOfFilesComeAsTheyAreInBothVersions(HttpClient.Version version) throws Exception {
    HttpProbe http = node.http(folder.resolve("data"));
    int id = http.post("/ops/v1/devices", "{\"name\":\"kit\"}").get(0).get("id").asInt();
    http.post(
        "/v0/devices/" + id + "/readings",
        "{\"data\":[{\"recorded_at\":\"2026-02-03T10:05:00Z\",\"sensors\":[{\"id\":55,\"value\":19.72}]}]}");
    String csv = http.send("GET", "/v0/devices/" + id + "/readings.csv", "").body();
    assertThat(csv).endsWith("\n2026-02-03 10:05:00 UTC,19.72\n");
    HttpResponse<byte[]> packed = packed(version, "/v0/devices/" + id + "/readings.csv", "");
    boolean gzip = packed.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    assertThat(text(gzip ? unpacked(packed.body()) : packed.body())).isEqualTo(csv);

    http.get("/v0/devices/" + id + "/readings/csv_archive");
    String exports = "/v0/devices/" + id + "/exports";
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!http.get(exports).get(0).get("state").asText().equals("ready"))
      assertThat(Instant.now()).isBefore(end);
    String url = http.get(exports).get(0).get("url").asText();
    HttpResponse<byte[]> part =
        packed(version, exports + url.substring(url.lastIndexOf('/')), "bytes=10-");
    assertThat(part.version()).isEqualTo(version);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(text(part.body())).isEqualTo(csv.substring(10)); // ASCII until there
  }

  private HttpResponse<byte[]> packed(HttpClient.Version version, String path, String range)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(https.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .header("Accept-Encoding", "gzip");
    if (!range.isEmpty()) request.header("Range", range);
    return client(version).send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
  }

  @Test
  void aClientThatSpeaksWebSocketOverTlsIsAClientLikeAnyOther() throws Exception {
    Mqtt5BlockingClient kit =
        Mqtt5Client.builder()
            .serverHost(https.getHost())
            .serverPort(https.getPort())
            .webSocketConfig(MqttWebSocketConfig.builder().serverPath("mqtt").build())
            .sslConfig(MqttClientSslConfig.builder().trustManagerFactory(authority.trust()).build())
            .buildBlocking();
    kit.connect();
    kit.publishWith()
        .topic("device/sck/abcdef/readings/raw")
        .payload("{t:2026-02-03T10:05:00Z,55:19.72}".getBytes(StandardCharsets.UTF_8))
        .send();
    String connected = "mestral_mqtt_connections{transport=\"wss\",version=\"5.0\"} 1.0";
    String metrics = client(HttpClient.Version.HTTP_2).send(get("/metrics"), ofString()).body();
    assertThat(metrics).contains(connected);
    kit.disconnect();
  }

  @Test
  void whoSpeaksNoTlsIsClosedAndTheOthersAreServed() throws Exception {
    try (Socket plain = new Socket(https.getHost(), https.getPort())) {
      plain.setSoTimeout(10_000);
      plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(plain.getInputStream().readAllBytes().length).as("an alert").isLessThan(8);
    }
    assertThat(shown()).isEqualTo("CN=first");
  }

  @Test
  void aNewCertificateIsShownWithoutARestart() throws Exception {
    authority.identity("CN=second").write(file("cert.pem"), file("key.pem"));
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!shown().equals("CN=second")) assertThat(Instant.now()).isBefore(end);
    bothVersionsOfHttpAreSpoken(HttpClient.Version.HTTP_2);
  }

  @Test
  void aKeyThatIsNoneIsNamedAndEndsTheStartWithTwo() throws Exception {
    Files.writeString(file("key.pem"), "nothing of the sort");
    NodeProcess.Refused refused = NodeProcess.startAndFail(folder.resolve("other"), tls());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.message()).contains("http.tls.key", file("key.pem").toString());
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private String[] tls() {
    return new String[] {
      "http.tls.port=0", "http.tls.cert=" + file("cert.pem"), "http.tls.key=" + file("key.pem")
    };
  }

  private HttpClient client(HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder().version(version).sslContext(authority.trusting()).build();
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(https.resolve(path)).timeout(Duration.ofSeconds(10)).build();
  }

  private static HttpResponse.BodyHandler<String> ofString() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private String shown() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            authority
                .trusting()
                .getSocketFactory()
                .createSocket(https.getHost(), https.getPort())) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }
}
