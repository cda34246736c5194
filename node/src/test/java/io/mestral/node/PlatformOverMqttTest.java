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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kits, devices and people may do at the broker of a whole node, and what becomes of it. */
class PlatformOverMqttTest {
  private static final String READING = "{t:2026-02-03T10:05:00Z,55:19.72}";

  @TempDir Path folder;
  private Path data;
  private NodeProcess node;
  private HttpProbe http;
  private int device;
  private String token;
  private String adasPassword;

  @BeforeEach
  void adaHasADevice() throws Exception {
    data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
    adasPassword =
        http.post("/ops/v1/users", "{\"username\":\"ada\",\"email\":\"ada@example.org\"}")
            .get("password")
            .asText();
    JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"Roof\",\"owner\":\"ada\"}").get(0);
    device = made.get("id").asInt();
    token = made.get("device_token").asText();
  }

  @AfterEach
  void theNodeStops() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bridge/", "bridge/sc/"})
  void readingsCountBehindEveryBridgePrefix(String prefix) {
    Mqtt5BlockingClient kit = connected("kit");
    publish(kit, prefix + topic("readings/raw"), READING);
    assertThat(latest(55)).isEqualTo(19.72);
  }

  @Test
  void sensorsAreNamedByIdOrKeyAndCalibrated() {
    publish(
        connected("kit"),
        topic("readings"),
        "{\"data\":[{\"recorded_at\":\"2026-02-03 10:05:00\",\"sensors\":["
            + "{\"id\":\"tvoc\",\"value\":\"212\"},{\"id\":4,\"value\":257},{\"id\":12,\"value\":26000}]}]}");
    assertThat(latest(113)).isEqualTo(212);
    assertThat(latest(4)).isEqualTo(25.7); // the catalogue divides by ten before storing
    assertThat(latest(12)).isEqualTo(175.72 / 65536.0 * 26000 - 53); // and this one when showing
  }

  @Test
  void theNewestReadingOfEachSensorIsTheLatestWhateverTheOrder() {
    Mqtt5BlockingClient kit = connected("kit");
    publish(kit, topic("readings/raw"), "{t:2026-02-03T10:05:00Z,55:2,56:20}");
    publish(kit, topic("readings/raw"), "{t:2026-02-03T10:00:00Z,55:1}");
    publish(kit, topic("readings/raw"), "{t:2026-02-03T10:10:00Z,56:30}");
    assertThat(latest(55)).isEqualTo(2);
    assertThat(sensor(55).get("prev_value").asDouble()).isEqualTo(1);
    assertThat(latest(56)).isEqualTo(30);
    assertThat(shown().get("last_reading_at").asText()).isEqualTo("2026-02-03T10:10:00Z");
  }

  @Test
  void aKeyMeansTheSensorThatTheDeviceHas() {
    Mqtt5BlockingClient kit = connected("kit");
    publish(kit, topic("readings/raw"), "{t:2026-02-03T10:00:00Z,12:20000}");
    publish(
        kit,
        topic("readings"),
        "{\"data\":[{\"recorded_at\":\"2026-02-03T10:05:00Z\",\"sensors\":[{\"id\":\"temp\",\"value\":26000}]}]}");
    assertThat(shown().get("data").get("sensors")).hasSize(1);
    assertThat(latest(12)).isEqualTo(175.72 / 65536.0 * 26000 - 53);
  }

  @Test
  void aTokenThatWasHeardBeforeItsDeviceIsKnownOnceTheDeviceIsMade() {
    Mqtt5BlockingClient kit = connected("kit");
    publish(kit, "device/sck/later1/readings/raw", READING);
    JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"L\",\"device_token\":\"later1\"}");
    device = made.get(0).get("id").asInt();
    publish(kit, "device/sck/later1/readings/raw", "{t:2026-02-03T10:06:00Z,55:3}");
    assertThat(latest(55)).isEqualTo(3);
  }

  @Test
  void infoThatIsNoJsonToItsEndIsRefused() {
    Mqtt5BlockingClient kit = connected("kit");
    assertThatThrownBy(() -> publish(kit, topic("info"), "{\"hw_ver\":\"2.1\"} and more"))
        .isInstanceOf(Mqtt5PubAckException.class);
    assertThat(shown().get("hardware").get("last_status_message").isNull()).isTrue();
  }

  @Test
  void theAdministratorMayHaveAnotherNameAtTheNextStart() throws Exception {
    http.send("PUT", "/v0/me", "{\"username\":\"boss1\"}");
    assertThat(node.stop()).isZero();
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    assertThat(node.http(data).get("/v0/me").get("username").asText()).isEqualTo("boss1");
    assertThat(node.log()).doesNotContain("admin password");
  }

  @Test
  void aNodeWhoseKeysAreLostServesWithNewOnes() throws Exception {
    publish(connected("kit"), topic("readings/raw"), READING);
    assertThat(node.stop()).isZero();
    for (String key : new String[] {"node.key", "node.key.copy"})
      Files.write(data.resolve(key), new byte[64]);
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
    assertThat(latest(55)).isEqualTo(19.72);
    assertThat(shown().get("device_token").asText()).isEmpty(); // sealed with the lost key
  }

  @Test
  void infoSaysWhatTheDeviceIsMadeOf() {
    Mqtt5BlockingClient kit = connected("kit");
    publish(kit, topic("hello"), token + ":Hello");
    publish(kit, topic("info"), "{\"hw_ver\":\"2.1\",\"mac\":\"AB:45:2D:33:98:01\"}");
    JsonNode hardware = shown().get("hardware");
    assertThat(hardware.get("name").asText()).isEqualTo("SmartCitizen Kit 2.1");
    assertThat(hardware.get("last_status_message").get("hw_ver").asText()).isEqualTo("2.1");
    assertThat(shown().get("mac_address")).isNull();
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    Mqtt5BlockingClient kit = connected("kit");
    publish(kit, topic("readings/raw"), "{t:2026-02-03T10:00:00Z,55:1}");
    publish(kit, topic("readings/raw"), "{t:2026-02-03T10:05:00Z,55:2}");
    JsonNode before = shown();
    assertThat(node.stop()).isZero();
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
    assertThat(shown()).isEqualTo(before);
    assertThat(latest(55)).isEqualTo(2);
  }

  @Test
  void aKitThatComesBackTakesItsConnectionOver() throws Exception {
    try (RawKit before = new RawKit(node.mqttPort(), token);
        RawKit after = new RawKit(node.mqttPort(), token)) {
      assertThat(before.isCutOff()).isTrue();
      after.publish(topic("readings/raw"), READING);
      assertThat(after.answersPing()).isTrue(); // so the reading before it was read
    }
  }

  @Test
  void aReplacedTokenIsCutAtOnce() {
    Mqtt5BlockingClient kit = connected("kit");
    publish(kit, topic("readings/raw"), READING);
    http.send("PATCH", "/v0/devices/" + device, "{\"device_token\":\"newone\"}");
    publish(kit, topic("readings/raw"), "{t:2026-02-03T10:06:00Z,55:99}");
    assertThat(latest(55)).isEqualTo(19.72);
    publish(kit, "device/sck/newone/readings/raw", "{t:2026-02-03T10:07:00Z,55:3}");
    assertThat(latest(55)).isEqualTo(3);
  }

  @Test
  void aDeviceThatLoggedInWithAReplacedTokenIsCutOff() throws Exception {
    CountDownLatch cutOff = new CountDownLatch(1);
    Mqtt5BlockingClient self =
        Mqtt5Client.builder()
            .identifier("self")
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .addDisconnectedListener(context -> cutOff.countDown())
            .buildBlocking();
    self.connectWith().simpleAuth().username(token).applySimpleAuth().send();
    http.send("PATCH", "/v0/devices/" + device, "{\"name\":\"Roof, renamed\"}");
    publish(self, topic("readings/raw"), READING); // a rename cuts nobody off
    http.send("PATCH", "/v0/devices/" + device, "{\"device_token\":\"newone\"}");
    assertThat(cutOff.await(1, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"password\":\"another-one\"}", "{\"role_mask\":5}"})
  void aUserWhosePasswordOrRoleChangesIsCutOff(String change) throws Exception {
    CountDownLatch cutOff = new CountDownLatch(1);
    Mqtt5BlockingClient ada =
        Mqtt5Client.builder()
            .identifier("ada")
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .addDisconnectedListener(context -> cutOff.countDown())
            .buildBlocking();
    ada.connectWith()
        .simpleAuth()
        .username("ada")
        .password(adasPassword.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
    http.send("PATCH", "/v0/users/ada", "{\"city\":\"Barcelona\"}");
    ada.subscribeWith().topicFilter(topic("#")).send(); // a move cuts nobody off
    http.send("PATCH", "/v0/users/ada", change);
    assertThat(cutOff.await(1, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "device/#", "device/sck/+/readings", "/forward/#"})
  void nobodySubscribesAnonymously(String filter) {
    Mqtt5BlockingClient stranger = connected("stranger");
    assertThatThrownBy(() -> stranger.subscribeWith().topicFilter(filter).send())
        .isInstanceOf(Mqtt5SubAckException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"home/light", "/forward/x/device/1/readings", "smartapi/1/x/in"})
  void strangersPublishNothingButReadings(String topic) {
    Mqtt5BlockingClient stranger = connected("stranger");
    assertThatThrownBy(() -> publish(stranger, topic, "1"))
        .isInstanceOf(Mqtt5PubAckException.class);
  }

  @Test
  void anOwnerHearsTheirDeviceAndNobodyElses() throws Exception {
    String foreign =
        http.post("/ops/v1/devices", "{\"name\":\"Other\"}").get(0).get("device_token").asText();
    Mqtt5BlockingClient ada = client("ada-phone");
    ada.connectWith()
        .simpleAuth()
        .username("ada")
        .password(adasPassword.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
    assertThatThrownBy(() -> ada.subscribeWith().topicFilter("device/sck/" + foreign + "/#").send())
        .isInstanceOf(Mqtt5SubAckException.class);
    try (Mqtt5BlockingClient.Mqtt5Publishes heard =
        ada.publishes(MqttGlobalPublishFilter.SUBSCRIBED)) {
      ada.subscribeWith()
          .topicFilter("device/sck/" + token + "/#")
          .qos(MqttQos.AT_LEAST_ONCE)
          .send();
      publish(connected("kit"), topic("readings/raw"), READING);
      assertThat(heard.receive(10, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes())
          .isEqualTo(READING.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private Mqtt5BlockingClient client(String id) {
    return Mqtt5Client.builder()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(node.mqttPort())
        .buildBlocking();
  }

  private Mqtt5BlockingClient connected(String id) {
    Mqtt5BlockingClient client = client(id);
    client.connect();
    return client;
  }

  private String topic(String kind) {
    return "device/sck/" + token + "/" + kind;
  }

  /** Comes back when the node has acknowledged it: what is asked next sees it. */
  private static void publish(Mqtt5BlockingClient client, String topic, String payload) {
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.US_ASCII))
        .send();
  }

  private JsonNode shown() {
    return http.get("/v0/devices/" + device);
  }

  private JsonNode sensor(int id) {
    for (JsonNode sensor : shown().get("data").get("sensors"))
      if (sensor.get("id").asInt() == id) return sensor;
    throw new AssertionError("no sensor " + id);
  }

  private double latest(int sensor) {
    return sensor(sensor).get("value").asDouble();
  }
}
