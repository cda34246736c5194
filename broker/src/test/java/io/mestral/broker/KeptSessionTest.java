package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.SlowKeeper;
import io.mestral.broker.conformance.Statement;
import io.mestral.broker.keeping.KeepingOptions;
import io.mestral.config.SessionOptions;
import io.mestral.config.SessionOptions.WhenFull;
import io.mestral.model.outcome.Delivery;
import io.mestral.storage.StreamName;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that outlive their connections, and the broker. */
class KeptSessionTest {
  private static final int QOS1 = 0x02;
  private static final int QOS2 = 0x04;
  private static final String PRESENT = "20 02 01 00";
  private static final String NOT_PRESENT = "20 02 00 00";

  @TempDir Path folder;
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.keeping(folder.resolve("first"));
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void aRecordOfALaterVersionIsKeptApart() throws Exception {
    Buffer later = Buffer.buffer(new byte[] {5, 9, 1});
    long number =
        broker.journal().append(new StreamName("mqtt"), later).await(10, TimeUnit.SECONDS);
    broker.close();
    broker = TestBroker.keeping(folder.resolve("first"));
    broker.kept().close().await(10, TimeUnit.SECONDS);
    assertThat(folder.resolve("first/damaged/record-mqtt-" + number))
        .hasBinaryContent(later.getBytes());
  }

  @Test
  @Statement({
    "3.1.1 MQTT-3.1.2-4",
    "3.1.1 MQTT-3.1.2-5",
    "3.1.1 MQTT-3.1.4-3",
    "3.1.1 MQTT-3.2.2-2",
    "3.1.1 MQTT-3.2.2-3",
    "3.1.1 MQTT-4.1.0-1",
    "3.1.1 MQTT-4.1.0-2"
  })
  void mqtt311_3_1_2_4_aSessionIsResumedWithItsSubscriptions() throws Exception {
    leaveSubscribed("sub", "a/#", 1);
    publish("a/b", 1, "x");
    try (RawClient client = returning("sub", PRESENT)) {
      client.expect("32 08 00 03 61 2f 62 00 01 78").send("40 02 00 01");
      publish("a/c", 1, "y");
      client.expect("32 08 00 03 61 2f 63 00 02 79");
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.1.2-6")
  void mqtt311_3_1_2_6_aCleanSessionForgetsTheOlderOne() throws Exception {
    leaveSubscribed("sub", "a", 1);
    publish("a", 1, "x");
    RawClient.v3(broker, "sub").close();
    returning("sub", NOT_PRESENT).expectNothing().close();
    assertThat(broker.kept().size()).isEqualTo(1);
  }

  @Test
  @Statement({"3.1.1 MQTT-4.4.0-1", "3.1.1 MQTT-3.3.1-1"})
  void mqtt311_4_4_0_1_whatWasNotAcknowledgedIsSentAgainInItsOrder() throws Exception {
    leaveSubscribed("sub", "a", 2);
    for (int i = 0; i < 4; i++) publish("a", 1 + i % 2, "" + i);
    try (RawClient client = returning("sub", PRESENT)) {
      client.expect("32 06 00 01 61 00 01 30");
      client.expect("34 06 00 01 61 00 02 31");
      client.expect("32 06 00 01 61 00 03 32");
      client.expect("34 06 00 01 61 00 04 33");
      client.send("50 02 00 02").expect("62 02 00 02"); // taken over, not completed
      client.send("40 02 00 03").expectNothing();
    }
    try (RawClient client = returning("sub", PRESENT)) {
      client.expect("62 02 00 02");
      client.expect("3a 06 00 01 61 00 01 30");
      client.expect("3c 06 00 01 61 00 04 33");
      client.send("70 02 00 02").send("40 02 00 01").expectNothing();
    }
  }

  @Test
  void aBrokerThatStoppedInOrderGoesOnWhereItWas() throws Exception {
    leaveSubscribed("sub", "a", 2);
    publish("a", 1, "x");
    publish("a", 2, "y");
    try (RawClient client = returning("sub", PRESENT)) {
      client.expect("32 06 00 01 61 00 01 78");
      client.expect("34 06 00 01 61 00 02 79");
      client.send("50 02 00 02").expect("62 02 00 02");
    }
    restart(folder.resolve("first"));
    publish("a", 1, "z");
    try (RawClient client = returning("sub", PRESENT)) {
      client.expect("62 02 00 02");
      client.expect("3a 06 00 01 61 00 01 78");
      client.expect("32 06 00 01 61 00 03 7a");
      client.send("40 02 00 01").send("70 02 00 02").send("40 02 00 03").expectNothing();
    }
    restart(folder.resolve("first"));
    returning("sub", PRESENT).expectNothing().close();
  }

  @Test
  void aBrokerThatWasKilledLosesNothingThatWasAcknowledged() throws Exception {
    leaveSubscribed("sub", "a", 2);
    RawClient client = returning("sub", PRESENT);
    publish("a", 1, "x");
    publish("a", 2, "y");
    client.expect("32 06 00 01 61 00 01 78");
    client.expect("34 06 00 01 61 00 02 79");
    client.send("50 02 00 02").expect("62 02 00 02");
    Path image = image(); // what a kill leaves
    client.close();
    restart(image);
    try (RawClient again = returning("sub", PRESENT)) {
      again.expect("62 02 00 02");
      again.expect("3a 06 00 01 61 00 01 78");
      again.send("40 02 00 01").send("70 02 00 02").expectNothing();
    }
  }

  @Test
  void mqtt311_4_3_3_aRepeatedPublicationIsKnownAfterAKill() throws Exception {
    leaveSubscribed("sub", "a", 2);
    RawClient sender = returning("pub", NOT_PRESENT);
    sender.send(Packets.publish(4, QOS2, "a", 7).raw("x")).expect("50 02 00 07");
    Path image = image();
    sender.close();
    restart(image);
    try (RawClient again = returning("pub", PRESENT)) {
      again.send(Packets.publish(4, QOS2 | 0x08, "a", 7).raw("x")).expect("50 02 00 07");
      again.send("62 02 00 07").expect("70 02 00 07");
      again.send(Packets.publish(4, QOS2, "a", 7).raw("y")).expect("50 02 00 07");
    }
    try (RawClient receiver = returning("sub", PRESENT)) {
      receiver.expect("34 06 00 01 61 00 01 78");
      receiver.expect("34 06 00 01 61 00 02 79").expectNothing();
    }
  }

  @Test
  void aPublicationThatIsStillUnderWayIsNotRoutedAgainAfterAReconnect() throws Exception {
    SlowKeeper slow = new SlowKeeper();
    broker.receive("a", slow);
    RawClient sender = returning("pub", NOT_PRESENT);
    sender.send(Packets.publish(4, QOS2, "a", 7).raw("x"));
    Promise<Delivery> first = slow.next();
    sender.close();
    broker.awaitConnections(0);
    try (RawClient again = returning("pub", PRESENT)) {
      again.send(Packets.publish(4, QOS2 | 0x08, "a", 7).raw("x")).expectNothing();
      assertThat(slow.outcomes).isEmpty();
      first.complete(Delivery.DONE);
      again.expect("50 02 00 07").send("62 02 00 07").expect("70 02 00 07");
    }
  }

  @Test
  void aRefusedIdentifierMeansANewMessage() throws Exception {
    broker.close();
    SessionOptions small =
        new SessionOptions(
            Duration.ofDays(1), 100, 100, 1 << 20, Duration.ofDays(1), WhenFull.REFUSE, 1000);
    broker = TestBroker.keeping(folder.resolve("small"), Options.usual().sessions(small).build());
    leaveSubscribed("sub", "a", 2);
    try (RawClient sender = v5("sender", 100)) {
      Packets large = Packets.publish(5, QOS2 | 1, "large", 5).raw(new byte[2000]);
      assertThat(sender.send(large).receive()).startsWith("50 ").contains("00 05 97");
      sender.send(Packets.publish(5, QOS2, "a", 5).raw("new")).expect("50 02 00 05");
    }
    try (RawClient receiver = returning("sub", PRESENT)) {
      receiver.expect("34 08 00 01 61 00 01 6e 65 77");
    }
  }

  @Test
  void aReleasedIdentifierIsFreeAfterAKill() throws Exception {
    leaveSubscribed("sub", "a", 2);
    RawClient sender = returning("pub", NOT_PRESENT);
    sender.send(Packets.publish(4, QOS2, "a", 7).raw("x")).expect("50 02 00 07");
    sender.send("62 02 00 07").expect("70 02 00 07");
    Path image = image();
    sender.close();
    restart(image);
    try (RawClient again = returning("pub", PRESENT)) {
      again.send(Packets.publish(4, QOS2, "a", 7).raw("y")).expect("50 02 00 07");
    }
    try (RawClient receiver = returning("sub", PRESENT)) {
      receiver.expect("34 06 00 01 61 00 01 78").expect("34 06 00 01 61 00 02 79");
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.1.2-4", "5.0 MQTT-3.1.4-4"})
  void mqtt5_3_1_2_4_cleanStartForgetsTheOlderSession() throws Exception {
    v5("sub", 100).send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01").close();
    broker.awaitConnections(0);
    publish("a", 1, "x");
    try (RawClient clean = RawClient.to(broker)) {
      clean.send(Packets.connect(5, "11 00 00 00 64").id("sub")).expectAccepted().expectNothing();
    }
    broker.awaitConnections(0);
    try (RawClient again = v5("sub", 100, true)) { // the new one is kept, and has no subscription
      publish("a", 1, "y");
      again.expectNothing();
    }
  }

  @Test
  @Statement({"5.0 MQTT-3.3.1-1", "5.0 MQTT-4.4.0-1", "5.0 MQTT-4.1.0-1"})
  void mqtt5_3_3_1_1_aRepeatedDeliveryIsMarkedHoweverLongItTook() throws Exception {
    RawClient client = v5("sub", 10);
    client.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
    publish("a", 1, "x");
    client.expect("32 07 00 01 61 00 01 00 78");
    broker.clock().forward(Duration.ofSeconds(100)); // its time doesn't run while it is here
    client.close();
    broker.awaitConnections(0);
    try (RawClient again = v5("sub", 10, true)) {
      again.expect("3a 07 00 01 61 00 01 00 78").send("40 02 00 01").expectNothing();
    }
  }

  @Test
  @Statement({
    "5.0 MQTT-3.1.2-5",
    "5.0 MQTT-3.1.2-6",
    "5.0 MQTT-3.1.2-23",
    "5.0 MQTT-3.2.2-3",
    "5.0 MQTT-4.1.0-2"
  })
  void mqtt5_3_1_2_23_aSessionEndsWhenItsTimeIsOver() throws Exception {
    v5("sub", 100).send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01").close();
    broker.awaitConnections(0);
    broker.clock().forward(Duration.ofSeconds(99));
    RawClient client = v5("sub", 100, true);
    client.close();
    broker.awaitConnections(0);
    broker.clock().forward(Duration.ofSeconds(101));
    broker.awaitKept(0);
    v5("sub", 100, false).close();
  }

  @Test
  void theTimeOfASessionRunsOnThroughKills() throws Exception {
    MovableClock clock = new MovableClock();
    broker.close();
    broker = keeping(folder.resolve("first"), clock);
    RawClient client = v5("sub", 100);
    Path killed = image();
    client.close();
    broker.close();
    broker = keeping(killed, clock); // from now on it counts as away
    clock.forward(Duration.ofSeconds(60));
    Path again = image(killed, "again");
    broker.close();
    broker = keeping(again, clock);
    assertThat(broker.kept().size()).isEqualTo(1);
    clock.forward(Duration.ofSeconds(60));
    broker.awaitKept(0);
  }

  @Test
  void whatMayHaveBeenSentBeforeAKillExpiresLikeAnythingElse() throws Exception {
    MovableClock clock = new MovableClock();
    broker.close();
    broker = keeping(folder.resolve("first"), clock);
    RawClient client = v5("sub", 100);
    client.send(Packets.subscribe(5, 1, "a", 1)).expect("90 04 00 01 00 01");
    try (RawClient sender = RawClient.v5(broker, "pub")) {
      sender.send(Packets.publish5(QOS1, "a", 1, "02 00 00 00 0a").raw("x")).receive();
      sender.send(Packets.publish5(QOS1, "a", 2, "02 00 00 00 14").raw("y")).receive();
    }
    Path killed = image();
    client.close();
    broker.close();
    broker = keeping(killed, clock);
    clock.forward(Duration.ofSeconds(11));
    try (RawClient back = v5("sub", 100, true)) {
      assertThat(back.receive()).startsWith("3a").contains("02 00 00 00 09").endsWith("79");
      back.expectNothing();
    }
  }

  private static TestBroker keeping(Path folder, MovableClock clock) throws Exception {
    KeepingOptions options =
        new KeepingOptions(
            TestBroker.OPTIONS.sessions(), 1 << 20, 64 << 20, 64 << 20, Duration.ofMillis(20));
    return TestBroker.keeping(folder, TestBroker.OPTIONS, options, clock);
  }

  @Test
  void mqtt5_3_14_2_2_disconnectCanEndTheSessionOrShortenItsTime() throws Exception {
    v5("one", 100).send("e0 07 00 05 11 00 00 00 00").expectClosed();
    broker.awaitKept(0);
    v5("two", 100).send("e0 07 00 05 11 00 00 00 0a").expectClosed();
    broker.awaitConnections(0);
    broker.clock().forward(Duration.ofSeconds(11));
    broker.awaitKept(0);
  }

  @Test
  void mqtt5_3_1_4_theBrokerSaysHowLongItKeepsASession() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, "11 ff ff ff ff").onlyFlags(0).id("sub"));
      assertThat(client.receive()).contains("11 00 09 3a 80"); // seven days
    }
  }

  private RawClient v5(String id, int expiry) throws IOException {
    return v5(id, expiry, false);
  }

  private RawClient v5(String id, int expiry, boolean present) throws IOException {
    RawClient client =
        RawClient.to(broker)
            .send(
                Packets.connect(5, String.format("11 00 00 00 %02x", expiry)).onlyFlags(0).id(id));
    byte[] connack = client.receiveBytes();
    assertThat(connack[0]).isEqualTo((byte) 0x20);
    assertThat(connack[2]).as("session present").isEqualTo((byte) (present ? 1 : 0));
    assertThat(connack[3]).isZero();
    return client;
  }

  private void leaveSubscribed(String id, String filter, int qos) throws Exception {
    try (RawClient client = returning(id, NOT_PRESENT)) {
      client.send(Packets.subscribe(4, 1, filter, qos)).expect("90 03 00 01 0" + qos);
    }
    broker.awaitConnections(0);
  }

  private RawClient returning(String id, String answer) throws IOException {
    RawClient client = RawClient.to(broker).send(Packets.connect(4).onlyFlags(0).id(id));
    return client.expect(answer);
  }

  /** Succeeds when the broker has acknowledged. */
  private void publish(String topic, int qos, String payload) throws Exception {
    try (RawClient client = RawClient.v3(broker, "publisher")) {
      client.send(Packets.publish(4, qos << 1, topic, 1).raw(payload));
      client.expect(qos == 1 ? "40 02 00 01" : "50 02 00 01");
      if (qos == 2) client.send("62 02 00 01").expect("70 02 00 01");
    }
  }

  private Path image() throws IOException {
    return image(folder.resolve("first"), "image");
  }

  private Path image(Path journal, String name) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(journal)) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }

  private void restart(Path journal) throws Exception {
    broker.close();
    broker = TestBroker.keeping(journal);
  }
}
