package io.mestral.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of HiveMQ, in MQTT 3.1.1 and 5. */
class ClientsTest {
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(MqttQos.class)
  void hiveMqOfMqtt5PublishesAndReceives(MqttQos qos) throws Exception {
    Mqtt5BlockingClient client = hiveMq5("both");
    Mqtt5ConnAck connack = client.connect();
    assertThat(connack.getRestrictions().isRetainAvailable()).isTrue();
    assertThat(connack.getRestrictions().isSharedSubscriptionAvailable()).isFalse();
    assertThat(connack.getRestrictions().getReceiveMaximum()).isEqualTo(1024);
    try (Mqtt5BlockingClient.Mqtt5Publishes inbox = client.publishes(MqttGlobalPublishFilter.ALL)) {
      client.subscribeWith().topicFilter("home/+").qos(qos).send();
      for (int i = 0; i < 50; i++) {
        Mqtt5PublishResult result =
            client
                .publishWith()
                .topic("home/power")
                .qos(qos)
                .payload(("reading " + i).getBytes(UTF_8))
                .contentType("text/plain")
                .userProperties()
                .add("n", "" + i)
                .applyUserProperties()
                .send();
        assertThat(result.getError()).isEmpty();
        Mqtt5Publish received = inbox.receive(10, TimeUnit.SECONDS).orElseThrow();
        assertThat(new String(received.getPayloadAsBytes(), UTF_8)).isEqualTo("reading " + i);
        assertThat(received.getQos()).isEqualTo(qos);
        assertThat(received.getUserProperties().asList().get(0).getValue()).hasToString("" + i);
      }
    }
    client.disconnect();
  }

  @Test
  void hiveMqOfMqtt5LearnsItsAssignedIdentifier() {
    Mqtt5BlockingClient client = hiveMq5("");
    assertThat(client.connect().getAssignedClientIdentifier()).isPresent();
    client.disconnect();
  }

  @Test
  void hiveMqOfMqtt5LearnsWhyItIsNotLetIn() throws Exception {
    try (TestBroker strict =
        TestBroker.start(
            credentials ->
                Future.failedFuture(new RefusedException(Refusal.BAD_CREDENTIALS, "no")))) {
      Mqtt5BlockingClient client =
          MqttClient.builder()
              .useMqttVersion5()
              .serverHost("127.0.0.1")
              .serverPort(strict.port())
              .simpleAuth()
              .username("bea")
              .password("wrong".getBytes(UTF_8))
              .applySimpleAuth()
              .buildBlocking();
      assertThatThrownBy(client::connect)
          .isInstanceOfSatisfying(
              Mqtt5ConnAckException.class,
              refused ->
                  assertThat(refused.getMqttMessage().getReasonCode())
                      .isEqualTo(Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD));
    }
  }

  @Test
  void hiveMqOfMqtt3PublishesAndReceives() throws Exception {
    Mqtt3BlockingClient client =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("both")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    client.connect();
    try (Mqtt3BlockingClient.Mqtt3Publishes inbox = client.publishes(MqttGlobalPublishFilter.ALL)) {
      client.subscribeWith().topicFilter("home/#").qos(MqttQos.EXACTLY_ONCE).send();
      for (MqttQos qos : MqttQos.values()) {
        client.publishWith().topic("home/power").qos(qos).payload("42".getBytes(UTF_8)).send();
        Mqtt3Publish received = inbox.receive(10, TimeUnit.SECONDS).orElseThrow();
        assertThat(received.getQos()).isEqualTo(qos);
      }
    }
    client.disconnect();
  }

  private Mqtt5BlockingClient hiveMq5(String id) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .buildBlocking();
  }
}
