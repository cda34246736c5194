package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.SlowKeeper;
import io.mestral.broker.conformance.Statement;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBSCRIBE and UNSUBSCRIBE, and what is delivered because of them, byte by byte. */
class SubscribeTest {
  private static final int QOS1 = 0x02;
  private static final int QOS2 = 0x04;
  private static final int RETAIN = 0x01;
  private static final int NO_LOCAL = 0x04;
  private static final int RETAIN_AS_PUBLISHED = 0x08;

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
  void mqtt5_s3_9_3_anIdentifierInUseIsRefusedForEveryFilter() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("slow", keeper);
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.publish(5, QOS1, "slow", 7).raw("x"));
      client.send(Packets.of(0x82).two(7).octet(0).text("a").octet(0).text("b").octet(1));
      client.expect("90 05 00 07 00 91 91");
      client.send(Packets.unsubscribe(5, 7, "a")).expect("b0 04 00 07 00 91");
      keeper.next().complete(Delivery.DONE);
      client.expect("40 02 00 07");
      client.send(Packets.subscribe(5, 7, "a", 1)).expect("90 04 00 07 00 01");
    }
  }

  @Test
  void mqtt5_s3_9_3_aQos2IdentifierIsInUseUntilItIsReleased() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.publish(5, QOS2, "a", 7).raw("x")).expect("50 03 00 07 10");
      client.send(Packets.subscribe(5, 7, "a", 1)).expect("90 04 00 07 00 91");
      client.send("62 02 00 07").expect("70 02 00 07");
      client.send(Packets.subscribe(5, 7, "a", 1)).expect("90 04 00 07 00 01");
    }
  }

  @Test
  @Statement({
    "3.1.1 MQTT-3.9.3-1",
    "5.0 MQTT-3.9.3-1",
    "3.1.1 MQTT-3.8.4-5",
    "5.0 MQTT-3.8.4-6",
    "5.0 MQTT-3.8.4-7",
    "3.1.1 MQTT-4.7.1-2",
    "5.0 MQTT-4.7.1-2"
  })
  void mqtt5_3_9_3_1_thereIsOneCodeForEachFilterInTheirOrder() throws Exception {
    try (RawClient client = RawClient.v3(broker, "abc")) {
      client
          .send(
              Packets.of(0x82)
                  .two(5)
                  .text("a")
                  .octet(2)
                  .text("b/#/c")
                  .octet(1)
                  .text("c/+")
                  .octet(1)
                  .text("d")
                  .octet(0))
          .expect("90 06 00 05 02 80 01 00");
    }
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client
          .send(
              Packets.of(0x82)
                  .two(5)
                  .octet(0)
                  .text("a")
                  .octet(2)
                  .text("b+")
                  .octet(1)
                  .text("#")
                  .octet(0))
          .expect("90 06 00 05 00 02 8f 00");
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.8.4-6")
  void mqtt5_3_8_4_8_theWeakerQualityOfServiceCounts() throws Exception {
    try (RawClient client = RawClient.v3(broker, "both")) {
      client.send(Packets.subscribe(4, 1, "a", 1)).expect("90 03 00 01 01");
      client.send(Packets.publish(4, QOS2, "a", 9).raw("x"));
      client.expect("32 06 00 01 61 00 01 78").expect("50 02 00 09");
      client.send(Packets.publish(4, 0, "a", -1).raw("y")).expect("30 04 00 01 61 79");
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.3.4-2", "5.0 MQTT-3.3.4-3", "5.0 MQTT-3.3.4-4"})
  void mqtt5_3_3_4_3_overlappingSubscriptionsGiveOneCopyWithAllIdentifiers() throws Exception {
    try (RawClient client = RawClient.v5(broker, "both")) {
      client.send(Packets.of(0x82).two(1).properties("0b 07").text("a/+").octet(0));
      client.expect("90 04 00 01 00 00");
      client.send(Packets.of(0x82).two(2).properties("0b 80 01").text("a/b").octet(1));
      client.expect("90 04 00 02 00 01");
      client.send(Packets.publish(5, QOS1, "a/b", 3).raw("x"));
      assertThat(client.receive())
          .isIn(
              "32 0e 00 03 61 2f 62 00 01 05 0b 07 0b 80 01 78",
              "32 0e 00 03 61 2f 62 00 01 05 0b 80 01 0b 07 78");
      client.expect("40 02 00 03");
    }
  }

  @Test
  @Statement("5.0 MQTT-3.8.3-3")
  void mqtt5_3_8_3_3_noLocalGivesNothingBack() throws Exception {
    try (RawClient self = RawClient.v5(broker, "self");
        RawClient other = RawClient.v5(broker, "other")) {
      self.send(Packets.subscribe(5, 1, "a", NO_LOCAL)).expect("90 04 00 01 00 00");
      self.send(Packets.publish(5, 0, "a", -1).raw("x")).expectNothing();
      other.send(Packets.publish(5, 0, "a", -1).raw("y"));
      self.expect("30 05 00 01 61 00 79");
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.3.1-12", "5.0 MQTT-3.3.1-13"})
  void mqtt5_3_3_1_12_retainIsForwardedOnlyWhereItWasAskedFor() throws Exception {
    try (RawClient asks = RawClient.v5(broker, "asks");
        RawClient doesNot = RawClient.v5(broker, "doesNot");
        RawClient pub = RawClient.v3(broker, "pub")) {
      asks.send(Packets.subscribe(5, 1, "a", RETAIN_AS_PUBLISHED)).expect("90 04 00 01 00 00");
      doesNot.send(Packets.subscribe(5, 1, "a", 0)).expect("90 04 00 01 00 00");
      pub.send(Packets.publish(4, RETAIN, "a", -1).raw("x"));
      asks.expect("31 05 00 01 61 00 78");
      doesNot.expect("30 05 00 01 61 00 78");
    }
  }

  @Test
  @Statement({
    "5.0 MQTT-3.3.2-4",
    "5.0 MQTT-3.3.2-15",
    "5.0 MQTT-3.3.2-16",
    "5.0 MQTT-3.3.2-17",
    "5.0 MQTT-3.3.2-18",
    "5.0 MQTT-3.3.2-20"
  })
  void mqtt5_3_3_2_propertiesTravelUnchangedAndInOrder() throws Exception {
    String properties =
        "01 01 " // payload format: text
            + "02 00 00 0e 10 " // message expiry: an hour
            + "03 00 04 6a 73 6f 6e " // content type
            + "08 00 05 72 65 70 6c 79 " // response topic
            + "09 00 03 00 ff 01 " // correlation data
            + "26 00 01 62 00 01 31 26 00 01 61 00 01 32 26 00 01 62 00 01 33"; // user properties
    try (RawClient client = RawClient.v5(broker, "both")) {
      client.send(Packets.subscribe(5, 1, "a", 0)).expect("90 04 00 01 00 00");
      Packets message = Packets.publish5(0, "a", -1, properties).raw("{}");
      client.send(message);
      assertThat(client.receiveBytes()).isEqualTo(message.bytes().getBytes());
    }
  }

  @Test
  void propertiesAreNotForwardedToAnOldClient() throws Exception {
    try (RawClient old = RawClient.v3(broker, "old");
        RawClient pub = RawClient.v5(broker, "pub")) {
      old.send(Packets.subscribe(4, 1, "a", 0)).expect("90 03 00 01 00");
      pub.send(Packets.publish5(0, "a", -1, "03 00 04 6a 73 6f 6e").raw("x"));
      old.expect("30 04 00 01 61 78");
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.8.4-3")
  void mqtt5_3_8_4_3_theSameFilterAgainReplacesTheSubscription() throws Exception {
    try (RawClient client = RawClient.v3(broker, "both")) {
      client.send(Packets.subscribe(4, 1, "a", 1)).expect("90 03 00 01 01");
      client.send(Packets.subscribe(4, 2, "a", 0)).expect("90 03 00 02 00");
      client.send(Packets.publish(4, QOS1, "a", 9).raw("x"));
      client.expect("30 04 00 01 61 78").expect("40 02 00 09").expectNothing();
    }
  }

  @Test
  @Statement("3.1.1 MQTT-4.7.2-1")
  void mqtt5_4_7_2_1_aWildcardInFrontMatchesNoServerTopic() throws Exception {
    try (RawClient client = RawClient.v3(broker, "both")) {
      client.send(Packets.subscribe(4, 1, "#", 0)).expect("90 03 00 01 00");
      client.send(Packets.publish(4, 0, "$lab/x", -1).raw("x")).expectNothing();
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-3.8.3-3", "5.0 MQTT-3.8.3-2", "3.1.1 MQTT-3.10.3-2", "5.0 MQTT-3.10.3-2"})
  void mqtt5_3_8_3_2_subscribingToNothingIsAProtocolError() throws Exception {
    expectRefused(0x82, Packets.of(0x82).two(1), Packets.of(0x82).two(1).octet(0));
    expectRefused(0x82, Packets.of(0xA2).two(1), Packets.of(0xA2).two(1).octet(0));
  }

  @Test
  @Statement({"3.1.1 MQTT-2.3.1-1", "5.0 MQTT-2.2.1-3"})
  void mqtt5_2_2_1_3_packetIdentifier0IsAProtocolError() throws Exception {
    expectRefused(0x82, Packets.subscribe(4, 0, "a", 0), Packets.subscribe(5, 0, "a", 0));
    expectRefused(0x82, Packets.unsubscribe(4, 0, "a"), Packets.unsubscribe(5, 0, "a"));
  }

  @Test
  @Statement({"3.1.1 MQTT-4.7.3-1", "5.0 MQTT-4.7.3-1"})
  void mqtt5_4_7_3_1_anEmptyFilterIsAProtocolError() throws Exception {
    expectRefused(0x82, Packets.subscribe(4, 1, "", 0), Packets.subscribe(5, 1, "", 0));
  }

  @Test
  @Statement({"3.1.1 MQTT-4.7.3-2", "5.0 MQTT-4.7.3-2"})
  void mqtt5_4_7_3_2_aFilterHasNoNul() throws Exception {
    expectRefused(0x81, Packets.subscribe(4, 1, "a\0", 0), Packets.subscribe(5, 1, "a\0", 0));
  }

  @Test
  @Statement({"3.1.1 MQTT-3.8.3-1", "5.0 MQTT-3.8.3-1"})
  void mqtt5_3_8_3_1_aFilterIsUtf8() throws Exception {
    byte[] broken = {(byte) 0xC3, 0x28};
    expectRefused(
        0x81,
        Packets.of(0x82).two(1).block(broken).octet(0),
        Packets.of(0x82).two(1).octet(0).block(broken).octet(0));
  }

  @Test
  @Statement("3.1.1 MQTT-3.8.3-4")
  void mqtt5_s3_8_3_1_qos3IsAProtocolError() throws Exception {
    expectRefused(0x82, Packets.subscribe(4, 1, "a", 3), Packets.subscribe(5, 1, "a", 3));
  }

  @ParameterizedTest
  @CsvSource({"0x40, 0x04", "0x80, 0x80"})
  @Statement({"3.1.1 MQTT-3.8.3-4", "5.0 MQTT-3.8.3-5"})
  void mqtt5_3_8_3_5_reservedOptionsAreMalformed(String in5, String in3) throws Exception {
    expectRefused(
        0x81,
        Packets.subscribe(4, 1, "a", Integer.decode(in3)),
        Packets.subscribe(5, 1, "a", Integer.decode(in5)));
  }

  @Test
  void mqtt5_s3_8_3_1_retainHandling3IsAProtocolError() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.subscribe(5, 1, "a", 0x30)).expectDisconnect(0x82);
    }
  }

  @Test
  void mqtt5_s3_8_2_1_2_aSubscriptionIdentifierIsNot0AndStandsOnce() throws Exception {
    for (String properties : new String[] {"0b 00", "0b 01 0b 02"})
      try (RawClient client = RawClient.v5(broker, "abc")) {
        client
            .send(Packets.of(0x82).two(1).properties(properties).text("a").octet(0))
            .expectDisconnect(0x82);
      }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x8A, 0xA0, 0x60, 0xC1, 0xE8})
  @Statement({
    "3.1.1 MQTT-2.2.2-2",
    "5.0 MQTT-2.1.3-1",
    "3.1.1 MQTT-3.6.1-1",
    "5.0 MQTT-3.6.1-1",
    "3.1.1 MQTT-3.8.1-1",
    "5.0 MQTT-3.8.1-1",
    "3.1.1 MQTT-3.10.1-1",
    "5.0 MQTT-3.10.1-1",
    "3.1.1 MQTT-3.14.1-1",
    "5.0 MQTT-3.14.1-1"
  })
  void mqtt5_2_1_3_1_reservedHeaderFlagsAreMalformed(int firstByte) throws Exception {
    Packets packet = Packets.of(firstByte).two(1);
    expectRefused(0x81, packet, packet);
  }

  @Test
  void mqtt31_s2_1_whatIsSentAgainSaysSoInMqtt31() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(3).id("old")).expect("20 02 00 00");
      client.send(Packets.of(0x8A).two(1).text("a").octet(1)).expect("90 03 00 01 01");
      client.send(Packets.publish(3, QOS2, "b", 2).raw("x")).expect("50 02 00 02");
      client.send(Packets.of(0x6A).two(2)).expect("70 02 00 02");
      client.send(Packets.of(0xAA).two(3).text("a")).expect("b0 02 00 03");
      client.send(Packets.of(0x84).two(4).text("a").octet(1)).expectClosed();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x20, 0x90, 0xB0, 0xD0})
  void aPacketThatOnlyServersSendIsAProtocolError(int firstByte) throws Exception {
    Packets packet = Packets.of(firstByte).two(1);
    expectRefused(0x82, packet, packet);
  }

  @Test
  @Statement("5.0 MQTT-4.12.0-7")
  void mqtt5_4_12_0_7_authWithoutAMethodIsAProtocolError() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send("f0 00").expectDisconnect(0x82);
    }
  }

  @Test
  @Statement("5.0 MQTT-1.5.5-1")
  void mqtt5_1_5_5_1_aLengthIsAsShortAsPossible() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send("c0 80 00").expectDisconnect(0x81);
    }
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send("30 ff ff ff ff 01").expectDisconnect(0x81);
    }
  }

  @Test
  @Statement({
    "5.0 MQTT-3.10.4-1",
    "5.0 MQTT-3.10.4-2",
    "5.0 MQTT-3.10.4-4",
    "5.0 MQTT-3.10.4-5",
    "5.0 MQTT-3.10.4-6",
    "5.0 MQTT-3.11.3-1",
    "5.0 MQTT-3.11.3-2"
  })
  void mqtt5_3_10_4_unsubscribingSaysWhetherThereWasASubscription() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.subscribe(5, 1, "a/+", 0)).expect("90 04 00 01 00 00");
      client
          .send(Packets.of(0xA2).two(2).octet(0).text("a/+").text("a/b").text("#/"))
          .expect("b0 06 00 02 00 00 11 8f");
      client.send(Packets.publish(5, 0, "a/b", -1).raw("x")).expectNothing();
      assertThat(broker.router().subscriptions()).isZero();
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-3.10.4-4", "3.1.1 MQTT-3.10.4-5"})
  void mqtt311_3_10_4_5_unsubscribingIsAnsweredEvenIfThereWasNothing() throws Exception {
    try (RawClient client = RawClient.v3(broker, "abc")) {
      client.send(Packets.unsubscribe(4, 2, "a")).expect("b0 02 00 02");
    }
  }

  @Test
  void whoMayNotSubscribeIsToldSo() throws Exception {
    OpenPolicy onlyOwn =
        new OpenPolicy() {
          @Override
          public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
            if (filter.value().startsWith("broken"))
              return Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "away"));
            return Future.succeededFuture(filter.value().startsWith("own"));
          }
        };
    try (TestBroker guarded = TestBroker.start(onlyOwn);
        RawClient v5 = RawClient.v5(guarded, "v5");
        RawClient v3 = RawClient.v3(guarded, "v3")) {
      v5.send(Packets.subscribe(5, 1, "#", 0)).expect("90 04 00 01 00 87");
      v5.send(Packets.subscribe(5, 2, "own/#", 0)).expect("90 04 00 02 00 00");
      v5.send(Packets.subscribe(5, 3, "broken", 0)).expect("90 04 00 03 00 83");
      v3.send(Packets.subscribe(4, 1, "#", 0)).expect("90 03 00 01 80");
      v3.send(Packets.publish(4, 0, "other", -1).raw("x")).expectNothing();
      v5.expectNothing();
      v5.send(Packets.subscribe(5, 4, "$share//own", 0)).receiveBytes();
      assertThat(guarded.count("subscribes.refused", "reason", "not_authorized")).isEqualTo(2);
      assertThat(guarded.count("subscribes.refused", "reason", "unavailable")).isEqualTo(1);
      assertThat(guarded.count("subscribes.refused", "reason", "topic_filter_invalid"))
          .isEqualTo(1);
      assertThat(guarded.count("subscribes.refused")).isEqualTo(4);
    }
  }

  @Test
  void whatFollowsASubscribeIsNotDoneBeforeIt() throws Exception {
    CompletableFuture<Promise<Boolean>> asked = new CompletableFuture<>();
    OpenPolicy thinking =
        new OpenPolicy() {
          @Override
          public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
            Promise<Boolean> answer = Promise.promise();
            asked.complete(answer);
            return answer.future();
          }
        };
    try (TestBroker slow = TestBroker.start(thinking);
        RawClient client = RawClient.v3(slow, "both")) {
      Buffer both =
          Packets.subscribe(4, 1, "a", 0)
              .bytes()
              .appendBuffer(Packets.publish(4, 0, "a", -1).raw("x").bytes())
              .appendBuffer(Packets.unsubscribe(4, 2, "a").bytes());
      client.send(both);
      asked.get(5, TimeUnit.SECONDS).complete(true);
      client.expect("90 03 00 01 00").expect("30 04 00 01 61 78").expect("b0 02 00 02");
    }
  }

  @Test
  void theFiltersOfAClientTakeABoundedRoom() throws Exception {
    try (TestBroker few = TestBroker.start(Options.usual().maxFilterBytes(10).build());
        RawClient client = RawClient.v5(few, "abc")) {
      client.send(Packets.subscribe(5, 1, "12345", 1)).expect("90 04 00 01 00 01");
      client.send(Packets.subscribe(5, 2, "123456", 1)).expect("90 04 00 02 00 97");
      client.send(Packets.subscribe(5, 3, "1234é", 1)).expect("90 04 00 03 00 97");
      client.send(Packets.subscribe(5, 4, "12345", 2)).expect("90 04 00 04 00 02");
      client.send(Packets.unsubscribe(5, 5, "12345")).receive();
      client.send(Packets.subscribe(5, 6, "1234567890", 1)).expect("90 04 00 06 00 01");
    }
  }

  @Test
  void aClientHoldsABoundedNumberOfSubscriptions() throws Exception {
    try (TestBroker few = TestBroker.start(Options.usual().maxSubscriptions(100).build());
        RawClient client = RawClient.v5(few, "abc")) {
      Packets many = Packets.of(0x82).two(1).octet(0);
      for (int i = 0; i <= 100; i++) many.text("t/" + i).octet(0);
      byte[] suback = client.send(many).receiveBytes();
      assertThat(suback[suback.length - 2]).isZero();
      assertThat(suback[suback.length - 1]).isEqualTo((byte) 0x97);
      client.send(Packets.subscribe(5, 2, "t/7", 1)).expect("90 04 00 02 00 01");
      try (RawClient next = RawClient.v3(few, "abc")) {
        next.expectNothing();
        assertThat(few.router().subscriptions()).isZero();
      }
    }
  }

  @Test
  void aBottomlessFilterIsRefusedAndTheBrokerStays() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client
          .send(Packets.subscribe(5, 1, "/".repeat(65_535), 0))
          .expect("90 04 00 01 00 8f")
          .expectNothing();
    }
  }

  @Test
  @Statement("3.1.1 MQTT-4.7.3-3")
  void mqtt5_4_7_3_3_aTopicOf65535BytesTravels() throws Exception {
    String longest = "ab/".repeat(20) + "x".repeat(65_475);
    try (RawClient client = RawClient.v3(broker, "both")) {
      client.send(Packets.subscribe(4, 1, longest, 0)).expect("90 03 00 01 00");
      Packets message = Packets.publish(4, 0, longest, -1).raw("x");
      client.send(message);
      assertThat(client.receiveBytes()).isEqualTo(message.bytes().getBytes());
    }
  }

  private void expectRefused(int code, Packets in3, Packets in5) throws Exception {
    try (RawClient client = RawClient.v3(broker, "abc")) {
      client.send(in3).expectClosed();
    }
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(in5).expectDisconnect(code);
    }
  }
}
