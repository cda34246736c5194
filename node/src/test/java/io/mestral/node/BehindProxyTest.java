package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node that believes the machine's own proxy whom it asks for. */
class BehindProxyTest {
  private static final String SIGN_UP =
      "{\"username\":\"ada\",\"email\":\"ada@example.org\",\"password\":\"first one\"}";

  private NodeProcess node;
  private HttpProbe admin;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    node =
        NodeProcess.start(
            data,
            "http.trusted-proxies=127.0.0.1, 10.0.0.0/8",
            "limits.http-per-minute=3",
            "limits.wrong-logins-per-minute=18");
    admin = node.http(data);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private HttpProbe from(String address) {
    return admin.as("").with("X-Forwarded-For", address);
  }

  @Test
  void requestsAreCountedForEachClient() {
    for (int i = 0; i < 3; i++) assertThat(sensors("192.0.2.1")).isEqualTo(200);
    assertThat(sensors("192.0.2.1")).isEqualTo(429);
    assertThat(sensors("198.51.100.1, 192.0.2.1")).isEqualTo(429); // made up
    assertThat(sensors("192.0.2.2")).isEqualTo(200);
    for (int i = 0; i < 3; i++) assertThat(sensors("2001:db8::" + i)).isEqualTo(200);
    assertThat(sensors("2001:db8::9")).isEqualTo(429); // one network
    assertThat(sensors("2001:db8:0:1::9")).isEqualTo(200);
  }

  private int sensors(String address) {
    return from(address).send("GET", "/v0/sensors", "").statusCode();
  }

  @Test
  void theAuditLogHasTheClientsAddress() {
    from("192.0.2.7, 10.1.1.1").post("/v0/users", SIGN_UP);
    JsonNode newest = admin.get("/ops/v1/audit").get(0);
    assertThat(newest.get("action").asText()).isEqualTo("POST /v0/users");
    assertThat(newest.get("address").asText()).isEqualTo("192.0.2.7");
  }

  @Test
  void linksAndOriginsAreThoseOfTheProxy() {
    HttpResponse<String> answer =
        from("192.0.2.1")
            .with("X-Forwarded-Proto", "https")
            .with("X-Forwarded-Host", "map.example.org")
            .with("Origin", "https://map.example.org")
            .send("GET", "/v0/sensors", "");
    assertThat(answer.headers().firstValue("Link").orElseThrow())
        .startsWith("<https://map.example.org/v0/sensors?page=");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://map.example.org");
  }

  @Test
  void wrongPasswordsAreCountedForEachClientOverHttpAndWebSocket() {
    from("192.0.2.9").post("/v0/users", SIGN_UP);
    for (int i = 0; i < 3; i++) assertThat(login("192.0.2.1", "wrong")).isEqualTo(401);
    assertThat(login("192.0.2.1", "first one")).isEqualTo(429);
    assertThat(connect("192.0.2.1")).isEqualTo(Mqtt5ConnAckReasonCode.QUOTA_EXCEEDED);
    assertThat(connect("192.0.2.2")).isEqualTo(Mqtt5ConnAckReasonCode.SUCCESS);
    assertThat(login("192.0.2.3", "first one")).isEqualTo(200);
  }

  private int login(String address, String password) {
    byte[] pair = ("ada:" + password).getBytes(StandardCharsets.UTF_8);
    return from(address)
        .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
        .send("GET", "/v0/me", "")
        .statusCode();
  }

  private Mqtt5ConnAckReasonCode connect(String address) {
    URI http = URI.create(node.httpUrl());
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .serverHost(http.getHost())
            .serverPort(http.getPort())
            .webSocketConfig(
                MqttWebSocketConfig.builder()
                    .serverPath("mqtt")
                    .httpHeaders(Map.of("X-Forwarded-For", address))
                    .build())
            .buildBlocking();
    Mqtt5ConnAckException refused =
        catchThrowableOfType(
            Mqtt5ConnAckException.class,
            () ->
                client
                    .connectWith()
                    .simpleAuth()
                    .username("ada")
                    .password("first one".getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send());
    if (refused != null) return refused.getMqttMessage().getReasonCode();
    client.disconnect();
    return Mqtt5ConnAckReasonCode.SUCCESS;
  }
}
