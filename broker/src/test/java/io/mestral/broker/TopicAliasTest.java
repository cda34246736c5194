package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.conformance.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topic aliases in both directions, byte by byte; the names give the normative statements. */
class TopicAliasTest {
  private static final int QOS1 = 0x02;

  private TestBroker broker;
  private int subscribers;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void mqtt5_s3_3_2_3_4_anAliasStandsForItsTopic() throws Exception {
    Keeper keeper = new Keeper();
    broker.receive("#", keeper);
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(0, "home/power", -1, "23 00 01").raw("1"));
      client.send(Packets.publish5(0, "", -1, "23 00 01").raw("2"));
      client.send(Packets.publish5(QOS1, "", 7, "03 00 01 74 23 00 01").raw("3"));
      client.expect("40 02 00 07");
      for (String payload : new String[] {"1", "2", "3"})
        assertThat(keeper.next())
            .satisfies(message -> assertThat(message.topic().value()).isEqualTo("home/power"))
            .satisfies(message -> assertThat(message.payload().toString()).isEqualTo(payload));
    }
  }

  @Test
  void mqtt5_s3_3_4_anAliasCanBeGivenToAnotherTopic() throws Exception {
    Keeper keeper = new Keeper();
    broker.receive("#", keeper);
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(0, "a", -1, "23 00 02").raw("x"));
      client.send(Packets.publish5(0, "b", -1, "23 00 02").raw("x"));
      client.send(Packets.publish5(0, "c", -1, "23 00 01").raw("x"));
      client.send(Packets.publish5(0, "", -1, "23 00 02").raw("x"));
      client.send(Packets.publish5(0, "", -1, "23 00 01").raw("x"));
      for (String topic : new String[] {"a", "b", "c", "b", "c"})
        assertThat(keeper.next().topic().value()).isEqualTo(topic);
    }
  }

  @Test
  @Statement("5.0 MQTT-3.3.2-12")
  void mqtt5_3_3_2_12_everyAliasUpToTheMaximumIsTaken() throws Exception {
    Keeper keeper = new Keeper();
    broker.receive("#", keeper);
    try (RawClient client = RawClient.v5(broker, "pub")) {
      for (int alias = 16; alias >= 1; alias--)
        client.send(Packets.publish5(0, "t" + alias, -1, property(alias)).raw("x"));
      for (int alias = 16; alias >= 1; alias--)
        client.send(Packets.publish5(0, "", -1, property(alias)).raw("x"));
      for (int round = 0; round < 2; round++)
        for (int alias = 16; alias >= 1; alias--)
          assertThat(keeper.next().topic().value()).isEqualTo("t" + alias);
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.3.2-9", "5.0 MQTT-3.2.2-17"})
  void mqtt5_3_3_2_9_anAliasAboveTheMaximumIsInvalid() throws Exception {
    expectRefused(0x94, "a", property(17));
    expectRefused(0x94, "", property(17));
  }

  @Test
  @Statement("5.0 MQTT-3.3.2-8")
  void mqtt5_3_3_2_8_anAliasOfZeroIsInvalid() throws Exception {
    expectRefused(0x94, "a", property(0));
    expectRefused(0x94, "", property(0));
  }

  @Test
  void mqtt5_s3_3_4_anAliasThatStandsForNothingIsAProtocolError() throws Exception {
    expectRefused(0x82, "", property(1));
  }

  @Test
  void mqtt5_s3_3_2_1_neitherTopicNorAliasIsAProtocolError() throws Exception {
    expectRefused(0x82, "", "");
    expectRefused(0x82, "", "01 00");
  }

  @Test
  void mqtt5_s3_3_2_3_4_anAliasThatStandsTwiceIsAProtocolError() throws Exception {
    expectRefused(0x82, "a", property(1) + " " + property(1));
  }

  @Test
  @Statement("5.0 MQTT-3.3.2-7")
  void mqtt5_3_3_2_7_anAliasEndsWithItsConnection() throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(0, "a", -1, property(1)).raw("x")).expectNothing();
    }
    expectRefused(0x82, "", property(1));
  }

  @Test
  @Statement("5.0 MQTT-3.2.2-18")
  void mqtt5_3_2_2_18_whereNoneAreAllowedEveryAliasIsInvalid() throws Exception {
    try (TestBroker without = TestBroker.start(Options.usual().topicAliasMaximum(0).build())) {
      for (String topic : new String[] {"", "a"})
        try (RawClient client = RawClient.to(without).send(Packets.connect(5).id("pub"))) {
          assertThat(client.receive()).startsWith("20").doesNotContain(" 22 ");
          client.send(Packets.publish5(0, topic, -1, property(1)).raw("x")).expectDisconnect(0x94);
        }
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.1.2-26", "5.0 MQTT-3.3.2-11", "5.0 MQTT-3.3.2-8"})
  void mqtt5_3_1_2_26_theSecondMessageOfATopicNeedsItsAliasOnly() throws Exception {
    try (RawClient watcher = subscribed("22 00 02");
        RawClient client = RawClient.v3(broker, "pub")) {
      publish(client, "home/power", "home/water", "home/power", "home/gas", "home/gas");
      watcher.expect("30 11 00 0a 68 6f 6d 65 2f 70 6f 77 65 72 03 23 00 01 78"); // power, 1
      watcher.expect("30 11 00 0a 68 6f 6d 65 2f 77 61 74 65 72 03 23 00 02 78"); // water, 2
      watcher.expect("30 07 00 00 03 23 00 01 78");
      watcher.expect("30 0c 00 08 68 6f 6d 65 2f 67 61 73 00 78"); // gas: no third alias
      watcher.expect("30 0c 00 08 68 6f 6d 65 2f 67 61 73 00 78");
    }
  }

  @Test
  void anAliasTravelsWithPacketIdentifierAndProperties() throws Exception {
    try (RawClient watcher = subscribed("22 00 01");
        RawClient client = RawClient.v5(broker, "pub")) {
      for (int id = 1; id <= 2; id++) {
        client.send(Packets.publish5(QOS1, "home/gas", id, "03 00 01 74").raw("x"));
        assertThat(client.receive()).startsWith("40");
      }
      watcher.expect("32 15 00 08 68 6f 6d 65 2f 67 61 73 00 01 07 23 00 01 03 00 01 74 78");
      watcher.expect("32 0d 00 00 00 02 07 23 00 01 03 00 01 74 78");
    }
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-27")
  void mqtt5_3_1_2_27_aClientThatTakesNoAliasIsSentNone() throws Exception {
    try (RawClient watcher = subscribed("");
        RawClient client = RawClient.v3(broker, "pub")) {
      publish(client, "home/gas", "home/gas");
      for (int i = 0; i < 2; i++) watcher.expect("30 0c 00 08 68 6f 6d 65 2f 67 61 73 00 78");
    }
  }

  @Test
  void clientsWithAliasesAndWithoutReadTheSameMessage() throws Exception {
    try (RawClient aliased = subscribed("22 00 05");
        RawClient plain = subscribed("");
        RawClient old = RawClient.v3(broker, "old");
        RawClient client = RawClient.v3(broker, "pub")) {
      old.send(Packets.subscribe(4, 1, "#", 0)).expect("90 03 00 01 00");
      publish(client, "home/gas", "home/gas");
      aliased.expect("30 0f 00 08 68 6f 6d 65 2f 67 61 73 03 23 00 01 78");
      aliased.expect("30 07 00 00 03 23 00 01 78");
      for (int i = 0; i < 2; i++) {
        plain.expect("30 0c 00 08 68 6f 6d 65 2f 67 61 73 00 78");
        old.expect("30 0b 00 08 68 6f 6d 65 2f 67 61 73 78");
      }
    }
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-24")
  void mqtt5_3_1_2_24_anAliasDoesNotMakeAPacketTooLarge() throws Exception {
    try (RawClient watcher = subscribed("22 00 01 27 00 00 00 0e"); // 14 bytes: just without alias
        RawClient client = RawClient.v3(broker, "pub")) {
      publish(client, "home/gas", "home/gas");
      for (int i = 0; i < 2; i++) watcher.expect("30 0c 00 08 68 6f 6d 65 2f 67 61 73 00 78");
    }
  }

  /** A client with these CONNECT properties that wants everything at QoS 1. */
  private RawClient subscribed(String properties) throws Exception {
    RawClient client = RawClient.to(broker);
    client.send(Packets.connect(5, properties).id("sub" + subscribers++)).expectAccepted();
    return client.send(Packets.subscribe(5, 1, "#", 1)).expect("90 04 00 01 00 01");
  }

  private static void publish(RawClient client, String... topics) throws Exception {
    for (String topic : topics) client.send(Packets.publish(4, 0, topic, -1).raw("x"));
    client.expectNothing();
  }

  private void expectRefused(int code, String topic, String properties) throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(0, topic, -1, properties).raw("x")).expectDisconnect(code);
    }
  }

  private static String property(int alias) {
    return "23 00 " + HexFormat.of().toHexDigits((byte) alias);
  }
}
