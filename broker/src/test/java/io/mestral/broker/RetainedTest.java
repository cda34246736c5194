package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statement;
import io.mestral.config.SessionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that wait at their topic for subscribers to come, byte by byte. */
class RetainedTest {
  private static final int RETAIN = 0x01;
  private static final int QOS1 = 0x02;
  private static final int QOS2 = 0x04;
  private static final int IF_NEW = 0x10;
  private static final int NEVER = 0x20;

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
  @Statement({
    "3.1.1 MQTT-3.3.1-5",
    "3.1.1 MQTT-3.3.1-6",
    "3.1.1 MQTT-3.3.1-8",
    "3.1.1 MQTT-3.8.4-3",
    "5.0 MQTT-3.3.1-9",
    "5.0 MQTT-3.8.4-4"
  })
  void mqtt5_3_3_1_9_retainHandling0GivesThemWithEverySubscribe() throws Exception {
    retain("a", "x");
    try (RawClient client = RawClient.v5(broker, "sub")) {
      client.send(Packets.subscribe(5, 1, "a", 0));
      client.expect("90 04 00 01 00 00").expect("31 05 00 01 61 00 78");
      client.send(Packets.subscribe(5, 2, "a", 0));
      client.expect("90 04 00 02 00 00").expect("31 05 00 01 61 00 78").expectNothing();
    }
    try (RawClient client = RawClient.v3(broker, "old")) {
      client.send(Packets.subscribe(4, 1, "a", 0));
      client.expect("90 03 00 01 00").expect("31 04 00 01 61 78");
      client.send(Packets.subscribe(4, 2, "a", 0)); // mqtt311_3_8_4_3
      client.expect("90 03 00 02 00").expect("31 04 00 01 61 78").expectNothing();
    }
  }

  @Test
  @Statement("5.0 MQTT-3.3.1-10")
  void mqtt5_3_3_1_10_retainHandling1GivesThemWithANewSubscription() throws Exception {
    retain("a", "x");
    try (RawClient client = RawClient.v5(broker, "sub")) {
      client.send(Packets.subscribe(5, 1, "a", IF_NEW));
      client.expect("90 04 00 01 00 00").expect("31 05 00 01 61 00 78");
      client.send(Packets.subscribe(5, 2, "a", IF_NEW)).expect("90 04 00 02 00 00");
      client.expectNothing();
      client.send(Packets.unsubscribe(5, 3, "a")).expect("b0 04 00 03 00 00");
      client.send(Packets.subscribe(5, 4, "a", IF_NEW));
      client.expect("90 04 00 04 00 00").expect("31 05 00 01 61 00 78");
    }
  }

  @Test
  @Statement("5.0 MQTT-3.3.1-11")
  void mqtt5_3_3_1_11_retainHandling2GivesNone() throws Exception {
    retain("a", "x");
    try (RawClient client = RawClient.v5(broker, "sub")) {
      client.send(Packets.subscribe(5, 1, "a", NEVER)).expect("90 04 00 01 00 00");
      client.expectNothing();
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.3.1-5", "3.1.1 MQTT-3.1.2-7"})
  void mqtt5_3_3_1_5_theLastOneStands() throws Exception {
    retain("a", "x");
    retain("a", "y");
    expectRetained("a", "31 04 00 01 61 79");
  }

  @Test
  @Statement("3.1.1 MQTT-3.3.1-7")
  void mqtt311_3_3_1_7_oneOfQos0TakesThePlaceOfAnother() throws Exception {
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, RETAIN | QOS1, "a", 1).raw("x")).expect("40 02 00 01");
      client.send(Packets.publish(4, RETAIN, "a", -1).raw("y")).expectNothing();
    }
    expectRetained("a", "31 04 00 01 61 79");
  }

  @Test
  @Statement({"3.1.1 MQTT-3.3.1-10", "3.1.1 MQTT-3.3.1-11", "5.0 MQTT-3.3.1-6", "5.0 MQTT-3.3.1-7"})
  void mqtt5_3_3_1_6_anEmptyOneIsDeliveredAndClears() throws Exception {
    retain("a", "x");
    try (RawClient watcher = RawClient.v5(broker, "watcher")) {
      watcher.send(Packets.subscribe(5, 1, "a", NEVER | 0x08)).expect("90 04 00 01 00 00");
      retain("a", "");
      watcher.expect("31 04 00 01 61 00"); // retain as published
    }
    expectRetained("a");
    assertThat(broker.router().retained().count()).isZero();
  }

  @Test
  @Statement({"3.1.1 MQTT-3.3.1-12", "5.0 MQTT-3.3.1-8"})
  void mqtt5_3_3_1_8_anOrdinaryMessageLeavesItAlone() throws Exception {
    retain("a", "x");
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, 0, "a", -1).raw("y"));
      client.send(Packets.publish(4, 0, "a", -1)).expectNothing();
    }
    expectRetained("a", "31 04 00 01 61 78");
  }

  @Test
  @Statement("3.1.1 MQTT-3.3.1-9")
  void mqtt311_3_3_1_9_whoIsThereAlreadyGetsItUnflagged() throws Exception {
    try (RawClient watcher = RawClient.v3(broker, "watcher")) {
      watcher.send(Packets.subscribe(4, 1, "a", 0)).expect("90 03 00 01 00");
      retain("a", "x");
      watcher.expect("30 04 00 01 61 78").expectNothing();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 31 04 00 01 61 78", // published, granted
    "1, 0, 31 04 00 01 61 78",
    "1, 2, 33 06 00 01 61 00 01 78",
    "2, 1, 33 06 00 01 61 00 01 78",
    "2, 2, 35 06 00 01 61 00 01 78"
  })
  @Statement({"3.1.1 MQTT-3.3.1-5", "5.0 MQTT-3.8.4-8"})
  void mqtt5_3_8_4_8_theWeakerQualityOfServiceCounts(int published, int granted, String expected)
      throws Exception {
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(
          Packets.publish(4, RETAIN | published << 1, "a", published == 0 ? -1 : 1).raw("x"));
      if (published == 1) client.expect("40 02 00 01");
      if (published == 2) client.expect("50 02 00 01").send("62 02 00 01").expect("70 02 00 01");
      client.expectNothing();
    }
    try (RawClient client = RawClient.v3(broker, "sub")) {
      client.send(Packets.subscribe(4, 1, "a", granted)).expect("90 03 00 01 0" + granted);
      client.expect(expected);
    }
  }

  @Test
  void mqtt5_3_3_4_3_theyBearTheIdentifierOfTheSubscribe() throws Exception {
    retain("a", "x");
    try (RawClient client = RawClient.v5(broker, "sub")) {
      client.send(Packets.of(0x82).two(1).properties("0b 07").text("+").octet(NEVER));
      client.expect("90 04 00 01 00 00");
      client.send(Packets.of(0x82).two(2).properties("0b 09").text("a").octet(0));
      client.expect("90 04 00 02 00 00").expect("31 07 00 01 61 02 0b 09 78").expectNothing();
    }
  }

  @Test
  @Statement("5.0 MQTT-3.3.2-6")
  void mqtt5_3_3_2_6_theExpiryIsWhatIsLeftOfIt() throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(RETAIN, "a", -1, "02 00 00 00 0a").raw("x")).expectNothing();
    }
    broker.clock().forward(Duration.ofSeconds(3));
    try (RawClient client = RawClient.v5(broker, "sub")) {
      client.send(Packets.subscribe(5, 1, "a", 0)).expect("90 04 00 01 00 00");
      client.expect("31 0a 00 01 61 05 02 00 00 00 07 78");
    }
    broker.clock().forward(Duration.ofSeconds(7));
    expectRetained("a"); // mqtt5_3_3_2_5
  }

  @Test
  void mqtt5_3_3_2_propertiesComeAsTheyWerePublished() throws Exception {
    String properties =
        "01 01 03 00 04 6a 73 6f 6e 08 00 05 72 65 70 6c 79 09 00 03 00 ff 01 "
            + "26 00 01 62 00 01 31 26 00 01 61 00 01 32";
    Packets message = Packets.publish5(RETAIN, "a", -1, properties).raw("{}");
    try (RawClient client = RawClient.v5(broker, "both")) {
      client.send(message).send(Packets.subscribe(5, 1, "a", 0)).expect("90 04 00 01 00 00");
      assertThat(client.receiveBytes()).isEqualTo(message.bytes().getBytes());
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-4.7.2-1", "5.0 MQTT-4.7.2-1"})
  void mqtt5_4_7_2_1_aWildcardInFrontFindsNoServerTopic() throws Exception {
    retain("$lab/x", "x");
    retain("a/b", "y");
    expectRetained("#", "31 06 00 03 61 2f 62 79");
    expectRetained("+/x");
    expectRetained("$lab/#", "31 09 00 06 24 6c 61 62 2f 78 78");
  }

  @ParameterizedTest
  @CsvSource({"4", "5"})
  @Statement({"3.1.1 MQTT-3.1.2-17", "5.0 MQTT-3.1.2-15"})
  void mqtt5_3_1_2_15_aWillCanBeRetained(int level) throws Exception {
    RawClient dying = RawClient.to(broker);
    Packets connect = Packets.connect(level).flags(0x04 | 0x20).id("dying");
    if (level == 5) connect.properties("");
    dying.send(connect.text("will").text("x")).receiveBytes();
    try (RawClient watcher = RawClient.v3(broker, "watcher")) {
      watcher.send(Packets.subscribe(4, 1, "will", 0)).expect("90 03 00 01 00");
      dying.cut();
      watcher.expect("30 07 00 04 77 69 6c 6c 78");
    }
    expectRetained("will", "31 07 00 04 77 69 6c 6c 78");
  }

  @ParameterizedTest
  @CsvSource({"4", "5"})
  @Statement({"3.1.1 MQTT-3.1.2-16", "5.0 MQTT-3.1.2-14"})
  void mqtt5_3_1_2_14_aWillNeedsNotBeRetained(int level) throws Exception {
    RawClient dying = RawClient.to(broker);
    Packets connect = Packets.connect(level).flags(0x04).id("dying");
    if (level == 5) connect.properties("");
    dying.send(connect.text("will").text("x")).receiveBytes();
    try (RawClient watcher = RawClient.v3(broker, "watcher")) {
      watcher.send(Packets.subscribe(4, 1, "will", 0)).expect("90 03 00 01 00");
      dying.cut();
      watcher.expect("30 07 00 04 77 69 6c 6c 78");
    }
    expectRetained("will");
  }

  @Test
  void whatAClientRetainsItSeesWhenItSubscribesNext() throws Exception {
    try (RawClient client = RawClient.v3(broker, "both")) {
      for (int i = 0; i < 200; i++) {
        client.send(Packets.publish(4, RETAIN, "a", -1).raw("" + i));
        client.send(Packets.subscribe(4, 1, "a", 0)).expect("90 03 00 01 00");
        assertThat(new String(client.receiveBytes()).substring(5)).isEqualTo("" + i);
        client.send(Packets.unsubscribe(4, 2, "a")).expect("b0 02 00 02");
      }
    }
  }

  @Test
  void oneFilterAmongSeveralThatIsRefusedKeepsNothingFromTheOthers() throws Exception {
    retain("a", "x");
    retain("b", "y");
    try (RawClient client = RawClient.v3(broker, "sub")) {
      client.send(
          Packets.of(0x82).two(1).text("a").octet(0).text("a/#/b").octet(0).text("b").octet(0));
      client.expect("90 05 00 01 00 80 00");
      client.expect("31 04 00 01 61 78").expect("31 04 00 01 62 79").expectNothing();
    }
  }

  @Test
  void aTopicTooManyIsRefusedToThoseWhoCanBeTold() throws Exception {
    SessionOptions few =
        new SessionOptions(
            Duration.ofDays(7),
            1000,
            1000,
            1 << 20,
            Duration.ofDays(7),
            SessionOptions.WhenFull.REFUSE,
            1000);
    try (TestBroker small = TestBroker.start(Options.usual().sessions(few).build());
        RawClient client = RawClient.v5(small, "pub")) {
      String large = "x".repeat(500);
      client.send(Packets.publish(5, RETAIN | QOS1, "a", 1).raw(large)).expect("40 03 00 01 10");
      client.send(Packets.publish(5, RETAIN | QOS1, "b", 2).raw(large));
      assertThat(client.receiveBytes()).startsWith(0x40).contains(0x97 - 256);
      client.send(Packets.publish(5, RETAIN | QOS2, "b", 3).raw(large));
      assertThat(client.receiveBytes()).startsWith(0x50).contains(0x97 - 256);
      client.send(Packets.publish(5, RETAIN | QOS1, "a", 4).raw(large)).expect("40 03 00 04 10");
      client.send(Packets.publish(5, RETAIN | QOS1, "a", 5)).expect("40 03 00 05 10");
      client.send(Packets.publish(5, RETAIN | QOS1, "b", 6).raw(large)).expect("40 03 00 06 10");
      assertThat(small.router().retained().count()).isOne();
      try (RawClient old = RawClient.v3(small, "old")) { // can't be told, and shall not come again
        old.send(Packets.publish(4, RETAIN | QOS1, "c", 1).raw(large)).expect("40 02 00 01");
      }
    }
  }

  @Test
  void aMultitudeIsReadAtTheSubscribersPaceAndWholly() throws Exception {
    int topics = 20_000;
    String body = "x".repeat(500);
    try (RawClient client = RawClient.v3(broker, "pub")) {
      for (int i = 0; i < topics; i++)
        client.send(Packets.publish(4, RETAIN | QOS1, "kit/" + i, 1).raw(body)).receiveBytes();
    }
    try (RawClient slow = RawClient.narrow(broker)) {
      slow.send(Packets.connect(4).id("slow")).expect("20 02 00 00");
      slow.send(Packets.subscribe(4, 1, "#", 1)).expect("90 03 00 01 01");
      Set<String> seen = new HashSet<>();
      while (seen.size() < topics) {
        byte[] publish = slow.receiveBytes();
        assertThat(publish[0]).isEqualTo((byte) 0x33);
        int length = publish[4] & 0xFF;
        assertThat(seen.add(new String(publish, 5, length))).isTrue();
        slow.send(Packets.of(0x40).two(idAt(publish, 5 + length)));
      }
      slow.expectNothing();
    }
  }

  @Test
  void whileAMultitudeIsReadOtherMessagesComeThrough() throws Exception {
    int topics = 20_000;
    try (RawClient pub = RawClient.v3(broker, "pub");
        RawClient slow = RawClient.narrow(broker)) {
      for (int i = 0; i < topics; i++)
        pub.send(Packets.publish(4, RETAIN, "kit/" + i, -1).raw("x".repeat(500)));
      pub.expectNothing();
      slow.send(Packets.connect(4).id("slow")).expect("20 02 00 00");
      slow.send(Packets.subscribe(4, 1, "#", 0)).expect("90 03 00 01 00");
      pub.send(Packets.publish(4, 0, "live", -1).raw("x")).expectNothing();
      List<Integer> live = new ArrayList<>();
      for (int i = 0; i <= topics; i++) if (slow.receiveBytes()[0] == 0x30) live.add(i);
      assertThat(live).hasSize(1);
      assertThat(live.get(0)).isLessThan(topics);
      slow.expectNothing();
    }
  }

  @Test
  @Statement("5.0 MQTT-3.10.4-2")
  void mqtt5_3_10_4_2_whoUnsubscribesGetsNoMoreOfThem() throws Exception {
    for (int i = 0; i < 10; i++) retain("kit/" + i, "x");
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "21 00 01").id("one at a time")).expectAccepted();
      client.send(Packets.subscribe(5, 1, "#", 1));
      client.expect("90 04 00 01 00 01").receiveBytes();
      client.send(Packets.unsubscribe(5, 2, "#")).expect("b0 04 00 02 00 00");
      client.send("40 02 00 01").expectNothing();
    }
  }

  private static int idAt(byte[] packet, int at) {
    return (packet[at] & 0xFF) << 8 | packet[at + 1] & 0xFF;
  }

  /** Retains it at QoS 1, as 3.1.1 does. */
  private void retain(String topic, String payload) throws Exception {
    try (RawClient client = RawClient.v3(broker, "retainer")) {
      client.send(Packets.publish(4, RETAIN | QOS1, topic, 9).raw(payload)).expect("40 02 00 09");
    }
  }

  private void expectRetained(String filter, String... messages) throws Exception {
    try (RawClient client = RawClient.v3(broker, "new")) {
      client.send(Packets.subscribe(4, 1, filter, 0)).expect("90 03 00 01 00");
      for (String message : messages) client.expect(message);
      client.expectNothing();
    }
  }
}
