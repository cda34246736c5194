package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.conformance.Statement;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Delivery.Delivered;
import io.mestral.routing.Origin;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out to a client: windows, handshakes, slow readers and bounds. */
class DeliveryTest {
  private static final int QOS1 = 0x02;
  private static final int OPEN = 1024; // messages the broker keeps open with a client
  private static final String RECEIVE_MAXIMUM_2 = "21 00 02";

  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  @Statement({"5.0 MQTT-4.3.3-2", "5.0 MQTT-4.3.3-4", "5.0 MQTT-4.3.3-6", "5.0 MQTT-3.6.2-1"})
  void mqtt5_4_3_3_4_aQos2DeliveryGoesThroughItsFourPackets() throws Exception {
    try (RawClient client = RawClient.v5(broker, "sub")) {
      client.send(Packets.subscribe(5, 1, "a", 2)).expect("90 04 00 01 00 02");
      publish("a", QoS.EXACTLY_ONCE, 1);
      client.expect("34 07 00 01 61 00 01 00 78");
      client.send("50 02 00 01").expect("62 02 00 01");
      client.send("50 02 00 01").expect("62 02 00 01"); // again PUBREL, never the message
      client.send("70 02 00 01").expectNothing();
      client.send("50 02 00 01").expect("62 03 00 01 92"); // done: no such identifier
    }
  }

  @Test
  @Statement("5.0 MQTT-4.4.0-2")
  void mqtt5_4_3_3_4_aRefusedQos2DeliveryEndsThere() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "21 00 01").id("sub")).expectAccepted();
      client.send(Packets.subscribe(5, 1, "a", 2)).expect("90 04 00 01 00 02");
      publish("a", QoS.EXACTLY_ONCE, 2);
      client.expect("34 07 00 01 61 00 01 00 78");
      client.send("50 03 00 01 97");
      assertThat(client.receive()).startsWith("34");
    }
  }

  @Test
  @Statement({
    "5.0 MQTT-3.3.4-9",
    "5.0 MQTT-3.3.4-10",
    "5.0 MQTT-4.9.0-1",
    "5.0 MQTT-4.9.0-2",
    "5.0 MQTT-4.9.0-3"
  })
  void mqtt5_3_3_4_9_noMoreThanTheClientsReceiveMaximumAreOpen() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, RECEIVE_MAXIMUM_2).id("sub")).expectAccepted();
      client.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
      publish("a", QoS.AT_LEAST_ONCE, 4);
      int first = packetId(client.receiveBytes());
      int second = packetId(client.receiveBytes());
      assertThat(second).isNotEqualTo(first);
      client.expectNothing(); // 4.9.0-3: other packets still go both ways
      publish("a", QoS.AT_MOST_ONCE, 1);
      client.expect("30 05 00 01 61 00 78"); // 3.3.4-10
      client.send(ack(0x40, first));
      int third = packetId(client.receiveBytes());
      assertThat(third).isNotEqualTo(second);
      client.expectNothing();
      client.send(ack(0x40, second));
      client.receiveBytes();
      client.send(ack(0x40, 999)).expectNothing(); // an identifier that isn't open frees nothing
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-2.3.1-2", "3.1.1 MQTT-2.3.1-4"})
  void identifiersOfOpenMessagesAreAllDifferent() throws Exception {
    try (RawClient client = RawClient.v3(broker, "sub")) {
      client.send(Packets.subscribe(4, 1, "a", 1)).expect("90 03 00 01 01");
      publish("a", QoS.AT_LEAST_ONCE, 1000);
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < 1000; i++) ids.add(packetId(client.receiveBytes()));
      assertThat(ids).doesNotHaveDuplicates().doesNotContain(0);
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.1.2-24", "5.0 MQTT-3.1.2-25"})
  void mqtt5_3_1_2_25_aMessageTooLargeForTheClientIsLeftOut() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "27 00 00 00 28").id("sub")).expectAccepted();
      client.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
      Buffer large = Buffer.buffer(new byte[200]);
      assertThat(publish(Publish.of(new Topic("a"), large, QoS.AT_LEAST_ONCE)))
          .isEqualTo(Delivery.DONE);
      publish("a", QoS.AT_LEAST_ONCE, 1);
      assertThat(client.receive()).endsWith("00 78");
      assertThat(broker.count("publishes.dropped")).isEqualTo(1);
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.3.2-5", "5.0 MQTT-3.3.2-6"})
  void mqtt5_3_3_2_5_aMessageThatWaitedTooLongIsDropped() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "21 00 01").id("sub")).expectAccepted();
      client.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
      publish("a", QoS.AT_LEAST_ONCE, 1);
      int first = packetId(client.receiveBytes());
      publish(expiring("short", 60));
      publish(expiring("long", 600));
      client.expectNothing(); // both wait now
      broker.clock().forward(Duration.ofSeconds(90));
      client.send(ack(0x40, first));
      // the long one, with 510 of its 600 seconds left
      assertThat(client.receive()).endsWith("05 02 00 00 01 fe 6c 6f 6e 67");
      assertThat(broker.count("publishes.dropped")).isEqualTo(1);
    }
  }

  @Test
  void aClientThatDoesNotReadCostsOnlyItsOwnQos0Messages() throws Exception {
    try (RawClient slow = RawClient.v3(broker, "slow");
        RawClient fine = RawClient.v3(broker, "fine")) {
      slow.send(Packets.subscribe(4, 1, "bulk", 0)).expect("90 03 00 01 00");
      slow.send(Packets.subscribe(4, 2, "end", 1)).expect("90 03 00 02 01");
      fine.send(Packets.subscribe(4, 1, "a", 0)).expect("90 03 00 01 00");
      Buffer bulk = Buffer.buffer(new byte[64 << 10]);
      for (int i = 0; i < 1000; i++)
        assertThat(publish(Publish.of(new Topic("bulk"), bulk, QoS.AT_MOST_ONCE)))
            .isEqualTo(Delivery.DONE);
      publish("a", QoS.AT_MOST_ONCE, 1);
      fine.expect("30 04 00 01 61 78");
      Publish end = Publish.of(new Topic("end"), Buffer.buffer("x"), QoS.AT_LEAST_ONCE);
      broker.router().route(end, Origin.NOBODY); // waits its turn, behind all of them
      int arrived = 0;
      while (slow.receiveBytes()[0] == (byte) 0x30) arrived++;
      assertThat(arrived).isPositive().isLessThan(1000);
      assertThat(broker.count("publishes.dropped")).isEqualTo(1000 - arrived);
    }
  }

  @Test
  void theRoomOfWhatWasAcknowledgedComesBack() throws Exception {
    try (TestBroker small = TestBroker.start(Options.usual().queueMaxBytes(20_000).build());
        RawClient client = RawClient.to(small)) {
      client.send(Packets.connect(5, "21 00 01").id("sub")).expectAccepted();
      client.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 8; i++)
          assertThat(small.router().route(large(1000), Origin.NOBODY).result())
              .isEqualTo(Delivery.DONE);
        for (int i = 0; i < 8; i++) client.send(ack(0x40, packetId(client.receiveBytes())));
        client.expectNothing();
      }
      assertThat(small.count("publishes.dropped")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void aSubscriberThatIsStuckIsSentAwayAndItsPublisherIsNot(int level) throws Exception {
    Keeper keeper = new Keeper();
    try (TestBroker small = TestBroker.start(Options.usual().queueMaxBytes(2_000).build())) {
      small.receive("a", keeper);
      try (RawClient stuck = level == 5 ? RawClient.v5(small, "sub") : RawClient.v3(small, "sub");
          RawClient v5 = RawClient.v5(small, "v5");
          RawClient v3 = RawClient.v3(small, "v3")) {
        stuck.send(Packets.subscribe(level, 1, "a", 1)).receiveBytes();
        for (int i = 0; i < OPEN; i++) { // it acknowledges none
          small.router().route(large(1), Origin.NOBODY);
          assertThat(stuck.receiveBytes()[0]).isEqualTo((byte) 0x32);
        }
        for (int id = 1; id <= 3; id++)
          v5.send(Packets.publish(5, QOS1, "a", id).raw(new byte[1500])).expect("40 02 00 0" + id);
        v3.send(Packets.publish(4, QOS1, "a", 1).raw(new byte[1500])).expect("40 02 00 01");
        if (level == 5) stuck.expectDisconnect(0x97);
        else stuck.expectClosed();
        for (int i = 0; i < OPEN + 4; i++) keeper.next();
        v5.expectNothing();
        assertThat(small.count("publishes.refused")).isZero();
        assertThat(small.count("publishes.dropped")).isBetween(1.0, 3.0);
        assertThat(small.count("disconnects", "reason", "too slow")).isEqualTo(1);
        assertThat(small.sessions().size()).isEqualTo(2);
      }
    }
  }

  @Test
  void oneMessageForManySubscribersReachesEachOfThem() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int level = i % 3 == 0 ? 5 : 4;
      RawClient client =
          level == 5 ? RawClient.v5(broker, "sub" + i) : RawClient.v3(broker, "sub" + i);
      client.send(Packets.subscribe(level, 1, "a", i % 2)).receiveBytes();
      clients.add(client);
    }
    for (int round = 0; round < 50; round++) publish("a", QoS.AT_LEAST_ONCE, 1);
    for (int i = 0; i < clients.size(); i++) {
      String end = i % 3 == 0 ? "00 78" : "78";
      for (int round = 0; round < 50; round++)
        assertThat(clients.get(i).receive()).endsWith(end).startsWith(i % 2 == 1 ? "32" : "30");
      clients.get(i).expectNothing().close();
    }
  }

  @Test
  void aBatchFromAnotherThreadArrivesWholeAndInOrder() throws Exception {
    try (RawClient client = RawClient.v3(broker, "sub")) {
      client.send(Packets.subscribe(4, 1, "n", 0)).expect("90 03 00 01 00");
      for (int n = 0; n < 10_000; n++) {
        Buffer number = Buffer.buffer().appendInt(n);
        publish(Publish.of(new Topic("n"), number, QoS.AT_MOST_ONCE));
      }
      for (int n = 0; n < 10_000; n++)
        assertThat(Buffer.buffer(client.receiveBytes()).getInt(5)).isEqualTo(n);
    }
  }

  private void publish(String topic, QoS qos, int times) {
    for (int i = 0; i < times; i++)
      assertThat(publish(Publish.of(new Topic(topic), Buffer.buffer("x"), qos)))
          .isInstanceOf(Delivered.class);
  }

  private Delivery publish(Publish message) {
    return broker.router().route(message, Origin.NOBODY).result();
  }

  private static Publish large(int bytes) {
    return Publish.of(new Topic("a"), Buffer.buffer(new byte[bytes]), QoS.AT_LEAST_ONCE);
  }

  private static Publish expiring(String payload, int seconds) {
    return new Publish(
        new Topic("a"),
        Buffer.buffer(payload),
        QoS.AT_LEAST_ONCE,
        false,
        new PublishProperties(
            OptionalInt.empty(),
            Optional.of(Duration.ofSeconds(seconds)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  /** The identifier of a QoS 1 PUBLISH to a topic of one letter. */
  private static int packetId(byte[] publish) {
    assertThat(publish[0]).isEqualTo((byte) 0x32);
    int topicAt = publish[1] < 0 ? 3 : 2;
    return Buffer.buffer(publish).getUnsignedShort(topicAt + 3);
  }

  private static Buffer ack(int type, int packetId) {
    return Packets.of(type).two(packetId).bytes();
  }
}
