package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.Receivers.SlowKeeper;
import io.mestral.broker.conformance.Statement;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Delivery.Refused;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUBLISH from a client and its acknowledgements, byte by byte. */
class PublishTest {
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

  @Test
  @Statement({"3.1.1 MQTT-3.3.4-1", "3.1.1 MQTT-2.3.1-6"})
  void mqtt5_3_3_4_1_eachQualityOfServiceHasItsAnswer() throws Exception {
    broker.receive("a", new Keeper());
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, 0, "a", -1).raw("x")).expectNothing();
      client.send(Packets.publish(4, QOS1, "a", 7).raw("x")).expect("40 02 00 07");
      client.send(Packets.publish(4, QOS2, "a", 8).raw("x")).expect("50 02 00 08");
      client.send("62 02 00 08").expect("70 02 00 08");
    }
  }

  @Test
  @Statement("5.0 MQTT-3.4.2-1")
  void mqtt5_3_4_2_1_aMessageThatNobodyWantsSaysSo() throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish(5, QOS1, "a", 7).raw("x")).expect("40 03 00 07 10");
      broker.receive("a", new Keeper());
      client.send(Packets.publish(5, QOS1, "a", 8).raw("x")).expect("40 02 00 08");
    }
  }

  @Test
  @Statement("3.1.1 MQTT-4.3.2-2")
  void anAcknowledgementWaitsUntilTheMessageIsKept() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, QOS1, "a", 7).raw("x"));
      Promise<Delivery> kept = keeper.next();
      client.expectNothing();
      kept.complete(Delivery.DONE);
      client.expect("40 02 00 07");
    }
  }

  @Test
  void mqtt311_4_6_0_2_acknowledgementsLeaveInTheOrderTheMessagesCame() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v5(broker, "pub")) {
      for (int id = 1; id <= 3; id++) client.send(Packets.publish(5, QOS1, "a", id).raw("x"));
      client.send(Packets.publish(5, QOS2, "elsewhere", 4).raw("x"));
      List<Promise<Delivery>> outcomes = List.of(keeper.next(), keeper.next(), keeper.next());
      outcomes.get(2).complete(Delivery.DONE);
      outcomes.get(1).complete(new Refused(Refusal.PAYLOAD_INVALID, ""));
      client.expectNothing();
      outcomes.get(0).complete(Delivery.DONE);
      client
          .expect("40 02 00 01")
          .expect("40 03 00 02 99")
          .expect("40 02 00 03")
          .expect("50 03 00 04 10");
    }
  }

  @Test
  @Statement("3.1.1 MQTT-4.3.3-2")
  void mqtt5_4_3_3_10_aRepeatedQos2MessageIsRoutedOnce() throws Exception {
    Keeper keeper = new Keeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, QOS2, "a", 7).raw("x")).expect("50 02 00 07");
      client.send(Packets.publish(4, QOS2 | DUP, "a", 7).raw("x")).expect("50 02 00 07");
      assertThat(keeper.messages).hasSize(1);
      client.send("62 02 00 07").expect("70 02 00 07");
      client.send(Packets.publish(4, QOS2, "a", 7).raw("y")).expect("50 02 00 07");
      assertThat(keeper.messages).hasSize(2); // 4.3.3-12: a new message
    }
  }

  @Test
  void aQos2MessageThatIsRepeatedWhileItIsBeingKeptIsRoutedOnce() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, QOS2, "a", 7).raw("x"));
      Promise<Delivery> first = keeper.next();
      client.send(Packets.publish(4, QOS2 | DUP, "a", 7).raw("x")).expectNothing();
      first.complete(Delivery.DONE);
      client.expect("50 02 00 07").expectNothing();
      assertThat(keeper.outcomes).isEmpty();
    }
  }

  @Test
  @Statement("5.0 MQTT-4.3.3-9")
  void mqtt5_4_3_3_9_afterARefusalTheIdentifierMeansANewMessage() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish(5, QOS2, "a", 7).raw("x"));
      keeper.next().complete(new Refused(Refusal.QUOTA_EXCEEDED, "full"));
      client.expect("50 0b 00 07 97 07 1f 00 04 66 75 6c 6c"); // with the words "full"
      client.send(Packets.publish(5, QOS2, "a", 7).raw("x"));
      keeper.next().complete(Delivery.DONE);
      client.expect("50 02 00 07");
    }
  }

  @Test
  @Statement({"5.0 MQTT-4.3.2-4", "5.0 MQTT-4.3.2-5"})
  void mqtt5_4_3_2_5_aQos1IdentifierMeansANewMessageAfterPuback() throws Exception {
    Keeper keeper = new Keeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish(5, QOS1, "a", 7).raw("x")).expect("40 02 00 07");
      client.send(Packets.publish(5, QOS1 | DUP, "a", 7).raw("x")).expect("40 02 00 07");
      assertThat(keeper.messages).hasSize(2);
    }
  }

  @Test
  void mqtt5_s3_7_2_1_pubrelForAnUnknownIdentifierIsAnswered() throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send("62 02 00 09").expect("70 03 00 09 92");
    }
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send("62 02 00 09").expect("70 02 00 09");
    }
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-29")
  void mqtt5_3_1_2_29_aClientThatWantsNoProblemInformationGetsNoWords() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "17 00").id("pub")).expectAccepted();
      client.send(Packets.publish(5, QOS1, "a", 7).raw("x"));
      keeper.next().complete(new Refused(Refusal.PAYLOAD_INVALID, "nonsense"));
      client.expect("40 03 00 07 99");
    }
  }

  @Test
  @Statement("5.0 MQTT-3.4.2-2")
  void mqtt5_3_4_2_2_wordsThatDoNotFitAreLeftOut() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "27 00 00 00 14").id("pub")).expectAccepted();
      client.send(Packets.publish(5, QOS1, "a", 7).raw("x"));
      keeper.next().complete(new Refused(Refusal.PAYLOAD_INVALID, "more than twenty bytes"));
      client.expect("40 03 00 07 99");
    }
  }

  @Test
  @Statement("5.0 MQTT-3.4.2-1")
  void mqtt5_3_4_2_1_unavailableIsSaidWithACodeThatPubackHas() throws Exception {
    broker.receive("a", (publish, grant) -> Future.failedFuture("the store is away"));
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish(5, QOS1, "a", 7).raw("x")).expect("40 03 00 07 83");
    }
  }

  @ParameterizedTest
  @CsvSource({"QUOTA_EXCEEDED", "UNAVAILABLE", "INTERNAL"})
  @Statement("3.1.1 MQTT-4.8.0-2")
  void aRefusalThatMayPassClosesAn311ClientSoThatItTriesAgain(Refusal reason) throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, QOS1, "a", 1).raw("x"));
      client.send(Packets.publish(4, QOS1, "a", 2).raw("x"));
      keeper.next().complete(Delivery.DONE);
      keeper.next().complete(new Refused(reason, ""));
      client.expect("40 02 00 01").expectClosed();
      assertThat(broker.count("publishes.refused", "reason", reason.name().toLowerCase()))
          .isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"PAYLOAD_INVALID", "TOPIC_NAME_INVALID"})
  @Statement("3.1.1 MQTT-3.3.5-2")
  void mqtt311_3_3_5_2_aRefusalForEverIsAcknowledgedAndCounted(Refusal reason) throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, QOS1, "a", 1).raw("x"));
      keeper.next().complete(new Refused(reason, ""));
      client.expect("40 02 00 01");
      assertThat(broker.count("publishes.refused")).isEqualTo(1);
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.3.5-2")
  void whoMayNotPublishIsToldAsFarAsMqttCanSayIt() throws Exception {
    Keeper keeper = new Keeper();
    OpenPolicy onlyOwn =
        new OpenPolicy() {
          @Override
          public boolean mayPublish(Principal principal, Topic topic) {
            return topic.value().startsWith("own/");
          }
        };
    try (TestBroker guarded = TestBroker.start(onlyOwn);
        RawClient v3 = RawClient.v3(guarded, "v3");
        RawClient again = RawClient.v3(guarded, "again");
        RawClient v5 = RawClient.v5(guarded, "v5")) {
      guarded.receive("#", keeper);
      v5.send(Packets.publish(5, QOS1, "other", 1).raw("x")).expect("40 03 00 01 87");
      v5.send(Packets.publish(5, QOS2, "other", 2).raw("x")).expect("50 03 00 02 87");
      v5.send(Packets.publish(5, 0, "other", -1).raw("x")).expectNothing();
      v3.send(Packets.publish(4, 0, "other", -1).raw("x")).expectNothing();
      v3.send(Packets.publish(4, QOS1, "other", 1).raw("x")).expectClosed();
      again.send(Packets.publish(4, QOS2, "other", 2).raw("x")).expectClosed();
      assertThat(keeper.messages).isEmpty();
      assertThat(guarded.count("publishes.refused", "reason", "not_authorized")).isEqualTo(6);
      v5.send(Packets.publish(5, QOS1, "own/x", 3).raw("x")).expect("40 02 00 03");
      assertThat(keeper.messages).hasSize(1);
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-3.3.1-4", "5.0 MQTT-3.3.1-4"})
  void mqtt5_3_3_1_4_bothQosBitsAreMalformed() throws Exception {
    expectRefused(0x81, QOS1 | QOS2, "a", 1);
  }

  @Test
  @Statement({"3.1.1 MQTT-3.3.1-2", "5.0 MQTT-3.3.1-2"})
  void mqtt5_3_3_1_2_dupAtQos0IsMalformed() throws Exception {
    expectRefused(0x81, DUP, "a", -1);
  }

  @Test
  @Statement({"3.1.1 MQTT-3.3.2-2", "5.0 MQTT-3.3.2-2", "3.1.1 MQTT-4.7.1-1", "5.0 MQTT-4.7.0-1"})
  void mqtt5_3_3_2_2_aTopicNameHasNoWildcards() throws Exception {
    expectRefused(0x90, 0, "a/+", -1);
    expectRefused(0x90, QOS1, "#", 1);
  }

  @Test
  @Statement({"3.1.1 MQTT-2.3.1-1", "5.0 MQTT-2.2.1-3"})
  void mqtt5_2_2_1_3_packetIdentifier0IsAProtocolError() throws Exception {
    expectRefused(0x82, QOS1, "a", 0);
  }

  @Test
  @Statement({"3.1.1 MQTT-4.7.3-1", "5.0 MQTT-4.7.3-1"})
  void mqtt5_s3_3_2_1_anEmptyTopicIsAProtocolError() throws Exception {
    expectRefused(0x82, QOS1, "", 1);
  }

  @Test
  @Statement({"3.1.1 MQTT-4.7.3-2", "5.0 MQTT-4.7.3-2"})
  void mqtt5_4_7_3_2_aTopicHasNoNul() throws Exception {
    expectRefused(0x81, 0, "a\0b", -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c3 28", // a sequence that breaks off
        "ed a0 80", // a surrogate
        "c0 af", // longer than it must
        "f4 90 80 80", // beyond the last character
        "ff"
      })
  @Statement({
    "3.1.1 MQTT-1.5.3-1",
    "5.0 MQTT-1.5.4-1",
    "3.1.1 MQTT-3.3.2-1",
    "5.0 MQTT-3.3.2-1",
    "3.1.1 MQTT-4.8.0-1"
  })
  void mqtt5_1_5_4_1_aTopicThatIsNotUtf8IsMalformed(String hex) throws Exception {
    byte[] topic = HexFormat.ofDelimiter(" ").parseHex(hex);
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.of(0x30).block(topic).octet(0).raw("x")).expectDisconnect(0x81);
    }
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.of(0x30).block(topic).raw("x")).expectClosed();
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-1.5.3-3", "3.1.1 MQTT-4.7.3-4"})
  void mqtt5_1_5_4_3_everyLegalCharacterTravels() throws Exception {
    String topic = "\uFEFFgrüße/\uFFFD/漢字/\uD83C\uDF21";
    try (RawClient client = RawClient.v3(broker, "both")) {
      client.send(Packets.subscribe(4, 1, topic, 0)).expect("90 03 00 01 00");
      client.send(Packets.publish(4, 0, topic, -1).raw("x"));
      assertThat(client.receiveBytes())
          .isEqualTo(Packets.publish(4, 0, topic, -1).raw("x").bytes().getBytes());
    }
  }

  @Test
  @Statement("5.0 MQTT-3.3.4-6")
  void mqtt5_3_3_4_6_aClientSendsNoSubscriptionIdentifier() throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(0, "a", -1, "0b 01").raw("x")).expectDisconnect(0x82);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01 01 01 01", // payload format twice
        "01 02", // payload format 2
        "02 00 00 00 01 02 00 00 00 01" // message expiry twice
      })
  void mqtt5_s3_3_2_3_propertiesThatBreakARuleAreProtocolErrors(String properties)
      throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(0, "a", -1, properties).raw("x")).expectDisconnect(0x82);
    }
  }

  @Test
  @Statement("5.0 MQTT-3.3.2-14")
  void mqtt5_3_3_2_14_aResponseTopicHasNoWildcards() throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(0, "a", -1, "08 00 01 23").raw("x")).expectDisconnect(0x90);
    }
  }

  @Test
  void mqtt5_s3_3_2_3_2_aPayloadThatIsNotTheTextItSaysIsRefused() throws Exception {
    Keeper keeper = new Keeper();
    broker.receive("a", keeper);
    byte[] broken = {(byte) 0xC3, 0x28};
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish5(QOS1, "a", 1, "01 01").raw(broken));
      assertThat(client.receive()).startsWith("40").contains("00 01 99");
      client.send(Packets.publish5(QOS1, "a", 2, "01 00").raw(broken)).expect("40 02 00 02");
      client.send(Packets.publish5(QOS1, "a", 3, "01 01").raw("grün")).expect("40 02 00 03");
      assertThat(keeper.messages).hasSize(2);
    }
  }

  @Test
  @Statement("5.0 MQTT-3.3.4-7")
  void mqtt5_3_3_4_7_moreThanTheReceiveMaximumEndsTheConnection() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    try (TestBroker narrow = TestBroker.start(Options.usual().receiveMaximum(2).build());
        RawClient client = RawClient.v5(narrow, "pub")) {
      narrow.receive("slow", keeper);
      client.send(Packets.publish(5, QOS2, "kept", 1).raw("x")).expect("50 03 00 01 10");
      client.send("62 02 00 01").expect("70 02 00 01"); // done: counts no more
      client
          .send(Packets.publish(5, QOS2, "kept", 1).raw("x"))
          .expect("50 03 00 01 10")
          .send(Packets.publish(5, QOS2, "kept", 2).raw("x"))
          .expect("50 03 00 02 10")
          .send(Packets.publish(5, QOS1, "a", 3).raw("x"))
          .expectDisconnect(0x93);
    }
  }

  @Test
  @Statement("5.0 MQTT-3.2.2-15")
  void mqtt5_3_2_2_15_aPacketThatIsTooLargeEndsTheConnection() throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send("30 80 80 80 05"); // more than 10 MB are announced, none of them is needed
      client.expectDisconnect(0x95);
    }
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish(5, 0, "a", -1).raw(new byte[2 << 20])).expectDisconnect(0x95);
    }
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, 0, "a", -1).raw(new byte[2 << 20])).expectClosed();
    }
  }

  @Test
  void theLargestPacketThatIsAnnouncedIsTaken() throws Exception {
    Keeper keeper = new Keeper();
    broker.receive("a", keeper);
    int header = 1 + 3 + 2 + 1 + 2; // fixed header, topic, packet identifier
    try (RawClient client = RawClient.v3(broker, "pub")) {
      byte[] most = new byte[(1 << 20) - header];
      client.send(Packets.publish(4, QOS1, "a", 1).raw(most)).expect("40 02 00 01");
      byte[] tooMuch = new byte[most.length + 1];
      client.send(Packets.publish(4, QOS1, "a", 2).raw(tooMuch)).expectClosed();
      assertThat(keeper.messages).hasSize(1);
    }
  }

  @Test
  void aPayloadOf10MegabytesArrivesUnchanged() throws Exception {
    byte[] payload = new byte[10 << 20];
    for (int i = 0; i < payload.length; i++) payload[i] = (byte) (i * 31 + (i >> 13));
    try (TestBroker large = TestBroker.start(Options.usual().maxPacket(16 << 20).build());
        RawClient watcher = RawClient.v5(large, "watcher");
        RawClient client = RawClient.v3(large, "pub")) {
      watcher.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
      client.send(Packets.publish(4, QOS1, "a", 1).raw(payload)).expect("40 02 00 01");
      byte[] packet = watcher.receiveBytes();
      assertThat(Buffer.buffer(packet).getBytes(packet.length - payload.length, packet.length))
          .isEqualTo(payload);
    }
  }

  private void expectRefused(int code, int flags, String topic, int id) throws Exception {
    expectRefusedByV5(code, flags, topic, id);
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, flags, topic, id).raw("x")).expectClosed();
    }
  }

  private void expectRefusedByV5(int code, int flags, String topic, int id) throws Exception {
    try (RawClient client = RawClient.v5(broker, "pub")) {
      client.send(Packets.publish(5, flags, topic, id).raw("x")).expectDisconnect(code);
    }
  }
}
