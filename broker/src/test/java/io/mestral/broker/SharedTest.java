package io.mestral.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statement;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared subscriptions, byte by byte. */
class SharedTest {
  private static final int QOS1 = 0x02;
  private static final int QOS2 = 0x04;
  private static final int RETAIN = 0x01;
  private static final int NO_LOCAL = 0x04;

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
  @CsvSource({"4, $share/g/a", "5, $share/g/a", "4, $queue/a", "5, $queue/a", "3, $share/g/a"})
  @Statement("5.0 MQTT-4.8.2-1")
  void mqtt5_4_8_2_1_eachMessageGoesToOneMember(int level, String filter) throws Exception {
    try (RawClient one = member(level, "one", filter, 0);
        RawClient two = member(level, "two", filter, 0)) {
      awaitEnd(one, level);
      awaitEnd(two, level);
      publish(0, 10);
      assertThat(received(one)).isEqualTo(5);
      assertThat(received(two)).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$share/",
        "$share/g",
        "$share/g/",
        "$share//a",
        "$share/g+/a",
        "$share/#/a",
        "$queue/"
      })
  @Statement("5.0 MQTT-4.8.2-2")
  void mqtt5_4_8_2_2_aShareNameOrFilterThatIsNoneIsRefused(String filter) throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.subscribe(5, 1, filter, 0)).expect("90 04 00 01 00 8f");
      client.send(Packets.unsubscribe(5, 2, filter)).expect("b0 04 00 02 00 8f");
    }
    try (RawClient client = RawClient.v3(broker, "abc")) {
      client.send(Packets.subscribe(4, 1, filter, 0)).expect("90 03 00 01 80");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"$share/g/a", "$queue/a"})
  @Statement("5.0 MQTT-3.8.3-4")
  void mqtt5_3_8_3_4_noLocalOnASharedOneIsAProtocolError(String filter) throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.subscribe(5, 1, filter, NO_LOCAL)).expectDisconnect(0x82);
    }
  }

  @Test
  @Statement("5.0 MQTT-4.8.2-3")
  void mqtt5_4_8_2_3_eachMemberHasItsGrantedQualityOfService() throws Exception {
    try (RawClient weak = member(4, "weak", "$share/g/a", 0);
        RawClient strong = member(4, "strong", "$share/g/a", 2)) {
      publish(QOS2, 2);
      assertThat(weak.receive()).startsWith("30 05 00 01 61");
      assertThat(strong.receive()).startsWith("34 07 00 01 61 00 01");
    }
  }

  @Test
  void mqtt5_s4_8_2_aSharedSubscriptionGivesNoRetainedMessages() throws Exception {
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, RETAIN | QOS1, "a", 1).raw("x")).expect("40 02 00 01");
    }
    try (RawClient one = member(5, "one", "$share/g/a", 0)) {
      one.send(Packets.subscribe(5, 2, "$share/g/a", 0)).expect("90 04 00 02 00 00");
      one.expectNothing();
      one.send(Packets.subscribe(5, 3, "a", 0));
      one.expect("90 04 00 03 00 00").expect("31 05 00 01 61 00 78").expectNothing();
    }
  }

  @Test
  void mqtt5_s4_8_2_aSharedAndAnOrdinarySubscriptionGiveACopyEach() throws Exception {
    try (RawClient client = RawClient.v5(broker, "both")) {
      client.send(Packets.of(0x82).two(1).properties("0b 07").text("$share/g/a").octet(0));
      client.expect("90 04 00 01 00 00");
      client.send(Packets.of(0x82).two(2).properties("0b 08").text("a").octet(0));
      client.expect("90 04 00 02 00 00");
      publish(0, 1);
      assertThat(List.of(client.receive(), client.receive()))
          .containsExactlyInAnyOrder(
              "30 08 00 01 61 02 0b 07 30 30", "30 08 00 01 61 02 0b 08 30 30");
      client.expectNothing();
    }
  }

  @Test
  @Statement("5.0 MQTT-3.10.4-1")
  void mqtt5_3_10_4_1_whoUnsubscribesHasNoTurnAnyMore() throws Exception {
    try (RawClient one = member(5, "one", "$share/g/a", 0);
        RawClient two = member(5, "two", "$share/g/a", 0)) {
      one.send(Packets.unsubscribe(5, 2, "a")).expect("b0 04 00 02 00 11");
      one.send(Packets.unsubscribe(5, 3, "$share/g/a")).expect("b0 04 00 03 00 00");
      awaitEnd(one, 5);
      awaitEnd(two, 5);
      publish(0, 5);
      assertThat(received(one)).isZero();
      assertThat(received(two)).isEqualTo(5);
    }
  }

  @Test
  void anOldClientUnsubscribesFromASharedFilterToo() throws Exception {
    try (RawClient one = member(4, "one", "$share/g/a", 0)) {
      one.send(Packets.unsubscribe(4, 2, "$share/g/a")).expect("b0 02 00 02");
      publish(0, 1);
      one.expectNothing();
      assertThat(broker.router().subscriptions()).isZero();
    }
  }

  @Test
  @Statement("5.0 MQTT-4.8.2-6")
  void mqtt5_4_8_2_6_whatAMemberRefusedNobodyElseGets() throws Exception {
    try (RawClient one = member(5, "one", "$share/g/a", 2);
        RawClient two = member(5, "two", "$share/g/a", 1)) {
      publish(QOS2, 2);
      one.expect("34 08 00 01 61 00 01 00 30 30").send("50 03 00 01 80").expectNothing();
      two.expect("32 08 00 01 61 00 01 00 30 31").send("40 03 00 01 80").expectNothing();
      one.expectNothing();
    }
  }

  @Test
  void whoLeavesHasNoTurnAnyMore() throws Exception {
    try (RawClient staying = member(4, "staying", "$share/g/a", 1)) {
      RawClient leaving = member(4, "leaving", "$share/g/a", 1);
      leaving.send("e0 00").expectClosed();
      publish(QOS1, 5);
      assertThat(acknowledged(staying, 5)).isEqualTo(numbers(0, 5));
    }
  }

  @Test
  void whatALeavingMemberWasNotSentAnotherOneGets() throws Exception {
    RawClient leaving = RawClient.to(broker);
    leaving.send(Packets.connect(5, "21 00 01").id("leaving")).expectAccepted(); // one at a time
    leaving.send(Packets.subscribe(5, 1, "$share/g/a", 1)).expect("90 04 00 01 00 01");
    publish(QOS1, 5);
    assertThat(leaving.receive()).startsWith("32");
    try (RawClient heir = member(4, "heir", "$share/g/a", 1)) {
      leaving.cut();
      assertThat(acknowledged(heir, 4)).isEqualTo(numbers(1, 5));
    }
  }

  @Test
  void whoDoesNotAcknowledgeIsNotGivenMoreWhileAnotherIsFree() throws Exception {
    try (RawClient stuck = RawClient.to(broker);
        RawClient free = member(4, "free", "$share/g/a", 1)) {
      stuck.send(Packets.connect(5, "21 00 01").id("stuck")).expectAccepted();
      stuck.send(Packets.subscribe(5, 1, "$share/g/a", 1)).expect("90 04 00 01 00 01");
      List<Integer> seen = new ArrayList<>();
      try (RawClient pub = RawClient.v3(broker, "pub")) {
        for (int i = 0; i < 10; i++) {
          pub.send(Packets.publish(4, QOS1, "a", 1).raw(text(i))).expect("40 02 00 01");
          if (i % 2 == 1 || i > 3) seen.addAll(acknowledged(free, 1));
        }
      }
      assertThat(seen).hasSizeGreaterThanOrEqualTo(7);
    }
  }

  @Test
  void thePolicyIsAskedForTheFilterWithoutTheGroup() throws Exception {
    List<TopicFilter> asked = new ArrayList<>();
    OpenPolicy policy =
        new OpenPolicy() {
          @Override
          public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
            asked.add(filter);
            return Future.succeededFuture(!filter.value().equals("secret"));
          }
        };
    try (TestBroker guarded = TestBroker.start(policy);
        RawClient client = RawClient.v5(guarded, "abc")) {
      client.send(Packets.subscribe(5, 1, "$share/g/open", 0)).expect("90 04 00 01 00 00");
      client.send(Packets.subscribe(5, 2, "$share/g/secret", 0)).expect("90 04 00 02 00 87");
      client.send(Packets.subscribe(5, 3, "$queue/secret", 0)).expect("90 04 00 03 00 87");
      assertThat(asked).extracting(TopicFilter::value).containsExactly("open", "secret", "secret");
    }
  }

  private RawClient member(int level, String id, String filter, int qos) throws Exception {
    RawClient client = RawClient.to(broker).send(Packets.connect(level).id(id));
    client.receiveBytes();
    client.send(Packets.subscribe(level, 1, filter, qos));
    client.expect(level == 5 ? "90 04 00 01 00 0" + qos : "90 03 00 01 0" + qos);
    return client;
  }

  private static void awaitEnd(RawClient client, int level) throws Exception {
    client.send(Packets.subscribe(level, 9, "end", 0)).receiveBytes();
  }

  /** Publishes the numbers from 00 on, and waits until they were taken. */
  private void publish(int flags, int messages) throws Exception {
    try (RawClient client = RawClient.v3(broker, "pub")) {
      for (int i = 0; i < messages; i++) {
        client.send(Packets.publish(4, flags, "a", flags == 0 ? -1 : 1).raw(text(i)));
        if (flags == QOS1) client.expect("40 02 00 01");
        if (flags == QOS2) client.expect("50 02 00 01").send("62 02 00 01").expect("70 02 00 01");
      }
      client.send(Packets.publish(4, QOS1, "end", 2)).expect("40 02 00 02");
    }
  }

  private static String text(int number) {
    return String.format("%02d", number);
  }

  /** How many of the messages the client got; none comes behind the one that is for everybody. */
  private static int received(RawClient client) throws Exception {
    int messages = 0;
    while (!new String(client.receiveBytes(), UTF_8).contains("end")) messages++;
    return messages;
  }

  /** The numbers of the next messages, each acknowledged. */
  private static List<Integer> acknowledged(RawClient client, int messages) throws Exception {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      byte[] publish = client.receiveBytes();
      numbers.add(Integer.parseInt(new String(publish, publish.length - 2, 2)));
      client.send(Packets.of(0x40).raw(publish[5], publish[6]));
    }
    return numbers.stream().sorted().toList();
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
