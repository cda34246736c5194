package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.mestral.storage.postgresql.server.TestDatabase;
import io.mestral.storage.postgresql.server.TestPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole node that keeps its metadata in a real PostgreSQL, which comes and goes. */
@Timeout(120)
class PostgresNodeTest {
  private static final String ROOF = "abc123";
  private static final String UNHEARD = "def456";
  private static final int FORWARDED = 1024 / 29; // batches of one reading that there is room for

  @TempDir Path folder;
  private NodeProcess node;

  @AfterEach
  void theNodeStops() {
    if (node != null) node.close();
  }

  @Test
  void whatAPlatformIsMadeOfIsThereAfterARestart() throws Exception {
    TestDatabase database = TestPostgres.shared().emptyDatabase();
    node = start(database);
    HttpProbe ada = signUp("ada");
    JsonNode device = addDevice(ada, "Roof", ROOF);
    publish(connected("kit"), ROOF, "{t:2026-02-03T10:05:00Z,55:19.72}");
    JsonNode shown = ada.get("/v0/devices/" + device.get("id").asInt());
    assertThat(shown.get("data").get("sensors").get(0).get("value").asDouble()).isEqualTo(19.72);

    assertThat(node.stop()).isZero();
    node = start(database);
    HttpProbe adaAgain = logIn("ada");
    assertThat(adaAgain.get("/v0/devices/" + device.get("id").asInt()).get("data"))
        .isEqualTo(shown.get("data"));
    publish(connected("kit"), ROOF, "{t:2026-02-03T10:06:00Z,55:20.5}");
    assertThat(adaAgain.get("/v0/me").get("username").asText()).isEqualTo("ada");
    assertThat(database.value("SELECT name FROM devices")).isEqualTo("Roof");
    assertThat(folder.resolve("data/metadata.db")).doesNotExist();
  }

  @Test
  void whileTheServerIsAwayKnownKitsGoOnAndNobodyIsAnsweredWrongly() throws Exception {
    Path cluster = folder.resolve("postgres");
    int port = TestPostgres.freePort();
    try (TestPostgres before = TestPostgres.in(cluster, port)) {
      node = start(before.emptyDatabase());
      HttpProbe ada = signUp("ada");
      JsonNode roof = addDevice(ada, "Roof", ROOF);
      addDevice(ada, "Wall", UNHEARD);
      Mqtt5BlockingClient.Mqtt5Publishes heard = partnerOf(ada, roof);
      Mqtt5BlockingClient kit = connected("kit");
      publish(kit, ROOF, "{t:2026-02-03T10:05:00Z,55:19.72}");
      assertThat(next(heard)).contains("19.72");

      before.stop();
      for (int i = 0; i < 2 * FORWARDED; i++)
        publish(kit, ROOF, "{t:2026-02-03T11:%02d:00Z,55:%d}".formatted(i % 60, 100 + i));
      publish(kit, ROOF, "{t:2026-02-03T10:06:00Z,55:19.73}");
      assertThat(refusalOf(kit, UNHEARD))
          .isEqualTo(Mqtt5PubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
      HttpResponse<String> ready = ada.send("GET", "/health/ready", "");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("metadata").contains("PostgreSQL at 127.0.0.1:" + port);
      assertThat(ada.send("GET", "/v0/devices", "").statusCode()).isEqualTo(503);
      assertThat(ada.send("GET", "/health/live", "").statusCode()).isEqualTo(200);

      try (TestPostgres after = TestPostgres.in(cluster, port)) {
        assertThat(ada.send("GET", "/health/ready", "").statusCode()).isEqualTo(200);
        publish(kit, UNHEARD, "{t:2026-02-03T10:05:00Z,55:1}");
        assertThat(ada.get("/v0/devices")).hasSize(2);
        assertThat(after.port()).isEqualTo(port);
        for (int i = 0; i < FORWARDED; i++)
          assertThat(next(heard))
              .contains(
                  "[{\"timestamp\":\"2026-02-03T11:%02d:00Z\",\"value\":%d".formatted(i, 100 + i));
      }
    }
  }

  @Test
  void aNodeThatCannotReachItsServerSaysWhichAndEndsWithThree() throws Exception {
    int port = TestPostgres.freePort();
    NodeProcess.Refused refused =
        NodeProcess.startAndFail(
            folder.resolve("data"), "storage.metadata=postgresql://u@127.0.0.1:" + port + "/db");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.message())
        .contains("cannot use storage.metadata: PostgreSQL at 127.0.0.1:" + port + ": ")
        .doesNotContain("\tat ");
  }

  @Test
  void aNewerVersionsDatabaseIsRefusedWithASentence() throws Exception {
    TestDatabase database = TestPostgres.shared().emptyDatabase();
    node = start(database);
    assertThat(node.stop()).isZero();
    database.execute(
        "INSERT INTO schema_steps (installed_rank, version, description, type, script, checksum,"
            + " installed_by, execution_time, success)"
            + " VALUES (99, '0099', 'later', 'SQL', 'V0099__later.sql', 1, 'x', 1, true)");
    NodeProcess.Refused refused =
        NodeProcess.startAndFail(folder.resolve("data"), "storage.metadata=" + database.url());
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.message()).contains("newer version").contains("step 0099 (later)");
  }

  private Mqtt5BlockingClient.Mqtt5Publishes partnerOf(HttpProbe owner, JsonNode device)
      throws IOException {
    HttpProbe admin = node.http(folder.resolve("data"));
    assertThat(admin.send("PATCH", "/v0/users/ada", "{\"role_mask\":2}").statusCode())
        .isEqualTo(200);
    String path = "/v0/devices/" + device.get("id").asInt();
    assertThat(owner.send("PATCH", path, "{\"enable_forwarding\":true}").statusCode())
        .isEqualTo(200);
    JsonNode me = owner.get("/v0/me");
    Mqtt5BlockingClient partner =
        Mqtt5Client.builder()
            .identifier("partner")
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .buildBlocking();
    Mqtt5BlockingClient.Mqtt5Publishes heard = partner.publishes(MqttGlobalPublishFilter.ALL);
    partner
        .connectWith()
        .simpleAuth()
        .username(me.get("forwarding_username").asText())
        .applySimpleAuth()
        .send();
    partner
        .subscribeWith()
        .topicFilter("/forward/" + me.get("forwarding_token").asText() + "/#")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send();
    return heard;
  }

  private static String next(Mqtt5BlockingClient.Mqtt5Publishes heard) throws Exception {
    return new String(
        heard.receive(20, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes(),
        StandardCharsets.UTF_8);
  }

  private NodeProcess start(TestDatabase database) throws Exception {
    return NodeProcess.start(
        folder.resolve("data"),
        "storage.metadata=" + database.url(),
        "limits.http-per-minute=0",
        "storage.forwarding.max-bytes=1KiB",
        "admin.password=correct horse battery");
  }

  private HttpProbe signUp(String name) {
    new HttpProbe(node.httpUrl(), "")
        .post(
            "/v0/users",
            "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"long enough\"}"
                .formatted(name, name));
    return logIn(name);
  }

  private HttpProbe logIn(String name) {
    HttpProbe visitor = new HttpProbe(node.httpUrl(), "");
    return visitor.as(
        visitor
            .post(
                "/v0/sessions",
                "{\"username\":\"%s\",\"password\":\"long enough\"}".formatted(name))
            .get("access_token")
            .asText());
  }

  private static JsonNode addDevice(HttpProbe owner, String name, String token) {
    return owner.post(
        "/v0/devices", "{\"name\":\"%s\",\"device_token\":\"%s\"}".formatted(name, token));
  }

  private Mqtt5BlockingClient connected(String id) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .identifier(id)
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .buildBlocking();
    client.connect();
    return client;
  }

  private static Mqtt5PubAckReasonCode refusalOf(Mqtt5BlockingClient kit, String token) {
    return catchThrowableOfType(
            Mqtt5PubAckException.class, () -> publish(kit, token, "{t:2026-02-03T10:05:00Z,55:1}"))
        .getMqttMessage()
        .getReasonCode();
  }

  private static void publish(Mqtt5BlockingClient kit, String token, String payload) {
    kit.publishWith()
        .topic("device/sck/" + token + "/readings/raw")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.US_ASCII))
        .send();
  }
}
