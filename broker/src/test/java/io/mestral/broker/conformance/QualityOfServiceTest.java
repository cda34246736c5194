package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.TestBroker;
import io.mestral.broker.conformance.Peer.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 4.2 to 4.6 and 4.9 on one connection: handshakes, order and flow control. */
class QualityOfServiceTest {
  private static final int QOS2 = 0x04;
  private static final int DUP = 0x08;

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
  @Statement("3.1.1 MQTT-4.3.2-1")
  void aQos1MessageIsOpenUntilItsPuback() throws Exception {
    try (Peer peer = Peer.clean(broker, 4, "both")) {
      peer.subscribe("a", 1);
      publishFromElsewhere("a", 1, "x");
      Message first = peer.next();
      assertThat(first.dup()).isFalse();
      publishFromElsewhere("a", 1, "y");
      Message second = peer.next();
      assertThat(second.id()).isNotEqualTo(first.id());
      peer.send(Peer.PUBREC, first.id()).expect(Peer.PUBREL, first.id()); // not what ends it
      peer.send(Peer.PUBACK, first.id()).send(Peer.PUBACK, second.id()).expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-4.3.3-1",
    "5.0 MQTT-4.3.3-3",
    "5.0 MQTT-4.3.3-4",
    "5.0 MQTT-4.3.3-5",
    "5.0 MQTT-4.3.3-6"
  })
  void aQos2MessageIsNeverSentAgainAfterItsPubrec(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("a", 2);
      publishFromElsewhere("a", 2, "x");
      int id = peer.next().id();
      for (int round = 0; round < 3; round++)
        peer.send(Peer.PUBREC, id).expect(Peer.PUBREL, id).expectNothing();
      peer.send(Peer.PUBCOMP, id).expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-4.3.3-2",
    "5.0 MQTT-4.3.3-8",
    "5.0 MQTT-4.3.3-10",
    "5.0 MQTT-4.3.3-11",
    "5.0 MQTT-4.3.3-12"
  })
  void aQos2MessageIsTakenOnceUntilItsPubrel(int level) throws Exception {
    Keeper keeper = new Keeper();
    broker.receive("a", keeper);
    try (Peer peer = Peer.clean(broker, level, "pub")) {
      for (int flags : new int[] {QOS2, QOS2 | DUP, QOS2}) { // DUP or not: the identifier counts
        peer.raw().send(Packets.publish(level, flags, "a", 7).raw("x"));
        peer.expect(Peer.PUBREC, 7);
      }
      peer.send(Peer.PUBREL, 7).expect(Peer.PUBCOMP, 7);
      peer.raw().send(Packets.publish(level, QOS2 | DUP, "a", 7).raw("new"));
      peer.expect(Peer.PUBREC, 7).send(Peer.PUBREL, 7).expect(Peer.PUBCOMP, 7);
      assertThat(keeper.next().payload()).hasToString("x");
      assertThat(keeper.next().payload()).hasToString("new");
      assertThat(keeper.messages).isEmpty();
    }
  }

  @Test
  @Statement({"5.0 MQTT-4.3.3-7", "5.0 MQTT-4.3.3-13"})
  void aQos2HandshakeIsFinishedAlthoughItsMessageExpired() throws Exception {
    try (Peer peer = Peer.clean(broker, 5, "both")) {
      peer.subscribe("a", 2);
      peer.raw().send(Packets.publish5(QOS2, "a", 7, "02 00 00 00 05").raw("x"));
      int id = peer.next().id();
      peer.expect(Peer.PUBREC, 7);
      broker.clock().forward(Duration.ofMinutes(1));
      peer.send(Peer.PUBREC, id).expect(Peer.PUBREL, id).send(Peer.PUBCOMP, id);
      peer.send(Peer.PUBREL, 7).expect(Peer.PUBCOMP, 7).expectNothing();
    }
  }

  @ParameterizedTest
  @CsvSource({"5,40", "5,50"})
  @Statement("5.0 MQTT-4.4.0-2")
  void aDeliveryThatIsRefusedIsOver(int level, String ack) throws Exception {
    int qos = ack.equals("40") ? 1 : 2;
    try (Peer peer = Peer.with(broker, level, Packets.connect(5, "21 00 01").id("sub"))) {
      peer.subscribe("a", 2);
      publishFromElsewhere("a", qos, "refused");
      publishFromElsewhere("a", qos, "next");
      Message first = peer.next();
      peer.raw().send(Packets.of(Integer.parseInt(ack, 16)).two(first.id()).octet(0x83));
      assertThat(peer.next().payload()).isEqualTo("next"); // no PUBREL between, the quota is back
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-4.4.0-1", "5.0 MQTT-4.4.0-1"})
  void onOneConnectionNothingIsRepeated(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "sub")) {
      peer.subscribe("a", 2);
      publishFromElsewhere("a", 1, "x");
      publishFromElsewhere("a", 2, "y");
      peer.next();
      int id = peer.next().id();
      peer.send(Peer.PUBREC, id).expect(Peer.PUBREL, id);
      broker.clock().forward(Duration.ofHours(1));
      publishFromElsewhere("a", 0, "z");
      assertThat(peer.next().payload()).isEqualTo("z");
      peer.expectNothing();
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-4.5.0-1", "5.0 MQTT-4.5.0-1"})
  void aMessageReachesEverySessionThatSubscribesToIt() throws Exception {
    List<Peer> peers = new ArrayList<>();
    String[] filters = {"a/b", "a/+", "a/#", "#", "+/b", "+/+"};
    for (int i = 0; i < 12; i++) {
      Peer peer = Peer.clean(broker, i % 2 == 0 ? 4 : 5, "sub" + i);
      peers.add(peer.subscribe(filters[i % filters.length], i % 3));
    }
    publishFromElsewhere("a/b", 2, "x");
    for (Peer peer : peers) {
      assertThat(peer.take().payload()).isEqualTo("x");
      peer.expectNothing().close();
    }
  }

  @ParameterizedTest
  @CsvSource({"4,0", "4,1", "4,2", "5,0", "5,1", "5,2"})
  @Statement({
    "3.1.1 MQTT-4.6.0-5",
    "3.1.1 MQTT-4.6.0-6",
    "3.1.1 MQTT-7.1.1-1",
    "5.0 MQTT-4.2.0-1",
    "5.0 MQTT-4.6.0-5",
    "5.0 MQTT-4.6.0-6"
  })
  void messagesArriveInTheOrderTheyWerePublished(int level, int qos) throws Exception {
    try (Peer near = Peer.clean(broker, level, "near");
        Peer far = Peer.clean(broker, level, "far"); // each on a loop of its own
        Peer publisher = Peer.clean(broker, level, "pub")) {
      near.subscribe("a", 2);
      far.subscribe("a", 2);
      for (int n = 1; n <= 100; n++)
        publisher.raw().send(Packets.publish(level, qos << 1, "a", qos == 0 ? -1 : n).raw("" + n));
      for (Peer peer : List.of(near, far))
        for (int n = 1; n <= 100; n++) {
          Message message = peer.next();
          assertThat(message.payload()).isEqualTo("" + n);
          assertThat(message.qos()).isEqualTo(qos);
          if (qos == 1) peer.send(Peer.PUBACK, message.id());
        }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Statement({
    "5.0 MQTT-4.9.0-1",
    "5.0 MQTT-4.9.0-2",
    "5.0 MQTT-4.9.0-3",
    "5.0 MQTT-3.3.4-9",
    "5.0 MQTT-3.3.4-10"
  })
  void theQuotaOfTheClientIsKeptAndHoldsNothingElseBack(int qos) throws Exception {
    try (Peer peer = Peer.with(broker, 5, Packets.connect(5, "21 00 02").id("sub"))) {
      peer.subscribe("a", 2);
      for (int n = 0; n < 4; n++) publishFromElsewhere("a", qos, "" + n);
      Message first = peer.next();
      Message second = peer.next();
      peer.expectNothing().subscribe("b", 0); // answers go on
      publishFromElsewhere("b", 0, "free");
      assertThat(peer.next().payload()).isEqualTo("free");
      if (qos == 2) {
        peer.send(Peer.PUBREC, second.id()).expect(Peer.PUBREL, second.id());
        peer.expectNothing(); // PUBREC frees nothing
        peer.send(Peer.PUBCOMP, second.id());
      } else {
        peer.send(Peer.PUBACK, first.id());
      }
      assertThat(peer.next().payload()).isEqualTo("2");
      peer.expectNothing();
    }
  }

  private void publishFromElsewhere(String topic, int qos, String payload) throws Exception {
    Peer.publishFromElsewhere(broker, topic, qos, payload);
  }
}
