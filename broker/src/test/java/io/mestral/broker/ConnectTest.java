package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statement;
import io.mestral.config.BrokerOptions;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT and CONNACK, byte by byte; the names give the normative statements. */
class ConnectTest {
  private static final int WILL = 0x04;
  private static final int WILL_RETAIN = 0x20;
  private static final int PASSWORD = 0x40;

  private static final Duration SHORT = Duration.ofMillis(200);

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
  void everyInstanceListensOnTheSamePort() {
    assertThat(broker.ports()).hasSize(2).containsOnly(broker.port());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  @Statement({"3.1.1 MQTT-3.1.4-4", "3.1.1 MQTT-3.2.0-1", "3.1.1 MQTT-3.2.2-1"})
  void mqtt311_3_1_4_4_anAcceptedConnectIsAnsweredWithZero(int level) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(level).id("abc")).expect("20 02 00 00");
      assertThat(broker.gauge("connections")).isEqualTo(1);
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.1.4-5", "5.0 MQTT-3.2.0-1", "5.0 MQTT-3.2.2-1", "5.0 MQTT-3.2.2-2"})
  void mqtt5_3_1_4_5_anAcceptedConnectSaysWhatIsNotOffered() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      // aliases 16, receive maximum 1024, packets of 1 MiB, shared subscriptions 0
      client
          .send(Packets.connect(5).id("abc"))
          .expect("20 10 00 00 0d 22 00 10 21 04 00 27 00 10 00 00 2a 00");
    }
  }

  @Test
  void mqtt5_s3_2_2_3_2_aSessionThatWantsToStayIsToldThatItDoesNot() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "11 00 00 00 3c").id("abc"));
      assertThat(client.receive()).startsWith("20").contains("11 00 00 00 00");
    }
  }

  @Test
  void mqtt311_3_2_2_3_withoutASessionToGoOnWithNoneIsPresent() throws Exception {
    for (int round = 0; round < 2; round++)
      try (RawClient client = RawClient.to(broker)) {
        client.send(Packets.connect(4).onlyFlags(0).id("abc")).expect("20 02 00 00");
      }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1, 0x84})
  @Statement({"3.1.1 MQTT-3.1.2-2", "3.1.1 MQTT-3.2.2-4", "3.1.1 MQTT-3.2.2-5"})
  void mqtt311_3_1_2_2_aLevelOfOldIsRefusedWithReturnCode1(int level) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client
          .send(Packets.of(0x10).text("MQTT").octet(level).octet(2).two(60).text("abc"))
          .expect("20 02 00 01")
          .expectClosed();
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.1.2-2", "5.0 MQTT-3.2.2-6", "5.0 MQTT-3.2.2-7"})
  void mqtt5_3_1_2_2_aNewerLevelIsRefusedWithAReasonCode() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client
          .send(Packets.of(0x10).text("MQTT").octet(6).octet(2).two(60).octet(0).text("abc"))
          .expectTurnedAway(0x84);
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-3.1.2-1", "5.0 MQTT-3.1.2-1", "3.1.1 MQTT-3.2.2-6"})
  void mqtt311_3_1_2_1_anotherProtocolIsClosedWithoutAWord() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client
          .send(Packets.of(0x10).text("AMQP").octet(4).octet(2).two(60).text("abc"))
          .expectClosed();
    }
    try (RawClient client = RawClient.to(broker)) {
      client.send(Buffer.buffer("GET / HTTP/1.1\r\n\r\n")).expectClosed();
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-3.1.0-1", "5.0 MQTT-3.1.0-1", "5.0 MQTT-3.14.0-1"})
  void mqtt5_3_1_0_1_aPacketBeforeConnectCloses() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send("C0 00").expectClosed();
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.1.0-2")
  void mqtt311_3_1_0_2_aSecondConnectCloses() throws Exception {
    try (RawClient client = RawClient.v3(broker, "abc")) {
      client.send(Packets.connect(4).id("abc")).expectClosed();
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.1.0-2", "5.0 MQTT-4.13.1-1", "5.0 MQTT-3.14.4-2"})
  void mqtt5_3_1_0_2_aSecondConnectIsAProtocolError() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.connect(5).id("abc")).expectDisconnect(0x82);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.1.2-3", "5.0 MQTT-3.1.2-3", "3.1.1 MQTT-3.1.4-1", "5.0 MQTT-3.1.4-1"})
  void mqtt5_3_1_2_3_theReservedConnectFlagMustBeClear(int level) throws Exception {
    expectMalformed(level, Packets.connect(level).flags(0x01).id("abc"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-3.1.2-11",
    "3.1.1 MQTT-3.1.2-13",
    "3.1.1 MQTT-3.1.2-15",
    "5.0 MQTT-3.1.2-11",
    "5.0 MQTT-3.1.2-13"
  })
  void mqtt5_3_1_2_11_willFlagsNeedAWill(int level) throws Exception {
    expectMalformed(level, Packets.connect(level).flags(0x08).id("abc"));
    expectMalformed(level, Packets.connect(level).flags(WILL_RETAIN).id("abc"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.1.2-14", "5.0 MQTT-3.1.2-12"})
  void mqtt5_3_1_2_12_willQos3IsMalformed(int level) throws Exception {
    Packets packet = Packets.connect(level).flags(WILL | 0x18).id("abc");
    if (level == 5) packet.properties("");
    expectMalformed(level, packet.text("will").text("gone"));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.1.2-9", "5.0 MQTT-3.1.2-9"})
  void mqtt5_3_1_2_9_aWillFlagWithoutAWillIsMalformed(int level) throws Exception {
    expectMalformed(level, Packets.connect(level).flags(WILL).id("abc"));
  }

  @Test
  @Statement({"3.1.1 MQTT-3.1.2-18", "5.0 MQTT-3.1.2-16"})
  void mqtt311_3_1_2_18_leftoverBytesAreMalformed() throws Exception {
    expectMalformed(4, Packets.connect(4).id("abc").text("name"));
    expectMalformed(5, Packets.connect(5).id("abc").text("name"));
  }

  @Test
  @Statement("3.1.1 MQTT-3.1.2-22")
  void mqtt311_3_1_2_22_aPasswordNeedsAUserName() throws Exception {
    expectMalformed(4, Packets.connect(4).flags(PASSWORD).id("abc").text("secret"));
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5).flags(PASSWORD).id("abc").text("secret")).expectAccepted();
    }
  }

  @Test
  @Statement({
    "3.1.1 MQTT-1.5.3-1",
    "3.1.1 MQTT-1.5.3-2",
    "5.0 MQTT-1.5.4-1",
    "5.0 MQTT-1.5.4-2",
    "3.1.1 MQTT-3.1.3-4",
    "5.0 MQTT-3.1.3-4"
  })
  void mqtt5_1_5_4_aClientIdThatIsNotTextIsMalformed() throws Exception {
    byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
    for (int level : new int[] {4, 5}) {
      expectMalformed(level, Packets.connect(level).block((byte) 0xC3, (byte) 0x28));
      expectMalformed(level, Packets.connect(level).block(surrogate));
      expectMalformed(level, Packets.connect(level).block((byte) 'a', (byte) 0));
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-3.1.3-7", "3.1.1 MQTT-3.1.3-8"})
  void mqtt311_3_1_3_8_anEmptyIdentifierOfASessionToKeepIsRefused() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(4).onlyFlags(0).id("")).expect("20 02 00 02").expectClosed();
    }
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(3).id("")).expect("20 02 00 02").expectClosed();
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.1.3-6")
  void mqtt311_3_1_3_6_anEmptyIdentifierGetsAUniqueOne() throws Exception {
    try (RawClient one = RawClient.v3(broker, "");
        RawClient two = RawClient.v3(broker, "")) {
      one.expectNothing();
      two.expectNothing();
      assertThat(broker.sessions().size()).isEqualTo(2);
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.1.3-6", "5.0 MQTT-3.2.2-16"})
  void mqtt5_3_2_2_16_anAssignedIdentifierIsTold() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5).onlyFlags(0).id(""));
      assertThat(client.receive()).contains("12 00 24"); // 36 characters follow
    }
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-28")
  void mqtt5_3_1_2_28_responseInformationIsForThoseWhoAsk() throws Exception {
    String prefix = "1a 00 0c 72 65 73 70 6f 6e 73 65 2f 61 62 63"; // response/abc
    assertThat(connack("19 01", "abc")).contains(prefix);
    assertThat(connack("19 00", "abc")).doesNotContain(prefix);
    assertThat(connack("", "abc")).doesNotContain(prefix);
    assertThat(connack("19 01", "a/#")).doesNotContain("1a 00"); // no topic could begin with it
  }

  @Test
  void mqtt5_s3_2_2_3_15_aPlatformHasNoTopicsForResponses() throws Exception {
    BrokerOptions platform = Options.usual().access(BrokerOptions.Access.PLATFORM).build();
    try (TestBroker strict = TestBroker.start(platform);
        RawClient client = RawClient.to(strict).send(Packets.connect(5, "19 01").id("abc"))) {
      assertThat(client.receive()).doesNotContain("1a 00");
    }
  }

  @Test
  void mqtt5_2_2_2_2_aPropertyInTheWrongPlaceIsMalformed() throws Exception {
    expectTurnedAway(0x81, Packets.connect(5, "23 00 01").id("abc")); // topic alias
    expectTurnedAway(0x81, Packets.connect(5, "7f 00").id("abc")); // no property at all
    expectTurnedAway(0x81, Packets.connect(5, "21 01").id("abc")); // longer than its block
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "21 00 01 21 00 02", // receive maximum twice
        "21 00 00", // receive maximum 0
        "27 00 00 00 00", // maximum packet size 0
        "17 02", // problem information 2
        "19 02", // response information 2
        "16 00 01 61" // authentication data without method
      })
  void mqtt5_s3_1_2_11_propertiesThatBreakARuleAreProtocolErrors(String properties)
      throws Exception {
    expectTurnedAway(0x82, Packets.connect(5, properties).id("abc"));
  }

  @Test
  void mqtt5_4_12_0_1_anAuthenticationMethodIsNotOffered() throws Exception {
    expectTurnedAway(0x8C, Packets.connect(5, "15 00 05 53 43 52 41 4d").id("abc"));
  }

  @Test
  void mqtt5_s3_1_3_2_3_aWillThatIsNotTheTextItSaysIsRefused() throws Exception {
    expectTurnedAway(
        0x99,
        Packets.connect(5)
            .flags(WILL)
            .id("abc")
            .properties("01 01")
            .text("will")
            .block((byte) 0xC3, (byte) 0x28));
  }

  @Test
  @Statement({"5.0 MQTT-4.7.0-1", "3.1.1 MQTT-4.7.1-1"})
  void mqtt5_4_7_0_1_aWillTopicHasNoWildcards() throws Exception {
    expectTurnedAway(
        0x90, Packets.connect(5).flags(WILL).id("abc").properties("").text("a/#").text("gone"));
    expectMalformed(4, Packets.connect(4).flags(WILL).id("abc").text("a/#").text("gone"));
  }

  @Test
  @Statement("5.0 MQTT-3.1.4-6")
  void mqtt5_3_1_4_6_whatFollowsARefusedConnectIsNotProcessed() throws Exception {
    try (RawClient watcher = RawClient.v3(broker, "watcher");
        RawClient client = RawClient.to(broker)) {
      watcher.send(Packets.subscribe(4, 1, "#", 0)).expect("90 03 00 01 00");
      client
          .send(
              Packets.connect(5, "21 00 00")
                  .id("abc")
                  .bytes()
                  .appendBuffer(Packets.publish(5, 0, "secret", -1).raw("x").bytes()))
          .expectTurnedAway(0x82);
      watcher.expectNothing();
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() throws Exception {
    try (TestBroker impatient = TestBroker.start(Options.usual().connectTimeout(SHORT).build());
        RawClient silent = RawClient.to(impatient);
        RawClient dribbling = RawClient.to(impatient).send("10 0c 00 04")) {
      silent.expectClosed();
      dribbling.expectClosed();
    }
  }

  private String connack(String properties, String id) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      return client.send(Packets.connect(5, properties).id(id)).receive();
    }
  }

  /** 3.1.1 closes without a word (MQTT-3.1.4-1); 5 may say malformed first. */
  private void expectMalformed(int level, Packets packet) throws Exception {
    if (level == 5) {
      expectTurnedAway(0x81, packet);
      return;
    }
    try (RawClient client = RawClient.to(broker)) {
      client.send(packet).expectClosed();
    }
  }

  private void expectTurnedAway(int code, Packets packet) throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(packet).expectTurnedAway(code);
    }
  }
}
