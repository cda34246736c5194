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
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that others wrote. */
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
    assertThat(connack.getRestrictions().isSharedSubscriptionAvailable()).isTrue();
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

  @ParameterizedTest
  @ValueSource(ints = {MqttConnectOptions.MQTT_VERSION_3_1, MqttConnectOptions.MQTT_VERSION_3_1_1})
  void pahoPublishesAndReceives(int version) throws Exception {
    BlockingQueue<String> inbox = new LinkedBlockingQueue<>();
    try (org.eclipse.paho.client.mqttv3.MqttClient client =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            broker.url(),
            "a client with a name of more than 23 letters",
            new MemoryPersistence())) {
      MqttConnectOptions options = new MqttConnectOptions();
      options.setMqttVersion(version);
      client.connect(options);
      client.subscribe("home/#", 2, (topic, message) -> inbox.add(message.toString()));
      for (int qos = 0; qos <= 2; qos++)
        for (int i = 0; i < 10; i++) {
          MqttMessage message = new MqttMessage((qos + "/" + i).getBytes(UTF_8));
          message.setQos(qos);
          client.publish("home/power", message);
          assertThat(inbox.poll(10, TimeUnit.SECONDS)).isEqualTo(qos + "/" + i);
        }
      client.disconnect();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
  void mosquittoPublishesAndReceives(String version) throws Exception {
    Assumptions.assumeTrue(isInstalled("mosquitto_sub"), "mosquitto-clients is not installed");
    CompletableFuture<TopicFilter> asked = new CompletableFuture<>();
    OpenPolicy curious =
        new OpenPolicy() {
          @Override
          public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
            asked.complete(filter);
            return super.maySubscribe(principal, filter);
          }
        };
    try (TestBroker watched = TestBroker.start(curious)) {
      List<String> common =
          List.of("-h", "127.0.0.1", "-p", "" + watched.port(), "-V", version, "-q", "2");
      Process sub = run(common, "mosquitto_sub", "-t", "home/+", "-C", "3", "-F", "%t %p");
      asked.get(20, TimeUnit.SECONDS);
      RawClient.v3(watched, "one").expectNothing().close(); // each loop has turned, so the
      RawClient.v3(watched, "two").expectNothing().close(); // subscription is made by now
      for (String reading : List.of("41", "42", "43"))
        await(run(common, "mosquitto_pub", "-t", "home/power", "-m", reading));
      assertThat(await(sub)).containsExactly("home/power 41", "home/power 42", "home/power 43");
    }
  }

  private Mqtt5BlockingClient hiveMq5(String id) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .buildBlocking();
  }

  private static Process run(List<String> common, String... command) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(common);
    return new ProcessBuilder(all).redirectErrorStream(true).start();
  }

  /** Waits for the end and tells what was printed, which is little. */
  private static List<String> await(Process process) throws Exception {
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      return process.inputReader(UTF_8).lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isInstalled(String program) {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(folder -> new File(folder, program).canExecute());
  }
}
