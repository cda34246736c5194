package io.mestral.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.OpenPolicy;
import io.mestral.broker.Packets;
import io.mestral.broker.RawClient;
import io.mestral.broker.TestBroker;
import io.mestral.broker.conformance.Peer.Message;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 3.8 to 3.11: SUBSCRIBE, UNSUBSCRIBE and their answers. */
class SubscriptionPacketsTest {
  private static final int QOS1 = 0x02;

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
  @Statement({
    "3.1.1 MQTT-3.8.4-1",
    "3.1.1 MQTT-3.8.4-4",
    "3.1.1 MQTT-3.8.4-5",
    "3.1.1 MQTT-3.9.3-1",
    "5.0 MQTT-3.8.4-1",
    "5.0 MQTT-3.8.4-5",
    "5.0 MQTT-3.8.4-6",
    "5.0 MQTT-3.9.3-1"
  })
  void manyFiltersActLikeOneAfterTheOtherWithOneAnswer(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      Packets many = Packets.of(0x82).two(5);
      if (level == 5) many.properties("");
      many.text("a").octet(1).text("b").octet(2).text("a").octet(0); // the later one counts
      peer.raw().send(many).expect(level == 5 ? "90 06 00 05 00 01 02 00" : "90 05 00 05 01 02 00");
      peer.publish("a", 0, "x");
      assertThat(peer.next().payload()).isEqualTo("x");
      peer.expectNothing();
      assertThat(broker.router().subscriptions()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4,0,0", "4,0,1", "4,0,2", "4,1,0", "4,1,1", "4,1,2", "4,2,0", "4,2,1", "4,2,2",
    "5,0,0", "5,0,1", "5,0,2", "5,1,0", "5,1,1", "5,1,2", "5,2,0", "5,2,1", "5,2,2"
  })
  @Statement({"3.1.1 MQTT-3.8.4-6", "5.0 MQTT-3.8.4-8", "5.0 MQTT-3.8.4-7"})
  void theWeakerQualityOfServiceCounts(int level, int granted, int published) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "sub");
        Peer publisher = Peer.clean(broker, level, "pub")) {
      peer.subscribe("a", granted);
      publisher.publish("a", published, "x");
      assertThat(peer.take().qos()).isEqualTo(Math.min(granted, published));
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.8.4-3", "3.1.1 MQTT-3.8.4-3"})
  void theSameFilterAgainReplacesAllThatWasAgreed() throws Exception {
    try (Peer peer = Peer.clean(broker, 5, "both")) {
      peer.raw().send(Packets.of(0x82).two(3).properties("0b 05").text("a").octet(2)).receive();
      peer.subscribe("a", 1);
      peer.raw().send(Packets.publish(5, 4, "a", 7).raw("x"));
      Message message = peer.next();
      assertThat(message.qos()).isEqualTo(1);
      assertThat(message.properties()).isEmpty();
      assertThat(broker.router().subscriptions()).isEqualTo(1);
    }
  }

  /** A stream of messages runs while the subscription is replaced again and again. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.8.4-3", "5.0 MQTT-3.8.4-3"})
  void nothingIsMissedWhileASubscriptionIsReplaced(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "sub");
        Peer publisher = Peer.clean(broker, level, "pub")) { // on the other loop
      peer.subscribe("a", 1);
      for (int n = 0; n < 200; n++) {
        publisher.raw().send(Packets.publish(level, QOS1, "a", n + 1).raw("" + n));
        peer.raw().send(Packets.subscribe(level, 1, "a", 1));
      }
      int expected = 0;
      int answers = 0;
      while (expected < 200 || answers < 200) {
        byte[] packet = peer.raw().receiveBytes();
        if ((packet[0] & 0xF0) == 0x90) {
          answers++;
        } else {
          Message message = Message.read(level, packet);
          assertThat(message.payload()).isEqualTo("" + expected++);
          peer.send(Peer.PUBACK, message.id());
        }
      }
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-3.9.3-2", "3.1.1 MQTT-3.8.4-5"})
  void subackOf311KnowsFourCodes() throws Exception {
    try (TestBroker guarded = TestBroker.start(refusingAll(Refusal.NOT_AUTHORIZED));
        RawClient client = RawClient.v3(guarded, "abc")) {
      client.send(Packets.subscribe(4, 1, "secret", 2)).expect("90 03 00 01 80");
      client.send(Packets.subscribe(4, 2, "#/a", 2)).expect("90 03 00 02 80");
    }
    try (Peer peer = Peer.clean(broker, 4, "abc")) {
      peer.subscribe("a", 0).subscribe("a", 1).subscribe("a", 2);
    }
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  @Statement("5.0 MQTT-3.9.3-2")
  void subackHasCodesOfItsOwnOnly(Refusal why) throws Exception {
    try (TestBroker guarded = TestBroker.start(refusingAll(why));
        RawClient client = RawClient.v5(guarded, "abc")) {
      client.send(Packets.subscribe(5, 1, "secret", 2));
      assertThat(client.receive()).matches("90 04 00 01 00 (80|83|87|8f|91|97|9e|a1|a2)");
    }
  }

  @Test
  @Statement({"3.1.1 MQTT-3.10.3-1", "5.0 MQTT-3.10.3-1"})
  void filtersToTakeBackAreUtf8() throws Exception {
    byte[] broken = {(byte) 0xC3, 0x28};
    try (RawClient client = RawClient.v3(broker, "abc")) {
      client.send(Packets.of(0xA2).two(1).block(broken)).expectClosed();
    }
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send(Packets.of(0xA2).two(1).octet(0).block(broken)).expectDisconnect(0x81);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({
    "3.1.1 MQTT-3.10.4-1",
    "3.1.1 MQTT-3.10.4-2",
    "3.1.1 MQTT-3.10.4-5",
    "5.0 MQTT-3.10.4-1",
    "5.0 MQTT-3.10.4-2",
    "5.0 MQTT-3.10.4-5"
  })
  void aFilterIsTakenBackByItsExactCharacters(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("Home/+", 0);
      for (String other : new String[] {"home/+", "Home/#", "Home/a", "Home", "/Home/+", "#"})
        peer.unsubscribe(other);
      peer.publish("Home/a", 0, "x");
      assertThat(peer.next().payload()).isEqualTo("x");
      peer.unsubscribe("Home/+").publish("Home/a", 0, "y").expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.10.4-6", "3.1.1 MQTT-3.10.4-4", "5.0 MQTT-3.10.4-6"})
  void manyFiltersAreTakenBackWithOneAnswer(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "both")) {
      peer.subscribe("a", 0).subscribe("b", 0).subscribe("c", 0);
      Packets many = Packets.of(0xA2).two(7);
      if (level == 5) many.properties("");
      peer.raw().send(many.text("a").text("x").text("b"));
      peer.raw().expect(level == 5 ? "b0 06 00 07 00 00 11 00" : "b0 02 00 07");
      peer.publish("a", 0, "1").publish("b", 0, "2").publish("c", 0, "3");
      assertThat(peer.next().payload()).isEqualTo("3");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  @Statement({"3.1.1 MQTT-3.10.4-3", "5.0 MQTT-3.10.4-3"})
  void deliveriesUnderWayAreFinishedAfterUnsubscribing(int level) throws Exception {
    try (Peer peer = Peer.clean(broker, level, "sub");
        Peer publisher = Peer.clean(broker, level, "pub")) {
      peer.subscribe("a", 2);
      publisher.publish("a", 2, "x").publish("a", 1, "y");
      Message once = peer.next();
      Message least = peer.next();
      peer.unsubscribe("a");
      peer.send(Peer.PUBREC, once.id()).expect(Peer.PUBREL, once.id());
      peer.send(Peer.PUBCOMP, once.id()).send(Peer.PUBACK, least.id()).expectNothing();
    }
  }

  private static OpenPolicy refusingAll(Refusal why) {
    return new OpenPolicy() {
      @Override
      public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
        return Future.failedFuture(new RefusedException(why, ""));
      }
    };
  }
}
