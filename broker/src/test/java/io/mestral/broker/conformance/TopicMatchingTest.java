package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Packets;
import io.mestral.broker.RawClient;
import io.mestral.broker.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 4.7: which filters there are, and which topics fit them. */
class TopicMatchingTest {
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
  @ValueSource(strings = {"a#", "a/b#", "#/a", "a/#/b", "##", "a/##", "#a"})
  @Statement({"3.1.1 MQTT-4.7.1-2", "5.0 MQTT-4.7.1-1"})
  void aNumberSignStandsAloneAtTheEnd(String filter) throws Exception {
    expectRefused(filter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a+", "+a", "a/b+/c", "++", "a/+b", "+#"})
  @Statement({"3.1.1 MQTT-4.7.1-3", "5.0 MQTT-4.7.1-2"})
  void aPlusSignFillsItsLevel(String filter) throws Exception {
    expectRefused(filter);
  }

  @ParameterizedTest
  @CsvSource({
    "#, a",
    "#, /",
    "#, a/b/c",
    "a/#, a",
    "a/#, a/",
    "a/#, a/b/c",
    "/#, /a",
    "/#, /",
    "+, a",
    "+/+, /",
    "+/+, a/b",
    "/+, /a",
    "a/+, a/",
    "+/b/#, a/b",
    "a/+/c, a//c",
    "+/a/+/#, x/a/y",
    "a b, a b",
    "A, A"
  })
  @Statement({"3.1.1 MQTT-4.7.1-2", "3.1.1 MQTT-4.7.1-3", "5.0 MQTT-4.7.1-1", "5.0 MQTT-4.7.1-2"})
  void whatAFilterMatchesIsDelivered(String filter, String topic) throws Exception {
    for (int level : new int[] {4, 5})
      try (Peer peer = Peer.clean(broker, level, "both")) {
        peer.subscribe(filter, 0).publish(topic, 0, "x");
        assertThat(peer.next().topic()).isEqualTo(topic);
      }
  }

  @ParameterizedTest
  @CsvSource({
    "a, A",
    "a, a/",
    "a, /a",
    "+, /a",
    "+, a/b",
    "a/+, a",
    "a/+, a/b/c",
    "/+, a",
    "a/#, b/a",
    "a/#, ab",
    "+/b, a/c",
    "a//c, a/c",
    "#, $a",
    "+, $a",
    "#, $SYS/x",
    "+/x, $SYS/x",
    "+/#, $a/b"
  })
  @Statement({"3.1.1 MQTT-4.7.2-1", "3.1.1 MQTT-4.7.3-4", "5.0 MQTT-4.7.2-1", "5.0 MQTT-4.7.3-4"})
  void whatAFilterDoesNotMatchIsNotDelivered(String filter, String topic) throws Exception {
    for (int level : new int[] {4, 5})
      try (Peer peer = Peer.clean(broker, level, "both")) {
        peer.subscribe(filter, 0).publish(topic, 0, "x").expectNothing();
      }
  }

  @ParameterizedTest
  @CsvSource({"$lab/#, $lab/x", "$lab/+, $lab/x", "$lab, $lab"})
  @Statement({"3.1.1 MQTT-4.7.2-1", "5.0 MQTT-4.7.2-1"})
  void aDollarThatIsWrittenDownMatches(String filter, String topic) throws Exception {
    for (int level : new int[] {4, 5})
      try (Peer peer = Peer.clean(broker, level, "both")) {
        peer.subscribe(filter, 0).publish(topic, 0, "x");
        assertThat(peer.next().topic()).isEqualTo(topic);
      }
  }

  /** The same letter, as one character and as two, is two topics. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-4.7.3-4", "5.0 MQTT-4.7.3-4"})
  void charactersAreNotMadeEqual(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("\u00e9", 0).publish("e\u0301", 0, "x").expectNothing();
      peer.publish("\u00e9", 0, "y");
      assertThat(peer.next().topic()).isEqualTo("\u00e9");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-4.7.3-3", "5.0 MQTT-4.7.3-3"})
  void aTopicMayHave65535Bytes(int level) throws Exception {
    String longest = "x/".repeat(20) + "ü".repeat(32_747) + "y";
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe(longest, 1).publish(longest, 0, "x");
      assertThat(peer.next().topic()).isEqualTo(longest);
    }
  }

  private void expectRefused(String filter) throws Exception {
    try (RawClient client = RawClient.v3(broker, "abc")) {
      client.send(Packets.subscribe(4, 1, filter, 0)).expect("90 03 00 01 80");
    }
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.subscribe(5, 1, filter, 0)).expect("90 04 00 01 00 8f");
    }
  }
}
