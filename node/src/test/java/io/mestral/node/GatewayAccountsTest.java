package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gateways at the broker of a whole node: who gets in, what they may, and when that ends. */
class GatewayAccountsTest {
  private static final CountDownLatch UNHEEDED = new CountDownLatch(1);

  @TempDir static Path folder;
  private static NodeProcess node;
  private static HttpProbe http;

  @BeforeAll
  static void startNode() throws Exception {
    Path data = folder.resolve("data");
    node =
        NodeProcess.start(
            data, "limits.http-per-minute=0", "limits.wrong-logins-per-minute=3", "node.name=here");
    http = node.http(data);
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  private static String made(String name) {
    return http.post(
            "/ops/v1/gateways",
            "{\"name\":\"%s\",\"iri\":\"https://example.org/id/%s\"}".formatted(name, name))
        .get("token")
        .asText();
  }

  private static Mqtt5BlockingClient connected(String user, String password, CountDownLatch gone) {
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

  private static Mqtt5BlockingClient admin() {
    return connected("bearer", http.token(), UNHEEDED);
  }

  private static void publish(
      Mqtt5BlockingClient client, String topic, boolean retained, String text) {
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(retained)
        .payload(text.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  private static void subscribe(Mqtt5BlockingClient client, String filter) {
    client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
  }

  /** A message that nobody has to do anything about, with a word to know it by. */
  private static String saying(String word) {
    return """
        @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
        [] a smartapi:Notification ; smartapi:generatedBy <https://example.org/id/gateway> ;
          smartapi:generatedAt "2026-11-23T12:00:00Z" . #\s"""
        + word;
  }

  private static String next(Mqtt5Publishes heard) throws InterruptedException {
    Mqtt5Publish message = heard.receive(10, TimeUnit.SECONDS).orElseThrow();
    String text = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
    text = text.substring(text.lastIndexOf('#') + 1).strip();
    return message.getTopic() + (message.isRetain() ? " retained " : " ") + text;
  }

  @Test
  void aGatewayIsAskedAndAnswers() throws Exception {
    String password =
        http.post("/ops/v1/users", "{\"username\":\"ada\",\"email\":\"ada@example.org\"}")
            .get("password")
            .asText();
    String iri = node.httpUrl() + "/id/users/" + http.get("/v0/users/ada").get("uuid").asText();
    String out = "/out/" + URLEncoder.encode(iri, StandardCharsets.UTF_8);
    Mqtt5BlockingClient yard = connected("gateway:yard", made("yard"), UNHEEDED);
    Mqtt5BlockingClient ada = connected("ada", password, UNHEEDED);
    try (Mqtt5Publishes asked = yard.publishes(MqttGlobalPublishFilter.SUBSCRIBED);
        Mqtt5Publishes answered = ada.publishes(MqttGlobalPublishFilter.SUBSCRIBED)) {
      subscribe(yard, "smartapi/1/yard/in");
      subscribe(ada, "smartapi/1/+" + out);
      publish(ada, "smartapi/1/yard/in", true, "how warm is it?");
      assertThat(next(asked)).isEqualTo("smartapi/1/yard/in how warm is it?");
      publish(yard, "smartapi/1/yard" + out, false, saying("20"));
      assertThat(next(answered)).isEqualTo("smartapi/1/yard" + out + " 20");
    }
    try (Mqtt5Publishes again = yard.publishes(MqttGlobalPublishFilter.SUBSCRIBED)) {
      subscribe(yard, "smartapi/1/yard/in");
      publish(ada, "smartapi/1/yard/in", false, "and now?");
      assertThat(next(again)).isEqualTo("smartapi/1/yard/in and now?"); // nothing was retained
    }
  }

  @Test
  void nobodyHasTheNodeSpeakInAnothersNameOrToAnother() throws Exception {
    String password =
        http.post("/ops/v1/users", "{\"username\":\"eve\",\"email\":\"eve@example.org\"}")
            .get("password")
            .asText();
    String iri = node.httpUrl() + "/id/users/" + http.get("/v0/users/eve").get("uuid").asText();
    String own = "smartapi/1/here/out/" + URLEncoder.encode(iri, StandardCharsets.UTF_8);
    made("shed");
    Mqtt5BlockingClient eve = connected("eve", password, UNHEEDED);
    try (Mqtt5Publishes answers = seen("smartapi/1/+/out/+")) {
      for (String named : List.of("smartapi/1/shed/out/x", "smartapi/1/here/out/x", own)) {
        eve.publishWith()
            .topic("smartapi/1/here/in")
            .qos(MqttQos.AT_LEAST_ONCE)
            .responseTopic(named)
            .payload(health(iri).getBytes(StandardCharsets.UTF_8))
            .send();
        Mqtt5Publish answer = answers.receive(10, TimeUnit.SECONDS).orElseThrow();
        assertThat(answer.getTopic().toString()).isEqualTo(own);
        assertThat(new String(answer.getPayloadAsBytes(), StandardCharsets.UTF_8))
            .contains("Response", "ready");
      }
    }
  }

  private static String health(String sender) {
    return """
        @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
        @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
        <urn:uuid:%s> a smartapi:Request ; smartapi:generatedBy <%s> ;
          smartapi:generatedAt "2026-11-23T12:00:00Z" ; smartapi:activity sx:nodeHealth .
        sx:nodeHealth a smartapi:Activity ; smartapi:hasInput [ a smartapi:Input ] .
        """
        .formatted(UUID.randomUUID(), sender);
  }

  @Test
  void whatAGatewayIsNotToDoIsRefused() {
    Mqtt5BlockingClient fence = connected("gateway:fence", made("fence"), UNHEEDED);
    for (String below : new String[] {"hb", "state", "out/x", "ntf/urn%3Ax", "up"}) {
      publish(fence, "smartapi/1/fence/" + below, false, saying("mine"));
      assertThatThrownBy(() -> publish(fence, "smartapi/1/wall/" + below, false, "another's"))
          .isInstanceOf(Mqtt5PubAckException.class);
    }
    publish(fence, "smartapi/1/wall/in", false, "to another");
    for (String filter :
        new String[] {"smartapi/1/wall/in", "smartapi/1/+/in", "smartapi/1/#", "#"})
      assertThatThrownBy(() -> subscribe(fence, filter)).isInstanceOf(Mqtt5SubAckException.class);
    assertThatThrownBy(() -> publish(fence, "device/sck/abc123/readings/raw", false, "{}"))
        .isInstanceOf(Mqtt5PubAckException.class);
  }

  @Test
  void aStateIsRetainedAndReplacedByTheWillOfAGatewayThatIsLost() throws Exception {
    String token = made("gate");
    Mqtt5BlockingClient gate =
        Mqtt5Client.builder()
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .simpleAuth()
            .username("gateway:gate")
            .password(token.getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .willPublish()
            .topic("smartapi/1/gate/state")
            .payload(saying("lost").getBytes(StandardCharsets.UTF_8))
            .retain(true)
            .applyWillPublish()
            .buildBlocking();
    gate.connect();
    publish(gate, "smartapi/1/gate/state", true, saying("here I am"));
    try (Mqtt5Publishes heard = seen("smartapi/1/gate/state")) {
      assertThat(next(heard)).isEqualTo("smartapi/1/gate/state retained here I am");
    }
    gate.disconnectWith().reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE).send();
    try (Mqtt5Publishes heard = seen("smartapi/1/gate/state")) {
      String first = next(heard);
      assertThat(first.endsWith("lost") ? first : next(heard)).endsWith("lost");
    }
  }

  private static Mqtt5Publishes seen(String filter) {
    Mqtt5BlockingClient admin = admin();
    Mqtt5Publishes heard = admin.publishes(MqttGlobalPublishFilter.SUBSCRIBED);
    subscribe(admin, filter);
    return heard;
  }

  @Test
  void anotherTokenAndDeletionCutWithinASecond() throws Exception {
    String former = made("attic");
    CountDownLatch gone = new CountDownLatch(1);
    connected("gateway:attic", former, gone);
    String token = http.post("/ops/v1/gateways/attic/token", "{}").get("token").asText();
    assertThat(gone.await(1, TimeUnit.SECONDS)).isTrue();
    assertRefused("gateway:attic", former, Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
    CountDownLatch deleted = new CountDownLatch(1);
    connected("gateway:attic", token, deleted);
    http.send("DELETE", "/ops/v1/gateways/attic", "");
    assertThat(deleted.await(1, TimeUnit.SECONDS)).isTrue();
    assertRefused("gateway:attic", token, Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway:other", "gateway:", "gateway", "door", "device:1", "bearer"})
  void aTokenIsGoodForItsGatewayAlone(String user) {
    String name = "door" + user.hashCode() % 1000;
    assertRefused(user, made(name), Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD);
  }

  private static void assertRefused(String user, String password, Mqtt5ConnAckReasonCode code) {
    assertThatThrownBy(() -> connected(user, password, UNHEEDED))
        .isInstanceOfSatisfying(
            Mqtt5ConnAckException.class,
            refused -> assertThat(refused.getMqttMessage().getReasonCode()).isEqualTo(code));
  }
}
