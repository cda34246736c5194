package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How soon a whole node cuts off who came with a token that ends. */
class EndedTokensTest {
  @TempDir Path folder;
  private final HttpClient browser = HttpClient.newHttpClient();
  private NodeProcess node;
  private HttpProbe http;

  @BeforeEach
  void startNode() throws Exception {
    Path data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  private Mqtt5BlockingClient connect(String user, String password, CountDownLatch gone) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .addDisconnectedListener(context -> gone.countDown())
            .buildBlocking();
    client
        .connectWith()
        .simpleAuth()
        .username(user)
        .password(password.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
    return client;
  }

  /** Of the answer to whoever ended it. */
  private static void isCutWithinASecond(CountDownLatch gone, Runnable ending) throws Exception {
    ending.run();
    assertThat(gone.await(1, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aNamedTokenThatIsTakenBackCutsMqttAndHttp() throws Exception {
    JsonNode made =
        http.post("/v0/me/tokens", "{\"name\":\"script\",\"scopes\":\"profile readings:read\"}");
    String token = made.get("token").asText();
    CountDownLatch gone = new CountDownLatch(1);
    connect("bearer", token, gone);
    assertThat(http.as(token).send("GET", "/v0/me", "").statusCode()).isEqualTo(200);
    isCutWithinASecond(
        gone, () -> http.send("DELETE", "/v0/me/tokens/" + made.get("id").asInt(), ""));
    assertThat(http.as(token).send("GET", "/v0/me", "").statusCode()).isEqualTo(401);
    assertThatThrownBy(() -> connect("bearer", token, new CountDownLatch(1)));
  }

  @Test
  void aRevokedAccessTokenCutsMqttAndHttp() throws Exception {
    JsonNode application =
        http.post(
            "/v0/applications",
            "{\"name\":\"Own\",\"scopes\":\"devices:read readings:read readings:write\"}");
    String client =
        "client_id="
            + application.get("uid").asText()
            + "&client_secret="
            + application.get("secret").asText();
    String answer = form("/oauth/token", "grant_type=client_credentials&" + client).body();
    String token = answer.replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1");
    CountDownLatch gone = new CountDownLatch(1);
    connect("bearer", token, gone);
    assertThat(http.as(token).send("GET", "/v0/devices", "").statusCode()).isEqualTo(200);
    assertThat(http.as(token).send("POST", "/v0/devices", "{}").statusCode()).isEqualTo(403);
    isCutWithinASecond(gone, () -> form("/oauth/revoke", "token=" + token + "&" + client));
    HttpResponse<String> seen = form("/oauth/introspect", "token=" + token + "&" + client);
    assertThat(seen.body()).isEqualTo("{\"active\":false}");
  }

  @Test
  void aDevicesFormerTokenGoesOnUntilTheOverlapIsOver() throws Exception {
    JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"Roof\"}").get(0);
    String device = "/v0/devices/" + made.get("id").asInt();
    String former = made.get("device_token").asText();
    CountDownLatch gone = new CountDownLatch(1);
    Mqtt5BlockingClient kit = connect("device:" + made.get("id").asInt(), former, gone);
    String next = http.post(device + "/token", "{\"overlap\":2}").get("device_token").asText();
    assertThat(kit.getState().isConnected()).isTrue();
    kit.publishWith()
        .topic("device/sck/" + former + "/readings/raw")
        .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
        .payload("{t:2026-02-03T10:05:00Z,55:19.72}".getBytes(StandardCharsets.UTF_8))
        .send();
    assertThat(
            http.get(device + "/readings?sensor_id=55&rollup=1h&from=2026-02-03")
                .get("readings")
                .toString())
        .contains("19.72");
    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(
        () -> connect("device:" + made.get("id").asInt(), former, new CountDownLatch(1)));
    connect("device:" + made.get("id").asInt(), next, new CountDownLatch(1)).disconnect();
  }

  @Test
  void anotherDeviceTokenWithoutOverlapCutsAtOnce() throws Exception {
    JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"Roof\"}").get(0);
    CountDownLatch gone = new CountDownLatch(1);
    connect("device:" + made.get("id").asInt(), made.get("device_token").asText(), gone);
    isCutWithinASecond(
        gone, () -> http.post("/v0/devices/" + made.get("id").asInt() + "/token", "{}"));
  }

  private HttpResponse<String> form(String path, String fields) {
    try {
      return browser.send(
          HttpRequest.newBuilder(URI.create(node.httpUrl() + path))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(fields))
              .build(),
          BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
