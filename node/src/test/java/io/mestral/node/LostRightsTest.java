package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what was granted when the right to it goes, in a whole node. */
class LostRightsTest {
  @TempDir Path folder;
  private NodeProcess node;
  private HttpProbe http;
  private int device;
  private String token;
  private String adasPassword;

  @BeforeEach
  void adaIsAnAdministratorAndHasADevice() throws Exception {
    Path data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
    adasPassword =
        http.post(
                "/ops/v1/users",
                "{\"username\":\"ada\",\"email\":\"ada@example.org\",\"role\":\"admin\"}")
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

  @Test
  void whoIsNoAdministratorAnyMoreIsQueuedNothingMoreThatOnlyAdministratorsHear() {
    leaveAda("#", "device/sck/" + token + "/#");
    http.send("PATCH", "/v0/users/ada", "{\"role_mask\":0}");
    awaitSubscriptions("[\"device/sck/" + token.substring(0, 2) + "…/#\"]");
    publish("device/sck/stranger/readings", "not hers");
    assertThat(session().get("queued").asInt()).isZero();
    assertThat(session().get("events").toString()).contains("no longer allowed to subscribe to #");
  }

  @Test
  void whoeverHasATokenNextIsNotHeardByWhoHadItBefore() throws Exception {
    http.send("PATCH", "/v0/users/ada", "{\"role_mask\":0}");
    CountDownLatch sentAway = new CountDownLatch(1);
    Mqtt5BlockingClient ada = ada(sentAway);
    ada.subscribeWith().topicFilter("device/sck/" + token + "/#").qos(MqttQos.AT_LEAST_ONCE).send();
    http.send("PATCH", "/v0/devices/" + device, "{\"name\":\"renamed\"}");
    assertThat(session().get("connected").asBoolean()).isTrue();
    http.send("PATCH", "/v0/devices/" + device, "{\"device_token\":\"newone\"}");
    http.post("/ops/v1/devices", "{\"name\":\"Cellar\",\"device_token\":\"" + token + "\"}");
    assertThat(sentAway.await(5, TimeUnit.SECONDS)).isTrue();
    awaitSubscriptions("[]");
    publish("device/sck/" + token + "/readings", "not hers");
    assertThat(session().get("queued").asInt()).isZero();
  }

  private void leaveAda(String... filters) {
    Mqtt5BlockingClient ada = ada(new CountDownLatch(1));
    for (String filter : filters)
      ada.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
    ada.disconnectWith().sessionExpiryInterval(3600).send();
  }

  private Mqtt5BlockingClient ada(CountDownLatch gone) {
    Mqtt5BlockingClient ada =
        Mqtt5Client.builder()
            .identifier("ada-phone")
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .addDisconnectedListener(context -> gone.countDown())
            .buildBlocking();
    ada.connectWith()
        .cleanStart(false)
        .sessionExpiryInterval(3600)
        .simpleAuth()
        .username("ada")
        .password(adasPassword.getBytes(StandardCharsets.UTF_8))
        .applySimpleAuth()
        .send();
    return ada;
  }

  private JsonNode session() {
    String id = http.get("/ops/v1/sessions?client_id=ada-phone").get(0).get("id").asText();
    return http.get("/ops/v1/sessions/" + id);
  }

  private void awaitSubscriptions(String filters) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!session().get("subscriptions").toString().equals(filters))
      assertThat(System.nanoTime()).as(session().toString()).isLessThan(until);
  }

  private void publish(String topic, String payload) {
    Mqtt5BlockingClient kit =
        Mqtt5Client.builder()
            .identifier("kit")
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .buildBlocking();
    kit.connect();
    assertThatThrownBy(
            () ->
                kit.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(payload.getBytes(StandardCharsets.US_ASCII))
                    .send())
        .as("no readings")
        .isNotNull();
  }
}
