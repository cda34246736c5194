package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.Receivers.SlowKeeper;
import io.mestral.broker.conformance.Statement;
import io.mestral.model.DeviceId;
import io.mestral.model.access.Login;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.UserProperty;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How connections end: take-over, DISCONNECT, wills, and a node that stops. */
class EndingTest {
  private static final int QOS1 = 0x02;
  private static final int WILL = 0x04;
  private static final int USERNAME = 0x80;
  private static final String NARROW = "27 00 00 00 0c"; // takes 12 bytes in a packet

  private final Keeper wills = new Keeper();
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
    broker.receive("will", wills);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  @Statement("5.0 MQTT-3.1.4-3")
  void mqtt5_3_1_4_3_takenOverClientIsTold() throws Exception {
    try (RawClient older = RawClient.v5(broker, "same");
        RawClient newer = RawClient.v5(broker, "same")) { // sockets go to the loops in turn
      older.expectDisconnect(0x8E);
      newer.expectNothing();
      assertThat(broker.sessions().size()).isEqualTo(1);
      assertThat(broker.count("takeovers")).isEqualTo(1);
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.1.4-2")
  void mqtt311_3_1_4_2_takenOverClientIsClosed() throws Exception {
    try (RawClient older = RawClient.v3(broker, "same");
        RawClient other = RawClient.v3(broker, "other");
        RawClient newer = RawClient.v3(broker, "same")) { // the same loop as the older one
      older.expectClosed();
      newer.expectNothing();
      other.expectNothing();
    }
  }

  @Test
  void aWholeCrowdOfTheSameClientLeavesTheLastOneStanding() throws Exception {
    List<RawClient> crowd = new ArrayList<>();
    for (int i = 0; i < 20; i++) crowd.add(RawClient.v5(broker, "same"));
    for (RawClient client : crowd.subList(0, 19)) client.expectDisconnect(0x8E);
    crowd.get(19).expectNothing();
    assertThat(broker.sessions().size()).isEqualTo(1);
    for (RawClient client : crowd) client.close();
  }

  @Test
  void theSubscriptionsOfATakenOverClientAreGone() throws Exception {
    try (RawClient older = RawClient.v3(broker, "same")) {
      older.send(Packets.subscribe(4, 1, "a", 1)).expect("90 03 00 01 01");
      try (RawClient newer = RawClient.v3(broker, "same")) {
        newer.send(Packets.publish(4, 0, "a", -1).raw("x")).expectNothing();
        assertThat(broker.router().subscriptions()).isEqualTo(1); // the test's own
      }
    }
  }

  @Test
  void nobodyTakesOverAnotherPrincipalsSession() throws Exception {
    try (TestBroker both =
            TestBroker.start(
                credentials ->
                    Future.succeededFuture(
                        credentials.username().isPresent()
                            ? Login.of(new Principal.Device(new DeviceId(7), Secret.of("qsm8hj")))
                            : Login.ANONYMOUS));
        RawClient device = RawClient.to(both);
        RawClient stranger = RawClient.to(both)) {
      device.send(Packets.connect(4).flags(USERNAME).id("same").text("qsm8hj"));
      device.expect("20 02 00 00");
      stranger.send(Packets.connect(4).id("same")).expect("20 02 00 00");
      device.expectNothing();
      assertThat(both.sessions().size()).isEqualTo(2);
    }
  }

  @Test
  void whoseRightIsGoneIsSentAwayOnEveryLoop() throws Exception {
    try (TestBroker both =
            TestBroker.start(
                credentials ->
                    Future.succeededFuture(
                        credentials.username().isPresent()
                            ? Login.of(new Principal.Device(new DeviceId(7), Secret.of("qsm8hj")))
                            : Login.ANONYMOUS));
        RawClient one = device(both, 5, "one"); // sockets go to the loops in turn
        RawClient two = device(both, 4, "two");
        RawClient three = device(both, 5, "three");
        RawClient four = RawClient.v5(both, "four")) {
      both.receive("will", wills);
      one.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
      int ended =
          both.sessions().endAll(Principal.Device.class::isInstance, Refusal.NOT_AUTHORIZED);
      assertThat(ended).isEqualTo(3);
      one.expectDisconnect(0x87);
      two.expectClosed();
      three.expectDisconnect(0x87);
      four.expectNothing();
      assertThat(both.sessions().size()).isEqualTo(1);
      assertThat(both.router().subscriptions()).isEqualTo(1); // the test's own
      assertThat(wills.messages).isEmpty();
      assertThat(both.sessions().endAll(Principal.Device.class::isInstance, Refusal.INTERNAL))
          .isZero();
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.1.2-8")
  void mqtt5_3_1_2_8_theWillOfALostConnectionIsPublished() throws Exception {
    RawClient client = withWill(4);
    client.cut();
    assertThat(wills.next().payload().toString()).isEqualTo("gone");
  }

  @Test
  @Statement({"3.1.1 MQTT-3.14.4-3", "5.0 MQTT-3.14.4-3"})
  void mqtt5_3_14_4_3_aNormalDisconnectTakesTheWillAlong() throws Exception {
    for (int level : new int[] {4, 5})
      try (RawClient client = withWill(level)) {
        client.send("e0 00").expectClosed();
      }
    assertThat(broker.sessions().size()).isZero(); // it ended, and the will would have been routed
    assertThat(wills.messages).isEmpty();
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-10")
  void mqtt5_3_1_2_10_disconnectWithWillLeavesItInForce() throws Exception {
    try (RawClient client = withWill(5)) {
      client.send("e0 01 04").expectClosed();
      wills.next();
    }
  }

  @Test
  void theWillOfATakenOverClientIsPublished() throws Exception {
    try (RawClient older = withWill(5);
        RawClient newer = RawClient.v5(broker, "willing")) {
      older.expectDisconnect(0x8E);
      newer.expectNothing();
      wills.next();
    }
  }

  @Test
  @Statement("5.0 MQTT-4.13.1-1")
  void mqtt5_4_13_1_1_theWillOfAClientThatBreaksARuleIsPublished() throws Exception {
    try (RawClient client = withWill(5)) {
      client.send("36 00").expectDisconnect(0x81);
      wills.next();
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.1.2-24")
  void mqtt311_3_1_2_24_theWillOfASilentClientIsPublished() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client
          .send(Packets.connect(4, 1, "").flags(WILL).id("silent").text("will").text("gone"))
          .expect("20 02 00 00")
          .expectClosed();
      wills.next();
    }
  }

  @Test
  @Statement("5.0 MQTT-3.1.3-10")
  void mqtt5_3_1_3_10_aWillKeepsItsProperties() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client
          .send(
              Packets.connect(5)
                  .flags(WILL | 0x08)
                  .id("willing")
                  .properties(
                      "18 00 00 00 05 03 00 01 74 26 00 01 62 00 01 31 26 00 01 61 00 01 32")
                  .text("will")
                  .text("gone"))
          .expectAccepted();
      client.cut();
      Publish will = wills.next();
      assertThat(will.properties().contentType()).contains("t");
      assertThat(will.properties().userProperties())
          .containsExactly(new UserProperty("b", "1"), new UserProperty("a", "2"));
      assertThat(will.qos().level()).isEqualTo(1);
    }
  }

  @Test
  void aWillThatMayNotBePublishedKeepsTheClientOut() throws Exception {
    OpenPolicy noWills =
        new OpenPolicy() {
          @Override
          public boolean mayPublish(Principal principal, Topic topic) {
            return !topic.value().equals("will");
          }
        };
    try (TestBroker guarded = TestBroker.start(noWills);
        RawClient v3 = RawClient.to(guarded);
        RawClient v5 = RawClient.to(guarded)) {
      v3.send(Packets.connect(4).flags(WILL).id("a").text("will").text("gone"));
      v3.expect("20 02 00 05").expectClosed();
      v5.send(Packets.connect(5).flags(WILL).id("a").properties("").text("will").text("gone"));
      v5.expectTurnedAway(0x87);
    }
  }

  @Test
  void mqtt5_s3_14_2_2_2_aSessionThatWasToEndCanNotBeKept() throws Exception {
    try (RawClient client = withWill(5)) {
      client.send("e0 07 00 05 11 00 00 00 3c").expectDisconnect(0x82);
      wills.next();
    }
  }

  @Test
  @Statement("5.0 MQTT-3.14.1-1")
  void mqtt5_3_14_1_1_reservedFlagsOfDisconnectAreMalformed() throws Exception {
    try (RawClient client = RawClient.v5(broker, "abc")) {
      client.send("e1 00").expectDisconnect(0x81);
    }
  }

  @Test
  void aNodeThatStopsTellsItsClientsAndPublishesTheirWills() throws Exception {
    try (RawClient v5 = withWill(5);
        RawClient v3 = RawClient.v3(broker, "old");
        RawClient stranger = RawClient.to(broker)) {
      broker.stop();
      v5.expectDisconnect(0x8B);
      v3.expectClosed();
      stranger.expectClosed();
      wills.next();
      assertThat(broker.sessions().size()).isZero();
    }
  }

  @Test
  void mqtt5_s3_14_2_2_5_aNodeThatStopsSaysWhereElseToGo() throws Exception {
    try (TestBroker one = TestBroker.start(Options.usual().serverReference("b:1883").build());
        RawClient v5 = RawClient.v5(one, "new");
        RawClient narrow = RawClient.to(one).send(Packets.connect(5, NARROW).id("narrow"));
        RawClient v3 = RawClient.v3(one, "old")) {
      narrow.expectAccepted();
      one.stop();
      v5.expect("e0 0b 9c 09 1c 00 06 62 3a 31 38 38 33").expectClosed();
      narrow.expect("e0 01 9c").expectClosed(); // MQTT-3.1.2-24
      v3.expectClosed();
    }
  }

  @Test
  void publicationsThatAreUnfinishedWhenTheConnectionEndsAreFinishedAllTheSame() throws Exception {
    SlowKeeper keeper = new SlowKeeper();
    broker.receive("a", keeper);
    try (RawClient client = RawClient.v3(broker, "pub")) {
      client.send(Packets.publish(4, QOS1, "a", 1).raw("x"));
      client.send("e0 00").expectClosed();
      keeper.next().complete(Delivery.DONE);
    }
    try (RawClient next = RawClient.v3(broker, "pub")) {
      next.expectNothing();
    }
  }

  private static RawClient device(TestBroker broker, int level, String id) throws Exception {
    Packets connect = Packets.connect(level).flags(USERNAME | WILL).id(id);
    if (level == 5) connect.properties("");
    RawClient client = RawClient.to(broker);
    client.send(connect.text("will").text("gone").text("qsm8hj")).receiveBytes();
    return client;
  }

  private RawClient withWill(int level) throws Exception {
    Packets connect = Packets.connect(level).flags(WILL).id("willing");
    if (level == 5) connect.properties("");
    RawClient client = RawClient.to(broker).send(connect.text("will").text("gone"));
    client.receiveBytes();
    return client;
  }

  @Test
  void whoIsLetInWhileItsRightEndsIsTurnedAwayAfterAll() throws Exception {
    Principal device = new Principal.Device(new DeviceId(7), Secret.of("old"));
    BlockingQueue<Promise<Login>> asked = new LinkedBlockingQueue<>();
    try (TestBroker careful =
        TestBroker.start(
            credentials -> {
              Promise<Login> answer = Promise.promise();
              asked.add(answer);
              return answer.future();
            })) {
      try (RawClient late = RawClient.to(careful).send(Packets.connect(5).id("late"))) {
        Promise<Login> answer = asked.take();
        careful.sessions().endAll(device::equals, Refusal.NOT_AUTHORIZED);
        answer.complete(Login.of(device));
        late.expectTurnedAway(0x86);
      }
      try (RawClient next = RawClient.to(careful).send(Packets.connect(5).id("late"))) {
        asked.take().complete(Login.of(device));
        next.expectAccepted();
      }
      assertThat(careful.sessions().size()).isLessThanOrEqualTo(1);
    }
  }
}
