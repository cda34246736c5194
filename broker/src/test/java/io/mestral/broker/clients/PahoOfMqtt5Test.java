package io.mestral.broker.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.TestBroker;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Eclipse Paho for Java, in MQTT 5. */
class PahoOfMqtt5Test {
  private final Inbox inbox = new Inbox();
  private TestBroker broker;
  private MqttClient open;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterEach
  void stop() throws Exception {
    open.close();
    broker.close();
  }

  @Test
  void itPublishesAndReceivesAtEveryQualityOfService() throws Exception {
    MqttClient client = connected("both", new MqttConnectionOptions());
    client.subscribe("home/#", 2);
    for (int qos = 0; qos <= 2; qos++)
      for (int i = 0; i < 10; i++) {
        client.publish("home/power", (qos + "/" + i).getBytes(UTF_8), qos, false);
        MqttMessage message = inbox.next();
        assertThat(message).hasToString(qos + "/" + i);
        assertThat(message.getQos()).isEqualTo(qos);
      }
    client.unsubscribe("home/#");
    client.disconnect();
  }

  @Test
  void propertiesTravel() throws Exception {
    MqttClient client = connected("both", new MqttConnectionOptions());
    client.subscribe("ask", 1);
    MqttProperties properties = new MqttProperties();
    properties.setResponseTopic("answer");
    properties.setCorrelationData(new byte[] {0, -1});
    properties.setContentType("text/plain");
    properties.setUserProperties(List.of(new UserProperty("b", "1"), new UserProperty("a", "2")));
    client.publish("ask", new MqttMessage("how warm".getBytes(UTF_8), 1, false, properties));
    MqttProperties received = inbox.next().getProperties();
    assertThat(received.getResponseTopic()).isEqualTo("answer");
    assertThat(received.getCorrelationData()).containsExactly(0, -1);
    assertThat(received.getContentType()).isEqualTo("text/plain");
    assertThat(received.getUserProperties())
        .extracting(UserProperty::getKey)
        .containsExactly("b", "a");
    client.disconnect();
  }

  @Test
  void aLargePayloadArrivesWhole() throws Exception {
    byte[] large = new byte[900_000];
    for (int i = 0; i < large.length; i++) large[i] = (byte) (i * 31 + (i >> 11));
    MqttClient client = connected("large", new MqttConnectionOptions());
    client.subscribe("large", 1);
    client.publish("large", large, 1, false);
    assertThat(inbox.next().getPayload()).isEqualTo(large);
    client.disconnect();
  }

  @Test
  void itsWillIsPublishedWhenItIsLost() throws Exception {
    Keeper wills = new Keeper();
    broker.receive("will", wills);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setWill("will", new MqttMessage("gone".getBytes(UTF_8), 1, false, null));
    MqttClient client = connected("doomed", options);
    client.disconnectForcibly(0, 1, false); // without a DISCONNECT
    assertThat(wills.next().payload()).hasToString("gone");
  }

  private MqttClient connected(String id, MqttConnectionOptions options) throws Exception {
    open = new MqttClient(broker.url(), id, new MemoryPersistence());
    open.setCallback(inbox);
    open.connect(options);
    return open;
  }

  /** What comes, in its order. */
  private static final class Inbox implements MqttCallback {
    private final BlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>();

    MqttMessage next() throws InterruptedException {
      MqttMessage message = messages.poll(10, TimeUnit.SECONDS);
      assertThat(message).as("a message within 10 seconds").isNotNull();
      return message;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      messages.add(message);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
