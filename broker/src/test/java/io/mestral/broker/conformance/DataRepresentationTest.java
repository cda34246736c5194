package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.RawClient;
import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.TestBroker;
import io.mestral.broker.conformance.Peer.Message;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chapters 1 and 2: strings, integers, headers and identifiers. */
class DataRepresentationTest {
  private static final String NOT_UTF8 = "c3 28";

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
  @Statement({"3.1.1 MQTT-1.5.3-3", "5.0 MQTT-1.5.4-3"})
  void aByteOrderMarkIsACharacterLikeAnyOther(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("\uFEFFa", 0).subscribe("a", 1).publish("\uFEFFa", 0, "x");
      Message message = peer.next();
      assertThat(message.topic()).isEqualTo("\uFEFFa");
      assertThat(message.qos()).isZero();
      peer.expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "26 00 02 " + NOT_UTF8 + " 00 01 62", // the name
        "26 00 01 61 00 02 " + NOT_UTF8, // the value
        "26 00 01 00 00 01 62", // U+0000 in the name
        "26 00 01 61 00 03 ed a0 80", // a surrogate in the value
        "26 00 01 61" // no value
      })
  @Statement("5.0 MQTT-1.5.7-1")
  void bothHalvesOfAStringPairAreText(String pair) throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(0, "a", -1, pair).raw("x")).expectDisconnect(0x81);
    }
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, pair).id("abc")).expectTurnedAway(0x81);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80 00 00", // 0 in two bytes
        "81 80 00 01", // 1 in three bytes
        "80 80 80 80 01" // a fifth byte
      })
  @Statement("5.0 MQTT-1.5.5-1")
  void aVariableByteIntegerIsNoLongerThanItMustBe(String propertyLength) throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      Buffer packet = Packets.of(0x30).text("a").bytes();
      byte[] length = HexFormat.ofDelimiter(" ").parseHex(propertyLength);
      packet.appendBytes(length).setByte(1, (byte) (packet.length() - 2));
      client.send(packet).expectDisconnect(0x81);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-2.2.2-1",
    "3.1.1 MQTT-2.3.1-6",
    "3.1.1 MQTT-2.3.1-7",
    "3.1.1 MQTT-3.8.4-2",
    "5.0 MQTT-2.1.3-1",
    "5.0 MQTT-2.2.1-5",
    "5.0 MQTT-2.2.1-6",
    "5.0 MQTT-3.8.4-2"
  })
  void everyAnswerHasItsFlagsAndTheIdentifierOfTheQuestion(int level) throws Exception {
    broker.receive("a", new Keeper());
    try (Peer peer = Peer.clean(broker, level, "asks")) {
      for (int id : new int[] {1, 0xFF, 0x100, 0xFFFF}) {
        peer.raw().send(Packets.subscribe(level, id, "b", 0));
        assertAnswers(0x90, id, peer.raw().receiveBytes());
        peer.raw().send(Packets.unsubscribe(level, id, "b"));
        assertAnswers(0xB0, id, peer.raw().receiveBytes());
        peer.raw().send(Packets.publish(level, 2, "a", id));
        assertAnswers(0x40, id, peer.raw().receiveBytes());
        peer.raw().send(Packets.publish(level, 4, "a", id));
        assertAnswers(0x50, id, peer.raw().receiveBytes());
        peer.send(Peer.PUBREL, id);
        assertAnswers(0x70, id, peer.raw().receiveBytes());
      }
      peer.subscribe("q", 2);
      Peer.publishFromElsewhere(broker, "q", 2, "x");
      int id = peer.next().id();
      peer.send(Peer.PUBREC, id);
      assertAnswers(0x62, id, peer.raw().receiveBytes());
      peer.raw().send("c0 00").expect("d0 00");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-2.3.1-5", "5.0 MQTT-2.2.1-2", "5.0 MQTT-2.2.2-1"})
  void atQos0ThereIsNoIdentifierAndWithoutPropertiesTheirLengthIs0(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("a", 2).publish("a", 0, "xyz");
      peer.raw().expect(level == 5 ? "30 07 00 01 61 00 78 79 7a" : "30 06 00 01 61 78 79 7a");
    }
  }

  @Test
  @Statement("5.0 MQTT-2.2.2-1")
  void answersWithoutPropertiesSaySo() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.subscribe(5, 1, "a", 0)).expect("90 04 00 01 00 00");
      client.send(Packets.unsubscribe(5, 2, "a")).expect("b0 04 00 02 00 00");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-2.3.1-3",
    "3.1.1 MQTT-2.3.1-4",
    "3.1.1 MQTT-2.3.1-1",
    "5.0 MQTT-2.2.1-4",
    "5.0 MQTT-4.3.2-3",
    "5.0 MQTT-4.3.3-3",
    "5.0 MQTT-4.3.3-5"
  })
  void anIdentifierIsInUseUntilItsExchangeIsOver(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("a", 2);
      int once = publishAndSee(peer, 2);
      int least = publishAndSee(peer, 1);
      assertThat(once).isNotZero();
      assertThat(least).isNotZero().isNotEqualTo(once);
      peer.send(Peer.PUBREC, once).expect(Peer.PUBREL, once);
      assertThat(publishAndSee(peer, 1)).isNotIn(once, least);
      peer.send(Peer.PUBACK, least).send(Peer.PUBCOMP, once).expectNothing();
    }
  }

  /** The broker's identifiers and the client's are two spaces: here both use the same. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-2.3.1-4", "5.0 MQTT-2.2.1-4"})
  void theTwoDirectionsHaveIdentifiersOfTheirOwn(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("a", 2);
      int id = publishAndSee(peer, 2); // open towards the client
      peer.raw().send(Packets.publish(level, 4, "b", id).raw("x"));
      peer.expect(Peer.PUBREC, id);
      peer.send(Peer.PUBREC, id).expect(Peer.PUBREL, id); // of the broker's message
      peer.send(Peer.PUBREL, id).expect(Peer.PUBCOMP, id); // of the client's
      peer.send(Peer.PUBCOMP, id).expectNothing();
    }
  }

  private int publishAndSee(Peer peer, int qos) throws Exception {
    Peer.publishFromElsewhere(broker, "a", qos, "x");
    Message message = peer.next();
    assertThat(message.qos()).isEqualTo(qos);
    return message.id();
  }

  private static void assertAnswers(int firstByte, int id, byte[] packet) {
    assertThat(packet[0] & 0xFF).isEqualTo(firstByte);
    assertThat(Buffer.buffer(packet).getUnsignedShort(2)).isEqualTo(id);
  }
}
