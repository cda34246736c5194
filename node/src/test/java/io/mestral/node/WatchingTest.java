package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a whole node's broker, over HTTP and below $SYS. */
class WatchingTest {
  @TempDir Path folder;
  private NodeProcess node;
  private HttpProbe http;
  private String token;
  private String adasPassword;

  @BeforeEach
  void adaHasADevice() throws Exception {
    Path data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0", "mqtt.sys-interval=1s");
    http = node.http(data);
    adasPassword =
        http.post("/ops/v1/users", "{\"username\":\"ada\",\"email\":\"ada@example.org\"}")
            .get("password")
            .asText();
    token =
        http.post("/ops/v1/devices", "{\"name\":\"Roof\",\"owner\":\"ada\"}")
            .get(0)
            .get("device_token")
            .asText();
  }

  @AfterEach
  void theNodeStops() {
    node.close();
  }

  @Test
  void aKitIsSeenWithoutItsToken() {
    Mqtt5BlockingClient kit = client(token, new CountDownLatch(1));
    kit.connect();
    publish(kit, "device/sck/" + token + "/readings/raw", "{t:2026-02-03T10:05:00Z,55:1}");
    JsonNode listed = http.get("/ops/v1/sessions?client_id=" + token);
    assertThat(listed).hasSize(1);
    JsonNode shown = http.get("/ops/v1/sessions/" + listed.get(0).get("id").asText());
    assertThat(shown.get("principal").asText()).isEqualTo("anonymous");
    assertThat(shown.get("client_id").asText()).isEqualTo(token.substring(0, 2) + "…");
    assertThat(shown.get("messages_received").asInt()).isEqualTo(1);
    assertThat(shown.get("protocol").asText()).isEqualTo("5.0");
    assertThat(shown.get("address").asText()).isEqualTo("127.0.0.1");
    assertThat(shown.get("events").get(0).get("event").asText()).isEqualTo("client_connected");
    assertThat(listed.toString() + shown).doesNotContain(token);
  }

  @Test
  void aClientThatIsSentAwayKeepsItsHistory() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Mqtt5BlockingClient ada = client("ada-phone", gone);
    logIn(ada, "ada", adasPassword);
    assertThatThrownBy(() -> publish(ada, "home/light", "on"))
        .isInstanceOf(Mqtt5PubAckException.class);
    JsonNode listed = http.get("/ops/v1/sessions?client_id=ada");
    assertThat(listed.get(0).get("client_id").asText()).isEqualTo("ada-phone");
    assertThat(listed.get(0).get("messages_refused").asInt()).isEqualTo(1);
    String path = "/ops/v1/sessions/" + listed.get(0).get("id").asText();
    http.send("DELETE", path, "");
    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    JsonNode after = http.get(path);
    assertThat(after.get("connected").asBoolean()).isFalse();
    assertThat(after.get("events").findValuesAsText("event"))
        .containsExactly("client_connected", "messages_refused", "client_disconnected");
    assertThat(after.get("events").get(2).get("text").asText()).contains("0x98");
    assertThat(http.get("/ops/v1/sessions")).isEmpty();
  }

  @Test
  void aSessionWhoseClientIsAwayIsSeenWithWhatWaitsForIt() throws Exception {
    Mqtt5BlockingClient ada = client("ada-phone", new CountDownLatch(1));
    ada.connectWith()
        .cleanStart(false)
        .sessionExpiryInterval(600)
        .simpleAuth()
        .username("ada")
        .password(adasPassword.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
    String topic = "device/sck/" + token + "/readings/raw";
    ada.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send();
    ada.disconnect();
    Mqtt5BlockingClient kit = client("kit", new CountDownLatch(1));
    kit.connect();
    publish(kit, topic, "{t:2026-02-03T10:05:00Z,55:1}");
    JsonNode queue = http.get("/ops/v1/queues").get(0);
    assertThat(queue.get("client_id").asText()).isEqualTo("ada-phone");
    assertThat(queue.get("connected").asBoolean()).isFalse();
    assertThat(queue.get("queued").asInt()).isEqualTo(1);
    assertThat(queue.get("queued_bytes").asInt()).isPositive();
    JsonNode shown = http.get("/ops/v1/sessions/" + queue.get("id").asText());
    assertThat(shown.get("subscriptions").get(0).asText())
        .isEqualTo("device/sck/" + token.substring(0, 2) + "…/readings/raw");
    assertThat(shown.get("events").findValuesAsText("event"))
        .containsExactly("client_connected", "subscription_granted", "client_disconnected");
    assertThat(http.get("/ops/v1/sessions")).hasSize(2);
    publish(kit, MqttQos.AT_MOST_ONCE, topic, "{t:2026-02-03T10:06:00Z,55:1}");
    publish(kit, topic, "{t:2026-02-03T10:07:00Z,55:1}"); // so the one before was there
    shown = http.get("/ops/v1/sessions/" + queue.get("id").asText());
    assertThat(shown.get("messages_dropped").asInt()).isEqualTo(1);
    assertThat(shown.get("dropped_by_reason").toString()).isEqualTo("{\"away\":1}");
    String path = "/ops/v1/sessions/" + queue.get("id").asText();
    assertThat(http.send("DELETE", path, "").body())
        .isEqualTo(
            "{\"message\":\"OK\",\"disconnected\":false,\"session_ended\":false,"
                + "\"messages_discarded\":0}");
    assertThat(http.send("DELETE", path + "?end=true", "").body())
        .isEqualTo(
            "{\"message\":\"OK\",\"disconnected\":false,\"session_ended\":true,"
                + "\"messages_discarded\":2}");
    assertThat(http.get("/ops/v1/queues")).isEmpty();
  }

  @Test
  void onlyAdministratorsHearTheFiguresAndNobodyMakesThemUp() throws Exception {
    Mqtt5BlockingClient ada = client("ada-phone", new CountDownLatch(1));
    logIn(ada, "ada", adasPassword);
    assertThatThrownBy(() -> ada.subscribeWith().topicFilter("$SYS/#").send())
        .isInstanceOf(Mqtt5SubAckException.class);
    JsonNode boss =
        http.post(
            "/ops/v1/users",
            "{\"username\":\"boss\",\"email\":\"b@example.org\",\"role\":\"admin\"}");
    Mqtt5BlockingClient admin = client("console", new CountDownLatch(1));
    logIn(admin, "boss", boss.get("password").asText());
    try (Mqtt5BlockingClient.Mqtt5Publishes heard =
        admin.publishes(MqttGlobalPublishFilter.SUBSCRIBED)) {
      admin.subscribeWith().topicFilter("$SYS/broker/version").send();
      assertThat(text(heard)).startsWith("mestral ");
      assertThatThrownBy(() -> publish(admin, "$SYS/broker/version", "mine"))
          .isInstanceOf(Mqtt5PubAckException.class);
      admin.subscribeWith().topicFilter("$SYS/broker/uptime").send();
      assertThat(text(heard)).endsWith(" seconds");
    }
  }

  @Test
  void metricsAreNamedByConvention() {
    Mqtt5BlockingClient kit = client("kit", new CountDownLatch(1));
    kit.connect();
    publish(kit, "device/sck/" + token + "/readings/raw", "{t:2026-02-03T10:05:00Z,55:1}");
    assertThat(http.send("GET", "/metrics", "").body())
        .contains("mestral_mqtt_connections{transport=\"tcp\",version=\"5.0\"} 1.0")
        .contains("mestral_mqtt_connects_total{result=\"accepted\"} 1.0")
        .contains("mestral_mqtt_publishes_received_total{qos=\"1\"} 1.0")
        .contains("mestral_mqtt_publishes_sent_total{qos=\"0\"} 0.0")
        .contains("mestral_mqtt_publishes_dropped_total{reason=\"queue_full\"} 0.0")
        .containsPattern("mestral_mqtt_retained_messages [1-9]") // those below $SYS
        .contains("mestral_mqtt_retained_bytes ", "mestral_mqtt_subscriptions ")
        .contains("mestral_mqtt_bytes_received_total")
        .contains("mestral_mqtt_event_loop_lag_seconds_max");
  }

  private Mqtt5BlockingClient client(String id, CountDownLatch gone) {
    return Mqtt5Client.builder()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(node.mqttPort())
        .addDisconnectedListener(context -> gone.countDown())
        .buildBlocking();
  }

  private static void logIn(Mqtt5BlockingClient client, String name, String password) {
    client
        .connectWith()
        .simpleAuth()
        .username(name)
        .password(password.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
  }

  private static void publish(Mqtt5BlockingClient client, String topic, String payload) {
    publish(client, MqttQos.AT_LEAST_ONCE, topic, payload);
  }

  private static void publish(
      Mqtt5BlockingClient client, MqttQos qos, String topic, String payload) {
    client
        .publishWith()
        .topic(topic)
        .qos(qos)
        .payload(payload.getBytes(StandardCharsets.US_ASCII))
        .send();
  }

  private static String text(Mqtt5BlockingClient.Mqtt5Publishes heard) throws InterruptedException {
    return new String(
        heard.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes(),
        StandardCharsets.UTF_8);
  }
}
