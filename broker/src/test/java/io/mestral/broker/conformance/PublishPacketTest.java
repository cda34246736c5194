package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.RawClient;
import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.Receivers.SlowKeeper;
import io.mestral.broker.TestBroker;
import io.mestral.broker.conformance.Peer.Message;
import io.mestral.model.outcome.Delivery.Refused;
import io.mestral.model.outcome.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 3.3 to 3.7: PUBLISH and what acknowledges it. */
class PublishPacketTest {
  private static final int QOS1 = 0x02;
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

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.3.1-3", "5.0 MQTT-3.3.1-3", "5.0 MQTT-4.3.2-2", "5.0 MQTT-4.3.3-2"})
  void dupOfThePublisherIsNotPassedOn(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("a", 2);
      peer.raw().send(Packets.publish(level, QOS1 | DUP, "a", 7).raw("x"));
      assertThat(peer.take().dup()).isFalse();
      peer.expect(Peer.PUBACK, 7);
      peer.raw().send(Packets.publish(level, QOS2 | DUP, "a", 8).raw("x"));
      Message message = peer.next();
      assertThat(message.dup()).isFalse();
      assertThat(message.qos()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"4,0", "4,1", "4,2", "5,0", "5,1", "5,2"})
  @Statement({"3.1.1 MQTT-3.3.1-2", "3.1.1 MQTT-4.3.1-1", "5.0 MQTT-3.3.1-2", "5.0 MQTT-4.3.1-1"})
  void whatIsSentForTheFirstTimeIsNotDup(int level, int qos) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "sub");
        Peer publisher = Peer.clean(broker, 4, "pub")) {
      peer.subscribe("a", qos);
      publisher.publish("a", 2, "x");
      Message message = peer.take();
      assertThat(message.qos()).isEqualTo(qos);
      assertThat(message.dup()).isFalse();
      assertThat(message.retain()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.3.4-1", "5.0 MQTT-3.3.4-1", "5.0 MQTT-4.3.2-4", "5.0 MQTT-4.3.3-8"})
  void theAnswerDependsOnTheQualityOfService(int level) throws Exception {
    broker.receive("a", new Keeper());
    try (Peer peer = Peer.clean(broker, level, "pub")) {
      peer.raw().send(Packets.publish(level, 0, "a", -1));
      peer.expectNothing();
      peer.raw().send(Packets.publish(level, QOS1, "a", 7));
      peer.expect(Peer.PUBACK, 7).expectNothing();
      peer.raw().send(Packets.publish(level, QOS2, "a", 8));
      peer.expect(Peer.PUBREC, 8).expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"08", "03"})
  @Statement({"5.0 MQTT-3.3.2-13", "5.0 MQTT-3.3.2-19"})
  void responseTopicAndContentTypeAreUtf8(String property) throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client
          .send(Packets.publish5(0, "a", -1, property + " 00 02 c3 28").raw("x"))
          .expectDisconnect(0x81);
    }
  }

  @ParameterizedTest
  @CsvSource({"'01 00', '01 00'", "'01 01', '01 01'"})
  @Statement("5.0 MQTT-3.3.2-4")
  void thePayloadFormatIsPassedOnAsItCame(String sent, String received) throws Exception {
    try (Peer peer = Peer.clean(broker, 5, "both")) {
      peer.subscribe("a", 0);
      peer.raw().send(Packets.publish5(0, "a", -1, sent).raw("x"));
      assertThat(peer.next().properties()).isEqualTo(received);
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.3.2-17", "5.0 MQTT-3.3.2-18"})
  void userPropertiesComeWholeInOrderAndAsOftenAsTheyWereSent() throws Exception {
    StringBuilder properties = new StringBuilder();
    for (String pair : new String[] {"b=1", "a=2", "b=1", "=", "b=3"}) {
      String[] half = pair.split("=", -1);
      properties
          .append(properties.isEmpty() ? "26" : " 26")
          .append(hex(half[0]))
          .append(hex(half[1]));
    }
    try (Peer peer = Peer.clean(broker, 5, "both")) {
      peer.subscribe("a", 1);
      peer.raw().send(Packets.publish5(QOS1, "a", 1, properties.toString()).raw("x"));
      assertThat(peer.next().properties()).isEqualTo(properties.toString());
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.3.2-6", "5.0 MQTT-3.3.2-5"})
  void expiryTravelsLessTheTimeSpentHere() throws Exception {
    try (Peer peer = Peer.with(broker, 5, Packets.connect(5, "21 00 01").id("sub"));
        RawClient publisher = RawClient.v5(broker, "pub")) {
      peer.subscribe("a", 1);
      publisher.send(Packets.publish5(QOS1, "a", 1, "").raw("first")).receive();
      publisher.send(Packets.publish5(QOS1, "a", 2, "02 00 00 00 0a").raw("short")).receive();
      publisher.send(Packets.publish5(QOS1, "a", 3, "02 00 00 00 64").raw("long")).receive();
      Message first = peer.next();
      assertThat(first.properties()).isEmpty();
      broker.clock().forward(Duration.ofSeconds(30));
      peer.send(Peer.PUBACK, first.id());
      Message second = peer.next();
      assertThat(second.payload()).isEqualTo("long");
      assertThat(second.properties()).isEqualTo("02 00 00 00 46"); // 70 of 100 seconds
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.3.2-3", "5.0 MQTT-3.3.2-3"})
  void nobodyGetsWhatNoFilterOfHisMatches(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("a/+", 0).subscribe("b/#", 0);
      peer.publish("a", 0, "x").publish("a/b/c", 0, "x").publish("c", 0, "x").expectNothing();
      peer.publish("b/c", 0, "y");
      assertThat(peer.next().topic()).isEqualTo("b/c");
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.3.5-1")
  void overlappingSubscriptionsDeliverAtTheHighestQualityOfService() throws Exception {
    try (Peer peer = Peer.clean(broker, 4, "both")) {
      peer.subscribe("#", 0).subscribe("a/+", 2).subscribe("a/b", 1);
      Peer.publishFromElsewhere(broker, "a/b", 2, "x");
      assertThat(peer.take().qos()).isEqualTo(2);
      peer.expectNothing();
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.3.4-2", "5.0 MQTT-3.3.4-3", "5.0 MQTT-3.3.4-4"})
  void identifiersComeFromThoseOverlappingSubscriptionsThatHaveOne() throws Exception {
    try (Peer peer = Peer.clean(broker, 5, "both")) {
      peer.subscribe("#", 1);
      peer.raw().send(Packets.of(0x82).two(3).properties("0b 05").text("a/#").octet(0)).receive();
      peer.raw().send(Packets.of(0x82).two(4).properties("0b 06").text("b").octet(0)).receive();
      peer.publish("a", 0, "x");
      assertThat(peer.next().properties()).isEqualTo("0b 05");
      peer.publish("c", 0, "x");
      assertThat(peer.next().properties()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  @Statement({"5.0 MQTT-3.4.2-1", "5.0 MQTT-3.5.2-1"})
  void acknowledgementsHaveCodesOfTheirOwnOnly(Refusal why) throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish(5, QOS1, "a", 1)).send(Packets.publish(5, QOS2, "a", 2));
      keeper.next().complete(new Refused(why, ""));
      keeper.next().complete(new Refused(why, ""));
      assertThat(client.receive()).matches("40 03 00 01 (80|83|87|90|91|97|99)");
      assertThat(client.receive()).matches("50 03 00 02 (80|83|87|90|91|97|99)");
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.4.2-2", "5.0 MQTT-3.5.2-2"})
  void acknowledgementsThatGetTooLargeLeaveTheWordsOut() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "27 00 00 00 10").id("pub")).expectAccepted();
      client.send(Packets.publish(5, QOS1, "a", 1)).send(Packets.publish(5, QOS2, "a", 2));
      keeper.next().complete(new Refused(Refusal.PAYLOAD_INVALID, "six letters and more"));
      keeper.next().complete(new Refused(Refusal.PAYLOAD_INVALID, "six letters and more"));
      client.expect("40 03 00 01 99").expect("50 03 00 02 99");
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.6.2-1", "5.0 MQTT-3.7.2-1"})
  void pubrelAndPubcompKnowTwoCodes() throws Exception {
    broker.receive("a", new Keeper());
    try (Peer peer = Peer.clean(broker, 5, "both")) {
      peer.raw().send("62 02 00 09").expect("70 03 00 09 92");
      peer.raw().send("50 02 00 09").expect("62 03 00 09 92");
      peer.raw().send(Packets.publish(5, QOS2, "a", 9)).expect("50 02 00 09");
      peer.raw().send("62 02 00 09").expect("70 02 00 09");
    }
  }

  private static String hex(String text) {
    StringBuilder hex = new StringBuilder(String.format(" 00 %02x", text.length()));
    for (char c : text.toCharArray()) hex.append(String.format(" %02x", (int) c));
    return hex.toString();
  }
}
