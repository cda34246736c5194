package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A researcher's partner gets what the researcher's devices send, and nothing else. */
class ForwardingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path data;
  private NodeProcess node;
  private HttpProbe http;
  private HttpProbe ada;
  private String token;
  private int device;
  private String username;
  private String secret;

  @BeforeEach
  void adaHasAPartner() throws Exception {
    data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
    String password =
        http.post("/ops/v1/users", "{\"username\":\"ada\",\"email\":\"ada@example.org\"}")
            .get("password")
            .asText();
    ok(http.send("PATCH", "/v0/users/ada", "{\"role_mask\":2}"));
    ada =
        http.as(
            http.as("")
                .post("/v0/sessions", "{\"username\":\"ada\",\"password\":\"" + password + "\"}")
                .get("access_token")
                .asText());
    JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"Roof\",\"owner\":\"ada\"}").get(0);
    device = made.get("id").asInt();
    token = made.get("device_token").asText();
    ok(ada.send("PATCH", "/v0/devices/" + device, "{\"enable_forwarding\":true}"));
    readCredentials(ada.get("/v0/me"));
  }

  @AfterEach
  void theNodeStops() {
    node.close();
  }

  @Test
  void thePartnerGetsTheDeviceWithTheReadingsOfTheBatch() throws Exception {
    String destination =
        http.post("/v0/forwarding_destinations", "{\"name\":\"project-x\"}").get("id").asText();
    ok(
        ada.send(
            "PATCH",
            "/v0/devices/" + device,
            "{\"forwarding_destination_id\":" + destination + ",\"is_private\":true}"));
    send("info", "{\"hw_ver\":\"2.1\",\"mac\":\"AB:45:2D:33:98:01\"}");
    try (Mqtt5BlockingClient.Mqtt5Publishes heard = subscribed(partner(Optional.empty()))) {
      publish("{t:2026-02-03T10:00:00Z,56:48}");
      assertThat(values(next(heard), 56)).containsExactly(48.0);
      publish("{t:2026-02-03T10:05:00Z,55:19.72,12:26000}");
      Mqtt5Publish message = next(heard);
      assertThat(message.getTopic())
          .hasToString("/forward/" + secret + "/device/" + device + "/readings");
      assertThat(message.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
      assertThat(message.isRetain()).isFalse();
      String text = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
      assertThat(text)
          .doesNotContain(token, "ada@example.org", "legacy_api_key", "mac_address", "AB:45:2D");
      JsonNode shown = JSON.readTree(text);
      assertThat(shown.get("hardware").get("last_status_message"))
          .hasToString("{\"hw_ver\":\"2.1\"}");
      assertThat(shown.get("id").asInt()).isEqualTo(device);
      assertThat(shown.get("owner").get("username").asText()).isEqualTo("ada");
      assertThat(shown.get("data_policy").get("forwarding_destination").asText())
          .isEqualTo("project-x");
      assertThat(shown.get("location")).hasSize(8);
      assertThat(readings(shown, 55))
          .hasToString("[{\"timestamp\":\"2026-02-03T10:05:00Z\",\"value\":19.72}]");
      assertThat(readings(shown, 12).get(0).get("value").asDouble())
          .isEqualTo(175.72 / 65536.0 * 26000 - 53);
      assertThat(readings(shown, 56)).isEmpty();
    }
  }

  @Test
  void whatIsPostedIsForwardedNewestFirstAndRepeatsAreNot() throws Exception {
    try (Mqtt5BlockingClient.Mqtt5Publishes heard = subscribed(partner(Optional.of(secret)))) {
      String batch =
          "{\"data\":[{\"recorded_at\":\"2026-02-03T10:00:00Z\",\"sensors\":[{\"id\":55,\"value\":1}]},"
              + "{\"recorded_at\":\"2026-02-03T10:05:00Z\",\"sensors\":[{\"id\":55,\"value\":2}]}]}";
      for (int times = 0; times < 3; times++)
        ok(ada.send("POST", "/v0/devices/" + device + "/readings", batch));
      publish("{t:2026-02-03T10:05:00Z,4711:1}"); // no reading, no message
      for (int times = 0; times < 3; times++) publish("{t:2026-02-03T10:06:00Z,55:3}");
      publish("{t:2026-02-03T10:07:00Z,55:4}");
      assertThat(values(next(heard), 55)).containsExactly(2.0, 1.0);
      assertThat(values(next(heard), 55)).containsExactly(3.0);
      assertThat(values(next(heard), 55)).containsExactly(4.0);
    }
  }

  @Test
  void aPartnerWhoIsAwayGetsAllBatchesAcrossKills() throws Exception {
    Mqtt5BlockingClient partner = partner(Optional.empty());
    subscribed(partner).close();
    partner.disconnectWith().sessionExpiryInterval(3600).send();
    Set<Double> sent = new LinkedHashSet<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 10; i < 30; i++) {
        double value = round * 100 + i;
        publish("{t:2026-02-03T1" + round + ":" + i + ":00Z,55:" + value + "}");
        sent.add(value);
      }
      node.kill(); // right behind the last acknowledgement
      node = NodeProcess.start(data, "limits.http-per-minute=0");
    }
    Set<Double> heard = new LinkedHashSet<>();
    Mqtt5BlockingClient back = client("partner");
    try (Mqtt5BlockingClient.Mqtt5Publishes messages =
        back.publishes(MqttGlobalPublishFilter.ALL)) {
      login(back, username, Optional.empty());
      while (heard.size() < sent.size()) heard.addAll(values(next(messages), 55));
    }
    assertThat(heard).containsExactlyElementsOf(sent);
  }

  @Test
  void newCredentialsCutOffWhoHasTheOld() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    Mqtt5BlockingClient partner = partner(Optional.empty(), gone);
    subscribed(partner).close();
    String former = username;
    readCredentials(ada.post("/v0/me/forwarding_token", "{}"));
    assertThat(username).isNotEqualTo(former).matches("[A-Za-z0-9_-]{16}");
    assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> login(client("partner"), former, Optional.empty()))
        .isInstanceOf(Mqtt5ConnAckException.class);
    Mqtt5BlockingClient renewed = client("partner");
    try (Mqtt5BlockingClient.Mqtt5Publishes heard =
        renewed.publishes(MqttGlobalPublishFilter.ALL)) {
      login(renewed, username, Optional.of(secret));
      renewed.subscribeWith().topicFilter(filter()).qos(MqttQos.AT_LEAST_ONCE).send();
      publish("{t:2026-02-03T10:06:00Z,55:2}");
      assertThat(values(next(heard), 55)).containsExactly(2.0);
    }
  }

  @Test
  void aPartnerReadsItsOwnTopicsAndDoesNothingElse() {
    Mqtt5BlockingClient partner = partner(Optional.of(secret));
    for (String filter :
        List.of(
            "#",
            "/forward/+/#",
            "/forward/#",
            "/forward/" + username + "/#",
            "/forward/" + secret,
            "forward/" + secret + "/#",
            "device/#",
            "$SYS/#"))
      assertThatThrownBy(() -> partner.subscribeWith().topicFilter(filter).send())
          .as(filter)
          .isInstanceOf(Mqtt5SubAckException.class);
    for (String topic : List.of("/forward/" + secret + "/x", "device/sck/" + token + "/readings"))
      assertThatThrownBy(() -> partner.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).send())
          .as(topic)
          .isNotNull();
    partner.subscribeWith().topicFilter("/forward/" + secret + "/#").send();
    assertThatThrownBy(() -> login(client("other"), username, Optional.of("wrong")))
        .isInstanceOf(Mqtt5ConnAckException.class);
  }

  @Test
  void forwardingEndsWithTheConsentOrTheRole() throws Exception {
    try (Mqtt5BlockingClient.Mqtt5Publishes heard = subscribed(partner(Optional.empty()))) {
      ok(ada.send("PATCH", "/v0/devices/" + device, "{\"enable_forwarding\":false}"));
      publish("{t:2026-02-03T10:05:00Z,55:1}");
      ok(ada.send("PATCH", "/v0/devices/" + device, "{\"enable_forwarding\":true}"));
      publish("{t:2026-02-03T10:06:00Z,55:2}");
      assertThat(values(next(heard), 55)).containsExactly(2.0);
    }
    ok(http.send("PATCH", "/v0/users/ada", "{\"role_mask\":0}"));
    assertThatThrownBy(() -> login(client("partner"), username, Optional.empty()))
        .isInstanceOf(Mqtt5ConnAckException.class);
    assertThat(ada.get("/v0/me").get("forwarding_token").asText()).isEmpty();
    assertThat(ada.send("POST", "/v0/me/forwarding_token", "{}").statusCode()).isEqualTo(403);
    assertThat(ask(filter(), username)).isEqualTo("deny");
  }

  @Test
  void otherBrokersMayAskWhoMaySubscribe() {
    assertThat(ask(filter(), username)).isEqualTo("allow");
    assertThat(ask("forward/" + secret + "/device/1/readings", username)).isEqualTo("allow");
    assertThat(ask("/forward/+/device/1/readings", username)).isEqualTo("deny");
    assertThat(ask(filter(), "somebody")).isEqualTo("deny");
    assertThat(http.as("").get("/v0/forward").get("result").asText()).isEqualTo("deny");
  }

  private String ask(String topic, String name) {
    String query = "topic=" + topic.replace("+", "%2B") + "&username=" + name;
    return http.as("").get("/v0/forward?" + query).get("result").asText();
  }

  private void readCredentials(JsonNode me) {
    username = me.get("forwarding_username").asText();
    secret = me.get("forwarding_token").asText();
  }

  private static void ok(java.net.http.HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private String filter() {
    return "/forward/" + secret + "/device/+/readings";
  }

  private Mqtt5BlockingClient partner(Optional<String> password) {
    return partner(password, new CountDownLatch(1));
  }

  private Mqtt5BlockingClient partner(Optional<String> password, CountDownLatch gone) {
    Mqtt5BlockingClient partner =
        Mqtt5Client.builder()
            .identifier("partner")
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .addDisconnectedListener(context -> gone.countDown())
            .buildBlocking();
    login(partner, username, password);
    return partner;
  }

  private static void login(Mqtt5BlockingClient client, String name, Optional<String> password) {
    var auth = client.connectWith().cleanStart(false).sessionExpiryInterval(3600).simpleAuth();
    var named = auth.username(name);
    if (password.isPresent())
      named.password(password.get().getBytes(StandardCharsets.UTF_8)).applySimpleAuth().send();
    else named.applySimpleAuth().send();
  }

  private Mqtt5BlockingClient.Mqtt5Publishes subscribed(Mqtt5BlockingClient partner) {
    Mqtt5BlockingClient.Mqtt5Publishes heard = partner.publishes(MqttGlobalPublishFilter.ALL);
    partner.subscribeWith().topicFilter(filter()).qos(MqttQos.AT_LEAST_ONCE).send();
    return heard;
  }

  private static Mqtt5Publish next(Mqtt5BlockingClient.Mqtt5Publishes heard)
      throws InterruptedException {
    return heard.receive(10, TimeUnit.SECONDS).orElseThrow(() -> new AssertionError("silence"));
  }

  private static List<Double> values(Mqtt5Publish message, int sensor) throws IOException {
    List<Double> values = new ArrayList<>();
    readings(JSON.readTree(message.getPayloadAsBytes()), sensor)
        .forEach(reading -> values.add(reading.get("value").asDouble()));
    return values;
  }

  private static JsonNode readings(JsonNode shown, int sensor) {
    for (JsonNode component : shown.get("components"))
      if (component.get("sensor").get("id").asInt() == sensor) return component.get("readings");
    throw new AssertionError("no sensor " + sensor);
  }

  private Mqtt5BlockingClient client(String id) {
    return Mqtt5Client.builder()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(node.mqttPort())
        .buildBlocking();
  }

  /** Comes back when the node has acknowledged it. */
  private void publish(String payload) {
    send("readings/raw", payload);
  }

  private void send(String kind, String payload) {
    Mqtt5BlockingClient kit = client("kit");
    kit.connect();
    kit.publishWith()
        .topic("device/sck/" + token + "/" + kind)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.US_ASCII))
        .send();
    kit.disconnect();
  }
}
