package io.mestral.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.mestral.broker.keeping.KeepingOptions;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Receipt;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.outcome.Delivery;
import io.mestral.routing.Origin;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a publisher inside the node hears of its message, with clients on sockets. */
class ReceiptTest {
  private static final String NEW = "20 02 00 00";
  private static final String PRESENT = "20 02 01 00";
  private static final String AT_QOS_1 = "32 06 00 01 61 00 01 78";
  private static final String AT_QOS_2 = "34 06 00 01 61 00 01 78";
  private static final String GROUP = "$share/g/a";

  private final Told told = new Told();
  @TempDir Path folder;
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.keeping(folder);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @CsvSource({"AT_LEAST_ONCE,0", "EXACTLY_ONCE,0", "AT_LEAST_ONCE,100", "EXACTLY_ONCE,100"})
  void hiveMqOfMqtt5HasItWhenItSaysSo(MqttQos qos, int expiry) throws Exception {
    Mqtt5BlockingClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("gateway")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    client.connectWith().sessionExpiryInterval(expiry).send();
    try (Mqtt5BlockingClient.Mqtt5Publishes inbox =
        client.publishes(MqttGlobalPublishFilter.ALL, true)) {
      client.subscribeWith().topicFilter("a").qos(qos).send();
      send(QoS.EXACTLY_ONCE);
      told.next(expiry == 0 ? "handed over" : "kept");
      Mqtt5Publish message = inbox.receive(10, TimeUnit.SECONDS).orElseThrow();
      client.subscribeWith().topicFilter("other").send(); // what it sent before is dealt with
      told.nothing();
      message.acknowledge();
      told.next("acknowledged");
    }
    client.disconnect();
    told.nothing();
  }

  @ParameterizedTest
  @CsvSource({"1,true", "2,true", "1,false", "2,false"})
  void pahoOfMqtt311HasItWhenItSaysSo(int qos, boolean clean) throws Exception {
    BlockingQueue<MqttMessage> inbox = new LinkedBlockingQueue<>();
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(clean);
    try (org.eclipse.paho.client.mqttv3.MqttClient client =
        new org.eclipse.paho.client.mqttv3.MqttClient(
            broker.url(), "gateway", new MemoryPersistence())) {
      client.setManualAcks(true);
      client.connect(options);
      client.subscribe("a", qos, (topic, message) -> inbox.add(message));
      send(QoS.EXACTLY_ONCE);
      told.next(clean ? "handed over" : "kept");
      MqttMessage message = inbox.poll(10, TimeUnit.SECONDS);
      assertThat(message).isNotNull();
      client.subscribe("other", 0); // what it sent before is dealt with
      told.nothing();
      client.messageArrivedComplete(message.getId(), qos);
      told.next("acknowledged");
      client.disconnect();
    }
    told.nothing();
  }

  @Test
  void aConnectionThatIsCutBeforePubackLosesIt() throws Exception {
    RawClient gateway = RawClient.v3(broker, "gateway");
    gateway.send(Packets.subscribe(4, 1, "a", 1)).expect("90 03 00 01 01");
    send(QoS.AT_LEAST_ONCE);
    gateway.expect(AT_QOS_1);
    told.next("handed over");
    gateway.cut();
    told.next("lost");
    broker.awaitConnections(0);
    told.nothing();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionThatIsCutBeforePubcompLosesIt(boolean received) throws Exception {
    RawClient gateway = RawClient.v3(broker, "gateway");
    gateway.send(Packets.subscribe(4, 1, "a", 2)).expect("90 03 00 01 02");
    send(QoS.EXACTLY_ONCE);
    gateway.expect(AT_QOS_2);
    told.next("handed over");
    if (received) gateway.send("50 02 00 01").expect("62 02 00 01");
    told.nothing();
    gateway.cut();
    told.next("lost");
  }

  @Test
  void aClientThatTakesItsOwnPlaceLosesWhatItDidNotAcknowledge() throws Exception {
    RawClient older = RawClient.v3(broker, "gateway");
    older.send(Packets.subscribe(4, 1, "a", 1)).expect("90 03 00 01 01");
    send(QoS.AT_LEAST_ONCE);
    older.expect(AT_QOS_1);
    told.next("handed over");
    try (RawClient newer = RawClient.v3(broker, "gateway")) {
      told.next("lost");
      newer.expectNothing();
    }
  }

  @Test
  void aKeptSessionAnswersOnALaterConnection() throws Exception {
    RawClient gateway = kept("gateway", NEW, "a", 1);
    send(QoS.AT_LEAST_ONCE);
    told.next("kept");
    gateway.expect(AT_QOS_1).cut();
    broker.awaitConnections(0);
    told.nothing();
    try (RawClient back = returning("gateway", PRESENT)) {
      back.expect("3a 06 00 01 61 00 01 78").send("40 02 00 01");
      told.next("acknowledged");
    }
    told.nothing();
  }

  @Test
  void aKeptSessionCompletesOnALaterConnection() throws Exception {
    RawClient gateway = kept("gateway", NEW, "a", 2);
    send(QoS.EXACTLY_ONCE);
    told.next("kept");
    gateway.expect(AT_QOS_2).send("50 02 00 01").expect("62 02 00 01").cut();
    broker.awaitConnections(0);
    try (RawClient back = returning("gateway", PRESENT)) {
      back.expect("62 02 00 01").expectNothing();
      told.nothing();
      back.send("70 02 00 01");
      told.next("acknowledged");
    }
  }

  @Test
  void whoIsAwayHasItKeptAndAcknowledgesWhenItIsBack() throws Exception {
    kept("gateway", NEW, "a", 1).cut();
    broker.awaitConnections(0);
    send(QoS.AT_LEAST_ONCE);
    told.next("kept");
    told.nothing();
    try (RawClient back = returning("gateway", PRESENT)) {
      back.expect(AT_QOS_1).send("40 02 00 01");
      told.next("acknowledged");
    }
  }

  @Test
  void whenNobodyIsThereNobodyHasIt() throws Exception {
    assertThat(send(QoS.AT_LEAST_ONCE)).isEqualTo(Delivery.NOBODY);
    told.nothing();
  }

  @ParameterizedTest
  @CsvSource({"1,false", "2,false", "1,true", "2,true"})
  void anAcknowledgementThatRefusesIsNone(int qos, boolean kept) throws Exception {
    try (RawClient gateway = RawClient.to(broker)) {
      gateway.send(Packets.connect(5, kept ? "11 00 00 00 64" : "").id("gateway"));
      gateway.expectAccepted();
      gateway.send(Packets.subscribe(5, 1, "a", qos)).expect("90 04 00 01 00 0" + qos);
      send(QoS.EXACTLY_ONCE);
      told.next(kept ? "kept" : "handed over");
      gateway.receive();
      gateway.send((qos == 1 ? "40" : "50") + " 03 00 01 97");
      told.next("refused");
      gateway.expectNothing();
    }
    told.nothing();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsLargerThanTheClientTakesIsRefused(boolean kept) throws Exception {
    try (RawClient gateway = RawClient.to(broker)) {
      String narrow = "27 00 00 00 28" + (kept ? " 11 00 00 00 64" : "");
      gateway.send(Packets.connect(5, narrow).id("gateway")).expectAccepted();
      gateway.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
      send(Buffer.buffer(new byte[200]), told);
      if (kept) told.next("kept");
      told.next("refused");
    }
    told.nothing();
  }

  @Test
  void aSessionThatEndsLosesWhatItHasKept() throws Exception {
    RawClient gateway = kept("gateway", NEW, "a", 1);
    Told second = new Told();
    send(QoS.AT_LEAST_ONCE);
    gateway.expect(AT_QOS_1).cut();
    broker.awaitConnections(0);
    send(Buffer.buffer("y"), second);
    told.next("kept");
    second.next("kept");
    RawClient.v3(broker, "gateway").close(); // clean: the older session is over
    told.next("lost");
    second.next("lost");
  }

  @Test
  void aSessionThatEndsLosesWhatItsClientTookOverAndDidNotComplete() throws Exception {
    RawClient gateway = kept("gateway", NEW, "a", 2);
    send(QoS.EXACTLY_ONCE);
    told.next("kept");
    gateway.expect(AT_QOS_2).send("50 02 00 01").expect("62 02 00 01").cut();
    RawClient.v3(broker, "gateway").close();
    told.next("lost");
  }

  @Test
  void oneMemberOfAGroupHasIt() throws Exception {
    try (RawClient one = member("one", "");
        RawClient two = member("two", "")) {
      Told second = new Told();
      send(QoS.AT_LEAST_ONCE);
      send(Buffer.buffer("y"), second);
      one.receive();
      two.receive();
      one.send("40 02 00 01");
      two.send("40 02 00 01");
      for (Told each : new Told[] {told, second}) {
        each.next("handed over");
        each.next("acknowledged");
        each.nothing();
      }
    }
  }

  @Test
  void whatAnotherMemberTakesInsteadIsNotLost() throws Exception {
    RawClient leaving = member("leaving", "21 00 01"); // takes one at a time
    send(QoS.AT_LEAST_ONCE);
    Told second = new Told();
    send(Buffer.buffer("y"), second);
    leaving.receive();
    told.next("handed over");
    try (RawClient staying = member("staying", "")) {
      leaving.cut();
      told.next("lost");
      assertThat(staying.receive()).endsWith(" 79");
      second.next("handed over");
      staying.send("40 02 00 01");
      second.next("acknowledged");
      second.nothing();
    }
  }

  @Test
  void whatNoOtherMemberTakesIsLost() throws Exception {
    RawClient leaving = member("leaving", "21 00 01");
    send(QoS.AT_LEAST_ONCE);
    Told second = new Told();
    send(Buffer.buffer("y"), second);
    leaving.receive();
    leaving.cut();
    second.next("lost");
    second.nothing();
  }

  /** With little memory the bodies are read from the journal, where no receipt is. */
  @ParameterizedTest
  @ValueSource(longs = {64 << 20, 100})
  void whatAnotherMemberInheritsIsNotLost(long memory) throws Exception {
    broker.close();
    KeepingOptions keeping =
        new KeepingOptions(
            TestBroker.OPTIONS.sessions(), memory, 64 << 20, 64 << 20, Duration.ofMillis(20));
    broker = TestBroker.keeping(folder, TestBroker.OPTIONS, keeping, new MovableClock());
    kept("ending", NEW, GROUP, 1).cut();
    broker.awaitConnections(0);
    send(QoS.AT_LEAST_ONCE);
    told.next("kept");
    try (RawClient heir = member("heir", "")) {
      RawClient.v3(broker, "ending").close();
      heir.receive();
      told.next("handed over");
      heir.send("40 02 00 01");
      told.next("acknowledged");
    }
    told.nothing();
  }

  @Test
  void whatNobodyInheritsIsLost() throws Exception {
    kept("ending", NEW, GROUP, 1).cut();
    broker.awaitConnections(0);
    send(QoS.AT_LEAST_ONCE);
    told.next("kept");
    RawClient.v3(broker, "ending").close();
    told.next("lost");
  }

  /** Subscribed at QoS 1. */
  private RawClient member(String id, String properties) throws Exception {
    RawClient client = RawClient.to(broker);
    client.send(Packets.connect(5, properties).id(id)).expectAccepted();
    return client.send(Packets.subscribe(5, 1, GROUP, 1)).expect("90 04 00 01 00 01");
  }

  private RawClient kept(String id, String answer, String filter, int qos) throws Exception {
    return returning(id, answer)
        .send(Packets.subscribe(4, 1, filter, qos))
        .expect("90 03 00 01 0" + qos);
  }

  private RawClient returning(String id, String answer) throws Exception {
    return RawClient.to(broker).send(Packets.connect(4).onlyFlags(0).id(id)).expect(answer);
  }

  private Delivery send(QoS qos) throws Exception {
    return send(Publish.of(new Topic("a"), Buffer.buffer("x".getBytes(UTF_8)), qos), told);
  }

  private Delivery send(Buffer payload, Receipt receipt) throws Exception {
    return send(Publish.of(new Topic("a"), payload, QoS.AT_LEAST_ONCE), receipt);
  }

  private Delivery send(Publish publish, Receipt receipt) throws Exception {
    return broker.router().route(publish.with(receipt), Origin.NOBODY).await(10, TimeUnit.SECONDS);
  }

  /** Writes down what it hears. */
  private static final class Told implements Receipt {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void handedOver(boolean isKept) {
      heard.add(isKept ? "kept" : "handed over");
    }

    @Override
    public void acknowledged() {
      heard.add("acknowledged");
    }

    @Override
    public void refused() {
      heard.add("refused");
    }

    @Override
    public void lost() {
      heard.add("lost");
    }

    void next(String what) throws InterruptedException {
      assertThat(heard.poll(3, TimeUnit.SECONDS)).isEqualTo(what);
    }

    /** Nothing beyond what was asked for. */
    void nothing() {
      assertThat(heard).isEmpty();
    }
  }
}
