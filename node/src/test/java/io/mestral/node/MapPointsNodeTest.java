package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.broker.TestAuthority;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The map of a whole node, over both versions of HTTP, from memory and from files. */
class MapPointsNodeTest {
  private static final String POINTS = "/v0/map/points?measure=noise";

  @TempDir Path folder;
  private TestAuthority authority;
  private NodeProcess node;
  private HttpProbe http;
  private int device;

  @BeforeEach
  void aKitOnTheRoof() throws Exception {
    authority = new TestAuthority("tests");
    authority.identity("CN=node").write(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    start();
    device = http.post("/ops/v1/devices", "{\"name\":\"Roof\"}").get(0).get("id").asInt();
    String place = "{\"latitude\":41.39669,\"longitude\":2.19219,\"exposure\":\"outdoor\"}";
    assertThat(http.send("PATCH", "/v0/devices/" + device, place).statusCode()).isEqualTo(200);
  }

  @AfterEach
  void theNodeStops() {
    node.close();
  }

  @Test
  void aReadingIsOnTheMapWithinASecondAndAfterARestart() throws Exception {
    assertThat(http.get(POINTS).get("id")).isEmpty();
    for (int round = 1; round <= 3; round++) {
      String time = "2026-02-03T10:0" + round + ":00Z";
      post(time, 40 + round);
      Instant late = Instant.now().plusMillis(1_500);
      while (valueIsNot(40 + round)) assertThat(Instant.now()).isBefore(late);
      assertThat(http.get(POINTS).get("at").get(0).asLong())
          .isEqualTo(Instant.parse(time).getEpochSecond());
    }
    assertThat(http.get(POINTS + "&mean=1h").get("value").get(0).asDouble()).isEqualTo(42);
    assertThat(node.stop()).isZero();
    start();
    assertThat(valueIsNot(43)).isFalse();
    assertThat(http.get(POINTS + "&mean=1h").get("value").get(0).asDouble()).isEqualTo(42);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void anAnswerIsCompressedOnceInBothVersionsOfHttp(HttpClient.Version version) throws Exception {
    post("2026-02-03T10:00:00Z", 48.5);
    HttpClient client =
        HttpClient.newBuilder().version(version).sslContext(authority.trusting()).build();
    URI uri = node.httpsUrl().resolve(POINTS);
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(uri)
                .header("Accept-Encoding", "gzip")
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    byte[] json = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
    assertThat(new ObjectMapper().readTree(json).get("value").get(0).asDouble()).isEqualTo(48.5);
  }

  private void start() throws Exception {
    Path data = folder.resolve("data");
    node =
        NodeProcess.start(
            data,
            "limits.http-per-minute=0",
            "http.tls.port=0",
            "http.tls.cert=" + folder.resolve("cert.pem"),
            "http.tls.key=" + folder.resolve("key.pem"));
    http = node.http(data);
  }

  private boolean valueIsNot(double value) {
    JsonNode values = http.get(POINTS).get("value");
    return values.isEmpty() || values.get(0).asDouble() != value;
  }

  private void post(String time, double value) {
    String entry =
        "{\"data\":[{\"recorded_at\":\""
            + time
            + "\",\"sensors\":[{\"id\":53,\"value\":"
            + value
            + "}]}]}";
    assertThat(http.send("POST", "/v0/devices/" + device + "/readings", entry).statusCode())
        .isLessThan(300);
  }
}
