package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.conformance.Statement;
import io.mestral.broker.keeping.KeepingOptions;
import io.mestral.config.SessionOptions;
import io.mestral.config.SessionOptions.WhenFull;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may wait for a client, for how long, and what becomes of the rest; wills that wait. */
class KeptBoundsTest {
  private static final int QOS1 = 0x02;
  private static final long THREE = 3 * 98; // bytes that three messages of one byte take

  @TempDir Path folder;
  private TestBroker broker;

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void aPublisherThatReadsReasonsIsToldThatAQueueIsFull() throws Exception {
    start(THREE, Duration.ofDays(1), WhenFull.REFUSE);
    leaveSubscribed("sub");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      for (int i = 1; i <= 3; i++) publish(sender, i).expect("40 02 00 0" + i);
      publish(sender, 4);
      assertThat(sender.receive()).startsWith("40").contains("00 04 97");
    }
    assertThat(broker.count("publishes.dropped", "reason", "queue_full")).isEqualTo(1);
    expectQueued("1", "2", "3");
  }

  @Test
  void anOlderPublisherHasItsAcknowledgementWhenSomebodyElsesQueueIsFull() throws Exception {
    start(THREE, Duration.ofDays(1), WhenFull.REFUSE);
    leaveSubscribed("sub");
    try (RawClient sender = RawClient.v3(broker, "pub")) {
      for (int i = 1; i <= 4; i++)
        sender.send(Packets.publish(4, QOS1, "a", i).raw("" + i)).expect("40 02 00 0" + i);
    }
    expectQueued("1", "2", "3");
  }

  @Test
  void aNodeWhoseQueuesAreFullTogetherRefusesLikeOneWhoseQueueIs() throws Exception {
    startWithPlaces(3, WhenFull.REFUSE);
    leaveSubscribed("sub");
    leaveSubscribed("other");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      publish(sender, 1).expect("40 02 00 01");
      publish(sender, 2);
      assertThat(sender.receive()).startsWith("40").contains("00 02 97");
    }
    assertThat(broker.gauge("queue.messages")).isEqualTo(3); // one of them has the second as well
    assertThat(broker.count("publishes.dropped", "reason", "queue_full")).isEqualTo(1);
  }

  @Test
  void aNodeWhoseQueuesAreFullTogetherDropsTheOldestWhereThatIsThePolicy() throws Exception {
    startWithPlaces(2, WhenFull.DROP_OLDEST);
    leaveSubscribed("sub");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      for (int i = 1; i <= 4; i++) publish(sender, i).expect("40 02 00 0" + i);
    }
    expectQueued("3", "4");
  }

  private void startWithPlaces(int places, WhenFull whenFull) throws Exception {
    SessionOptions sessions = sessions(1 << 20, Duration.ofDays(1), whenFull);
    broker =
        TestBroker.keeping(
            folder,
            Options.usual().sessions(sessions).build(),
            new KeepingOptions(sessions, places * 96L, 64 << 20, 64 << 20, Duration.ofMillis(20)),
            new MovableClock());
  }

  @Test
  void aSessionTooManyIsRefused() throws Exception {
    broker = TestBroker.keeping(folder, Options.usual().maxKeptSessions(2, 1).build());
    leaveSubscribed("sub"); // without a name: only counted in all
    leaveSubscribed("other");
    Packets third = Packets.connect(5, "11 00 01 00 00").onlyFlags(0).id("third");
    try (RawClient refused = RawClient.to(broker).send(third)) {
      assertThat(refused.receiveBytes()).startsWith(0x20).contains(0x97 - 256);
    }
    v5("other").close();
    RawClient.v5(broker, "passing").close(); // nothing of it is kept
    RawClient.v5(broker, "other").close(); // nor of this one from now on
    RawClient.to(broker).send(third).expectAccepted().close();
  }

  @Test
  void theOldestGiveWayWhereThatIsThePolicy() throws Exception {
    start(THREE, Duration.ofDays(1), WhenFull.DROP_OLDEST);
    leaveSubscribed("sub");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      for (int i = 1; i <= 5; i++) publish(sender, i).expect("40 02 00 0" + i);
    }
    expectQueued("3", "4", "5");
  }

  @Test
  void theNewestAreLeftOutWhereThatIsThePolicy() throws Exception {
    start(THREE, Duration.ofDays(1), WhenFull.DROP_NEWEST);
    leaveSubscribed("sub");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      for (int i = 1; i <= 5; i++) publish(sender, i).expect("40 02 00 0" + i);
    }
    expectQueued("1", "2", "3");
  }

  @Test
  void mqtt5_3_3_2_5_whatWaitedTooLongIsNotSent() throws Exception {
    start(1 << 20, Duration.ofSeconds(100), WhenFull.REFUSE);
    leaveSubscribed("sub");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      sender.send(Packets.publish5(QOS1, "a", 1, "02 00 00 00 0a").raw("1"));
      sender.expect("40 02 00 01");
      publish(sender, 2).expect("40 02 00 02");
      broker.clock().forward(Duration.ofSeconds(11));
      broker.awaitCount("publishes.dropped", 1);
      publish(sender, 3).expect("40 02 00 03");
      broker.clock().forward(Duration.ofSeconds(90));
      broker.awaitCount("publishes.dropped", 2);
    }
    expectQueued("3");
  }

  @Test
  void mqtt5_3_3_2_6_theExpiryIsSentLessTheTimeThatWasWaited() throws Exception {
    start(1 << 20, Duration.ofDays(1), WhenFull.REFUSE);
    leaveSubscribed("sub");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      sender.send(Packets.publish5(QOS1, "a", 1, "02 00 00 00 64").raw("1"));
      sender.expect("40 02 00 01");
    }
    broker.clock().forward(Duration.ofSeconds(30));
    try (RawClient client = returning("sub")) {
      assertThat(client.receive()).contains("02 00 00 00 46");
    }
  }

  @Test
  void bodiesBeyondTheBudgetAreReadWhenTheirTurnComes() throws Exception {
    SessionOptions sessions = sessions(1 << 20, Duration.ofDays(1), WhenFull.REFUSE);
    broker =
        TestBroker.keeping(
            folder,
            Options.usual().sessions(sessions).build(),
            new KeepingOptions(sessions, 30_000, 64 << 20, 64 << 20, Duration.ofMillis(20)),
            new MovableClock());
    leaveSubscribed("sub");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      for (int i = 1; i <= 300; i++) {
        sender.send(Packets.publish(5, QOS1, "a", 1).raw("" + i)).expect("40 02 00 01");
      }
    }
    assertThat(broker.gauge("queue.bodies.bytes"))
        .isLessThan(20_000); // with 300 places beside them
    try (RawClient client = returning("sub")) {
      for (int i = 1; i <= 300; i++) assertThat(payload(client.receiveBytes())).isEqualTo("" + i);
    }
  }

  @Test
  void largeBodiesAreReadAFewAtATimeAndNoneIsLeftOut() throws Exception {
    SessionOptions sessions = sessions(64 << 20, Duration.ofDays(1), WhenFull.REFUSE);
    broker =
        TestBroker.keeping(
            folder,
            Options.usual().sessions(sessions).maxPacket(4 << 20).build(),
            new KeepingOptions(sessions, 2000, 64 << 20, 64 << 20, Duration.ofMillis(20)),
            new MovableClock());
    leaveSubscribed("sub");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      for (int i = 1; i <= 9; i++) {
        byte[] large = new byte[i % 3 == 0 ? 3 << 20 : 70_000];
        large[large.length - 1] = (byte) i;
        sender.send(Packets.publish(5, QOS1, "a", 1).raw(large)).expect("40 02 00 01");
      }
    }
    try (RawClient client = returning("sub")) {
      for (int i = 1; i <= 9; i++) {
        byte[] message = client.receiveBytes();
        assertThat(message[message.length - 1]).isEqualTo((byte) i);
      }
    }
  }

  @Test
  void theJournalIsCleanedAndWhatIsNeededStays() throws Exception {
    SessionOptions sessions = sessions(1 << 20, Duration.ofDays(1), WhenFull.REFUSE);
    broker =
        TestBroker.keeping(
            folder,
            Options.usual().sessions(sessions).build(),
            new KeepingOptions(sessions, 1 << 20, 200_000, 1 << 20, Duration.ofMillis(20)),
            new MovableClock());
    leaveSubscribed("sub");
    try (RawClient reader = v5("reader");
        RawClient sender = RawClient.v5(broker, "pub")) {
      reader.send(Packets.subscribe(5, 1, "b", 1)).receive();
      for (int i = 1; i <= 3; i++) publish(sender, i).expect("40 02 00 0" + i);
      sender.send(Packets.publish(5, QOS1 | 1, "c", 1).raw("kept")).receive();
      String filler = "x".repeat(2000);
      for (int i = 0; i < 600; i++) {
        sender.send(Packets.publish(5, QOS1, "b", 1).raw(filler)).expect("40 02 00 01");
        byte[] message = reader.receiveBytes();
        int id = (message[6] & 0xFF) << 8 | message[7] & 0xFF;
        reader.send(String.format("40 02 %02x %02x", id >> 8, id & 0xFF));
      }
      broker.awaitCount("log.moved", 1);
      broker.awaitGaugeBelow("log.bytes", 400_000);
    }
    broker.close();
    broker = TestBroker.keeping(folder);
    try (RawClient late = RawClient.v5(broker, "late")) {
      late.send(Packets.subscribe(5, 1, "c", 0)).receive();
      assertThat(late.receive()).endsWith("6b 65 70 74");
    }
    expectQueued("1", "2", "3");
  }

  @Test
  @Statement({"5.0 MQTT-3.1.3-9", "5.0 MQTT-3.1.2-7", "5.0 MQTT-3.1.2-8"})
  void mqtt5_3_1_3_9_aWillWaitsForItsClientToComeBack() throws Exception {
    start(1 << 20, Duration.ofDays(1), WhenFull.REFUSE);
    Keeper wills = new Keeper();
    broker.receive("will", wills);
    withWill(60).cut();
    broker.awaitConnections(0);
    broker.clock().forward(Duration.ofSeconds(59));
    RawClient back = withWill(60);
    broker.clock().forward(Duration.ofSeconds(59));
    back.expectNothing();
    assertThat(wills.messages).isEmpty();
    back.cut();
    broker.awaitConnections(0);
    broker.clock().forward(Duration.ofSeconds(61));
    assertThat(wills.next().payload().toString()).isEqualTo("gone");
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-8")
  void mqtt5_3_1_2_8_aWillIsDueAtTheEndOfItsSessionAtTheLatest() throws Exception {
    start(1 << 20, Duration.ofDays(1), WhenFull.REFUSE);
    Keeper wills = new Keeper();
    broker.receive("will", wills);
    withWill(255).cut(); // the session stays for 200 seconds
    broker.awaitConnections(0);
    broker.clock().forward(Duration.ofSeconds(201));
    wills.next();
    broker.awaitKept(0);
  }

  @Test
  void aWillThatWaitsSurvivesTheBroker() throws Exception {
    start(1 << 20, Duration.ofDays(1), WhenFull.REFUSE);
    withWill(60).cut();
    broker.awaitConnections(0);
    broker.close();
    start(1 << 20, Duration.ofDays(1), WhenFull.REFUSE);
    Keeper wills = new Keeper();
    broker.receive("will", wills);
    broker.clock().forward(Duration.ofSeconds(61));
    assertThat(wills.next().payload().toString()).isEqualTo("gone");
  }

  private RawClient withWill(int delay) throws IOException {
    Packets connect = Packets.connect(5, "11 00 00 00 c8").onlyFlags(0x04).id("willing");
    connect.properties(String.format("18 00 00 00 %02x", delay)).text("will").text("gone");
    return RawClient.to(broker).send(connect).expectAccepted();
  }

  private void start(long queueBytes, Duration queueAge, WhenFull whenFull) throws Exception {
    broker =
        TestBroker.keeping(
            folder, Options.usual().sessions(sessions(queueBytes, queueAge, whenFull)).build());
  }

  private static SessionOptions sessions(long bytes, Duration age, WhenFull whenFull) {
    return new SessionOptions(Duration.ofDays(7), 1000, 1000, bytes, age, whenFull, 1 << 20);
  }

  private void leaveSubscribed(String id) throws Exception {
    try (RawClient client = v5(id)) {
      client.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
    }
    broker.awaitConnections(0);
  }

  private RawClient v5(String id) throws IOException {
    Packets connect = Packets.connect(5, "11 00 01 00 00").onlyFlags(0).id(id);
    return RawClient.to(broker).send(connect).expectAccepted();
  }

  private RawClient returning(String id) throws IOException {
    return v5(id);
  }

  private static RawClient publish(RawClient sender, int number) throws IOException {
    return sender.send(Packets.publish(5, QOS1, "a", number).raw("" + number));
  }

  private void expectQueued(String... payloads) throws IOException {
    try (RawClient client = returning("sub")) {
      for (String payload : payloads) assertThat(payload(client.receiveBytes())).isEqualTo(payload);
      client.expectNothing();
    }
  }

  /** Of a PUBLISH to topic "a" with an identifier and no properties. */
  private static String payload(byte[] publish) {
    return new String(publish, 8, publish.length - 8);
  }
}
