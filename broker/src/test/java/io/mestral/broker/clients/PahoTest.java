package io.mestral.broker.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.TestBroker;
import io.mestral.broker.conformance.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eclipse Paho for Java, in MQTT 3.1 and 3.1.1. */
class PahoTest {
  private final BlockingQueue<MqttMessage> inbox = new LinkedBlockingQueue<>();
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
  @ValueSource(ints = {MqttConnectOptions.MQTT_VERSION_3_1, MqttConnectOptions.MQTT_VERSION_3_1_1})
  @Statement("3.1.1 MQTT-7.0.0-2")
  void itPublishesAndReceivesAtEveryQualityOfService(int version) throws Exception {
    try (MqttClient client = client("a client with a name of more than 23 letters")) {
      client.connect(options(version));
      client.subscribe("home/#", 2, (topic, message) -> inbox.add(message));
      for (int qos = 0; qos <= 2; qos++)
        for (int i = 0; i < 10; i++) {
          client.publish("home/power", (qos + "/" + i).getBytes(UTF_8), qos, false);
          MqttMessage message = next();
          assertThat(message).hasToString(qos + "/" + i);
          assertThat(message.getQos()).isEqualTo(qos);
          assertThat(message.isDuplicate()).isFalse();
        }
      client.unsubscribe("home/#");
      client.disconnect();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MqttConnectOptions.MQTT_VERSION_3_1, MqttConnectOptions.MQTT_VERSION_3_1_1})
  void aLargePayloadArrivesWhole(int version) throws Exception {
    byte[] large = new byte[900_000];
    for (int i = 0; i < large.length; i++) large[i] = (byte) (i * 31 + (i >> 11));
    try (MqttClient client = client("large")) {
      client.connect(options(version));
      client.subscribe("large", 1, (topic, message) -> inbox.add(message));
      client.publish("large", large, 1, false);
      assertThat(next().getPayload()).isEqualTo(large);
      client.disconnect();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MqttConnectOptions.MQTT_VERSION_3_1, MqttConnectOptions.MQTT_VERSION_3_1_1})
  void itsWillIsPublishedWhenItIsLost(int version) throws Exception {
    Keeper wills = new Keeper();
    broker.receive("will", wills);
    try (MqttClient client = client("doomed")) {
      MqttConnectOptions options = options(version);
      options.setWill("will", "gone".getBytes(UTF_8), 2, false);
      client.connect(options);
      client.disconnectForcibly(0, 1, false); // without a DISCONNECT
      assertThat(wills.next().payload()).hasToString("gone");
    }
  }

  private MqttClient client(String id) throws Exception {
    return new MqttClient(broker.url(), id, new MemoryPersistence());
  }

  private static MqttConnectOptions options(int version) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(version);
    return options;
  }

  private MqttMessage next() throws InterruptedException {
    MqttMessage message = inbox.poll(10, TimeUnit.SECONDS);
    assertThat(message).as("a message within 10 seconds").isNotNull();
    return message;
  }
}
