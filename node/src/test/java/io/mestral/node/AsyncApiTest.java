package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of what is said over MQTT is true: its examples are taken, its schemas hold. */
class AsyncApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private NodeProcess node;
  private HttpProbe root;
  private HttpProbe rosa;
  private JsonNode described;
  private JsonNode device;
  private Mqtt5BlockingClient kit;

  @BeforeEach
  void aResearcherHasADevice() throws IOException {
    Path data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    root = node.http(data);
    String form = "{\"username\":\"rosa\",\"email\":\"rosa@example.org\",\"role\":\"researcher\"}";
    rosa = root.as(root.post("/ops/v1/users", form).get("access_token").asText());
    described = root.as("").get("/asyncapi.json");
    device = rosa.post("/v0/devices", "{\"name\":\"Roof\",\"device_token\":\"ab12cd\"}");
    kit = client("kit");
    kit.connectWith().send();
  }

  @AfterEach
  void theNodeStops() {
    node.close();
  }

  @Test
  void itsExamplesAreTakenOnEachOfItsTopics() {
    List<String> errors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> channel : described.get("channels").properties()) {
      String topic = channel.getValue().get("address").asText();
      if (topic.startsWith("/forward/")) continue;
      for (JsonNode message : channel.getValue().get("messages"))
        for (JsonNode example : resolved(message).get("examples"))
          for (String prefix : List.of("bridge", "bridge/sc"))
            say(topic.replace("{token}", "ab12cd").replace("{prefix}", prefix), example);
    }

    String id = device.get("id").asText();
    rosa.get("/v0/devices/" + id + "/ingest_errors").forEach(one -> errors.add(one.toString()));
    rosa.get("/v0/devices/" + id + "/quarantine").forEach(one -> errors.add(one.toString()));
    assertThat(errors).isEmpty();
    assertThat(values(id, "55")).containsExactly(19.7, 19.72, 19.72, 19.8);
    assertThat(values(id, "56")).containsExactly(48.1, 48.1);
    assertThat(rosa.get("/v0/devices/" + id).at("/hardware/last_status_message/rcause").asText())
        .isEqualTo("POR");
  }

  @Test
  void itsExamplesFitTheirSchemas() {
    for (JsonNode message : described.at("/components/messages"))
      for (JsonNode example : message.path("examples"))
        assertFits(example.get("payload"), resolved(message.get("payload")));
  }

  @Test
  void whatIsForwardedFitsItsSchema() throws Exception {
    String id = device.get("id").asText();
    rosa.send(
        "PATCH",
        "/v0/devices/" + id,
        "{\"enable_forwarding\":true,\"latitude\":41.4,\"longitude\":2.2,\"exposure\":\"outdoor\"}");
    JsonNode me = rosa.get("/v0/me");
    Mqtt5BlockingClient partner = client("partner");
    partner
        .connectWith()
        .simpleAuth()
        .username(me.get("forwarding_username").asText())
        .applySimpleAuth()
        .send();
    try (Mqtt5BlockingClient.Mqtt5Publishes heard =
        partner.publishes(MqttGlobalPublishFilter.ALL)) {
      partner
          .subscribeWith()
          .topicFilter("/forward/" + me.get("forwarding_token").asText() + "/#")
          .send();
      for (JsonNode example : described.at("/components/messages/batch/examples"))
        say("device/sck/ab12cd/readings", example);
      for (int message = 0; message < 2; message++) {
        byte[] payload = heard.receive(20, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes();
        assertFits(JSON.readTree(payload), described.at("/components/schemas/forwardedDevice"));
      }
    }
  }

  private static void assertFits(JsonNode value, JsonNode schema) {
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(value))
        .as(value.toString())
        .isEmpty();
  }

  private void say(String topic, JsonNode example) {
    JsonNode payload = example.get("payload");
    String text = payload.isTextual() ? payload.asText() : payload.toString();
    kit.publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(text.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  private List<Double> values(String id, String sensor) {
    List<Double> values = new ArrayList<>();
    rosa.get("/v0/devices/" + id + "/readings?rollup=1s&from=2026-02-03&sensor_id=" + sensor)
        .get("readings")
        .forEach(pair -> values.add(pair.get(1).asDouble()));
    return values;
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? described.at(node.get("$ref").asText().substring(1)) : node;
  }

  private Mqtt5BlockingClient client(String name) {
    return Mqtt5Client.builder()
        .identifier(name)
        .serverHost("127.0.0.1")
        .serverPort(node.mqttPort())
        .buildBlocking();
  }
}
