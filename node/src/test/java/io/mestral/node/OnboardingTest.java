package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new kit from its first sign of life to a device with everything it ever sent. */
class OnboardingTest {
  private static final String ROW =
      "id owner_id name description mac_address latitude longitude created_at updated_at"
          + " latest_data geohash last_reading_at meta location data old_data owner_username uuid"
          + " migration_data workflow_state csv_export_requested_at old_mac_address state"
          + " device_token hardware_info notify_stopped_publishing_timestamp"
          + " notify_low_battery_timestamp notify_low_battery notify_stopped_publishing is_private"
          + " is_test archived_at hardware_type_override hardware_name_override"
          + " hardware_version_override hardware_slug_override precise_location enable_forwarding"
          + " forwarding_destination_id";

  @TempDir Path folder;
  private Path data;
  private NodeProcess node;
  private HttpProbe http;
  private HttpProbe app;
  private HttpProbe ada;
  private String token;

  @BeforeEach
  void anAppSetsAKitUp() throws Exception {
    data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
    ada = http.as(login(adasPassword()));
    JsonNode begun =
        http.as("")
            .post("/v0/onboarding/device", "{\"name\":\"Balcony\",\"exposure\":\"outdoor\"}");
    token = begun.get("device_token").asText();
    app = session(begun.get("onboarding_session").asText());
    assertThat(token).matches("[a-z0-9]{6}");
  }

  @AfterEach
  void theNodeStops() {
    node.close();
  }

  @Test
  void theHandshakeIsTheFirstMessageOfWhateverKind() {
    assertThat(progress().get("device_handshake").asBoolean()).isFalse();
    publish("hello", token + ":Hello");
    assertThat(progress().get("device_handshake").asBoolean()).isTrue();
  }

  @Test
  void aMessageThatCantBeReadIsAHandshakeToo() {
    try {
      publish("readings/raw", "{");
    } catch (RuntimeException refused) {
      assertThat(refused).hasMessageContaining("PUBACK");
    }
    assertThat(progress().get("device_handshake").asBoolean()).isTrue();
  }

  @Test
  void whatItSentBeforeIsTheDevicesOnceItIsRegistered() {
    publish("info", "{\"hw_ver\":\"2.1\",\"mac\":\"AB:45:2D:33:98:01\"}");
    publish("readings/raw", "{t:2026-02-03T10:05:00Z,55:19.72,12:26000}");
    publish("readings/raw", "{t:2026-02-03T10:06:00Z,55:19.8}");
    publish("readings", batch("2026-02-03T10:07:00Z", 20));
    int device = register();
    assertThat(values(device, 55)).containsExactly(20.0, 19.8, 19.72);
    JsonNode shown = ada.get("/v0/devices/" + device);
    assertThat(shown.get("hardware").get("version").asText()).isEqualTo("2.1");
    assertThat(shown.get("location").get("exposure").asText()).isEqualTo("outdoor");
    assertThat(shown.get("device_token").asText()).isEqualTo(token);
    assertThat(shown.get("data").get("sensors")).hasSize(2);
    publish("readings/raw", "{t:2026-02-03T10:08:00Z,55:21}");
    assertThat(values(device, 55)).hasSize(4);
  }

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    List<Double> sent = new ArrayList<>();
    for (int minute = 10; minute < 60; minute++) {
      publish("readings/raw", "{t:2026-02-03T10:" + minute + ":00Z,55:" + minute + "}");
      sent.add(0, (double) minute);
    }
    restart();
    int device = register();
    restart();
    assertThat(values(device, 55)).isEqualTo(sent);
  }

  @Test
  void aKillBetweenTakingInAndForgettingDoublesNothing() throws Exception {
    publish("readings/raw", "{t:1970-01-01T00:00:09Z,55:1}");
    publish("readings/raw", "{t:2026-02-03T10:05:00Z,55:2}");
    String session = progress().get("onboarding_session").asText();
    List<HeldMessage> held = new ArrayList<>();
    restart(() -> held.addAll(held(session)));
    assertThat(held).hasSize(2);
    int device = register();
    restart(
        () -> {
          for (HeldMessage message : held) holdAgain(session, message);
        });
    do {
      assertThat(node.log()).doesNotContain("has to wait");
      held.clear();
      restart(() -> held.addAll(held(session)));
    } while (!held.isEmpty());
    assertThat(values(device, 55)).containsExactly(2.0);
    assertThat(ada.get("/v0/devices/" + device + "/quarantine")).hasSize(1);
    assertThat(ada.get("/v0/devices/" + device + "/ingest_errors")).hasSize(1);
  }

  private List<HeldMessage> held(String session) throws Exception {
    List<HeldMessage> held = new ArrayList<>();
    try (Connection files =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("metadata.db"));
        PreparedStatement select =
            files.prepareStatement(
                "SELECT kind, payload, arrived_at FROM held_messages JOIN orphans ON"
                    + " orphans.id = orphan_id WHERE session = ? ORDER BY held_messages.id")) {
      select.setString(1, session);
      ResultSet rows = select.executeQuery();
      while (rows.next())
        held.add(new HeldMessage(rows.getString(1), rows.getBytes(2), rows.getLong(3)));
    }
    return held;
  }

  /** As it stands in the file when the node was killed before it could forget. */
  private void holdAgain(String session, HeldMessage message) throws Exception {
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("metadata.db"));
        PreparedStatement insert =
            file.prepareStatement(
                "INSERT INTO held_messages (orphan_id, kind, payload, arrived_at)"
                    + " SELECT id, ?, ?, ? FROM orphans WHERE session = ?");
        PreparedStatement weigh =
            file.prepareStatement("UPDATE orphans SET held_bytes = 1 WHERE session = ?")) {
      insert.setString(1, message.kind());
      insert.setBytes(2, message.payload());
      insert.setLong(3, message.arrivedAt());
      insert.setString(4, session);
      assertThat(insert.executeUpdate()).isEqualTo(1);
      weigh.setString(1, session);
      weigh.executeUpdate();
    }
  }

  private interface Down {
    void run() throws Exception;
  }

  private record HeldMessage(String kind, byte[] payload, long arrivedAt) {}

  @Test
  void entriesOfImpossibleTimesAreSetApartWhenTheKitIsRegistered() {
    publish("readings/raw", "{t:1970-01-01T00:00:09Z,55:1}");
    publish("readings/raw", "{t:2026-02-03T10:05:00Z,55:2}");
    int device = register();
    assertThat(values(device, 55)).containsExactly(2.0);
    assertThat(ada.get("/v0/devices/" + device + "/quarantine")).hasSize(1);
  }

  @Test
  void theAppChangesWhatItSaid() {
    JsonNode changed = send(app, "PATCH", "{\"name\":\"Attic\",\"device_token\":\"x\"}", 200);
    assertThat(changed.get("name").asText()).isEqualTo("Attic");
    assertThat(changed.get("exposure").asText()).isEqualTo("outdoor");
    assertThat(changed.get("device_token").asText()).isEqualTo(token);
    assertThat(progress().get("name").asText()).isEqualTo("Attic");
  }

  @Test
  void onlyTheSessionOpensIt() {
    for (HttpProbe stranger :
        List.of(http.as(""), session("x"), session(new UUID(1, 2).toString())))
      assertThat(send(stranger, "GET", "", 404).get("error").asText())
          .isEqualTo("Invalid OnboardingSession");
    assertThat(http.as("").send("POST", "/v0/onboarding/register", "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void itIsRegisteredOnceAndBySomebody() {
    assertThat(app.send("POST", "/v0/onboarding/register", "{}").statusCode()).isEqualTo(401);
    register();
    assertThat(adasApp().send("POST", "/v0/onboarding/register", "{}").statusCode()).isEqualTo(422);
  }

  @Test
  void theRowOfANewDeviceHasAllItsColumns() {
    JsonNode row = adasApp().post("/v0/onboarding/register", "{}");
    List<String> names = new ArrayList<>();
    row.fieldNames().forEachRemaining(names::add);
    assertThat(String.join(" ", names)).isEqualTo(ROW);
    assertThat(row.get("name").asText()).isEqualTo("Balcony");
    assertThat(row.get("owner_username").asText()).isEqualTo("ada");
  }

  @Test
  void anAccountIsFoundByItsExactAddress() {
    HttpProbe visitor = http.as("");
    assertThat(
            visitor
                .post("/v0/onboarding/user", "{\"email\":\"ada@example.org\"}")
                .get("username")
                .asText())
        .isEqualTo("ada");
    assertThat(
            visitor.send("POST", "/v0/onboarding/user", "{\"email\":\"Ada@example.org\"}").body())
        .isEqualTo("{\"message\":\"not_found\"}");
    assertThat(visitor.send("POST", "/v0/onboarding/user", "{}").statusCode()).isEqualTo(400);
  }

  private String adasPassword() {
    return http.post("/ops/v1/users", "{\"username\":\"ada\",\"email\":\"ada@example.org\"}")
        .get("password")
        .asText();
  }

  private String login(String password) {
    return http.as("")
        .post("/v0/sessions", "{\"username\":\"ada\",\"password\":\"" + password + "\"}")
        .get("access_token")
        .asText();
  }

  private HttpProbe session(String session) {
    return http.as("").with("OnboardingSession", session);
  }

  private HttpProbe adasApp() {
    return ada.with("OnboardingSession", progress().get("onboarding_session").asText());
  }

  private JsonNode progress() {
    return app.get("/v0/onboarding/device");
  }

  private static JsonNode send(HttpProbe who, String method, String body, int status) {
    var answer = who.send(method, "/v0/onboarding/device", body);
    assertThat(answer.statusCode()).isEqualTo(status);
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private int register() {
    return adasApp().post("/v0/onboarding/register", "{}").get("id").asInt();
  }

  private void restart() throws Exception {
    restart(() -> {});
  }

  /** Nobody else can look into its files while the node runs. */
  private void restart(Down meanwhile) throws Exception {
    String adas = ada.token();
    String session = progress().get("onboarding_session").asText();
    node.kill();
    meanwhile.run();
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
    ada = http.as(adas);
    app = session(session);
  }

  private List<Double> values(int device, int sensor) {
    List<Double> values = new ArrayList<>();
    ada.get(
            "/v0/devices/%d/readings?sensor_id=%d&rollup=1s&from=2026-02-03&to=2026-02-04"
                .formatted(device, sensor))
        .get("readings")
        .forEach(pair -> values.add(pair.get(1).asDouble()));
    return values;
  }

  private static String batch(String time, double value) {
    return "{\"data\":[{\"recorded_at\":\"%s\",\"sensors\":[{\"id\":55,\"value\":%s}]}]}"
        .formatted(time, value);
  }

  private void publish(String kind, String payload) {
    Mqtt5BlockingClient kit =
        Mqtt5Client.builder()
            .identifier("kit")
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .buildBlocking();
    kit.connect();
    try {
      kit.publishWith()
          .topic("device/sck/" + token + "/" + kind)
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(payload.getBytes(StandardCharsets.US_ASCII))
          .send();
    } finally {
      kit.disconnect();
    }
  }
}
