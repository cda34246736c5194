package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statement;
import io.mestral.broker.keeping.KeepingOptions;
import io.mestral.config.SessionOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shared subscriptions whose members may be away. */
class KeptMembersTest {
  private static final String PRESENT = "20 02 01 00";
  private static final String NOT_PRESENT = "20 02 00 00";
  private static final String GROUP = "$share/g/a";

  @TempDir Path folder;
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.keeping(folder);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void whoIsAwayGetsWhatNobodyElseIsThereFor() throws Exception {
    leave(member("away", NOT_PRESENT), 0);
    publish(1, "x");
    try (RawClient here = RawClient.v3(broker, "here")) {
      here.send(Packets.subscribe(4, 1, GROUP, 1)).expect("90 03 00 01 01");
      publish(1, "y");
      publish(1, "z");
      here.expect("32 06 00 01 61 00 01 79").expect("32 06 00 01 61 00 02 7a");
    }
    try (RawClient back = returning("away", PRESENT)) {
      back.expect("32 06 00 01 61 00 01 78").expectNothing();
    }
  }

  @Test
  void membershipAndMessagesOutliveTheBroker() throws Exception {
    leave(member("away", NOT_PRESENT), 0);
    publish(1, "x");
    broker.close();
    broker = TestBroker.keeping(folder);
    publish(1, "y");
    try (RawClient back = returning("away", PRESENT)) {
      back.expect("32 06 00 01 61 00 01 78").expect("32 06 00 01 61 00 02 79");
      back.send(Packets.unsubscribe(4, 2, GROUP)).expect("b0 02 00 02");
      publish(1, "z");
      back.expectNothing();
    }
  }

  @Test
  @Statement({"5.0 MQTT-4.8.2-4", "5.0 MQTT-4.8.2-5"})
  void mqtt5_4_8_2_4_aDeliveryThatHasBegunAtQos2StaysWithItsMember() throws Exception {
    RawClient begun = member("begun", NOT_PRESENT);
    publish(2, "x");
    begun.expect("34 06 00 01 61 00 01 78");
    try (RawClient other = member("other", NOT_PRESENT)) {
      leave(begun, 1);
      other.expectNothing();
      try (RawClient back = returning("begun", PRESENT)) {
        back.expect("3c 06 00 01 61 00 01 78").send("50 02 00 01").expect("62 02 00 01");
      }
      RawClient.v3(broker, "begun").close(); // its session is over
      other.expectNothing();
    }
  }

  @Test
  void whatAMemberWasNotSentGoesToAnotherWhenItsSessionEnds() throws Exception {
    leave(member("ending", NOT_PRESENT), 0);
    for (int i = 1; i <= 3; i++) publish(1 + i % 2, "" + i);
    broker.close();
    broker = TestBroker.keeping(folder); // what a group shares is known after a restart
    try (RawClient other = member("other", NOT_PRESENT)) {
      other.expectNothing();
      RawClient.v3(broker, "ending").close();
      other.expect("34 06 00 01 61 00 01 31");
      other.expect("32 06 00 01 61 00 02 32");
      other.expect("34 06 00 01 61 00 03 33").expectNothing();
      assertThat(broker.kept().size()).isEqualTo(1);
    }
  }

  @Test
  void whatAMemberThatIsAwayInheritsIsKeptForIt() throws Exception {
    leave(member("ending", NOT_PRESENT), 0);
    publish(1, "x");
    leave(member("other", NOT_PRESENT), 0);
    RawClient.v3(broker, "ending").close();
    broker.close();
    broker = TestBroker.keeping(folder);
    try (RawClient back = returning("other", PRESENT)) {
      back.expect("32 06 00 01 61 00 01 78").expectNothing();
    }
    assertThat(broker.kept().size()).isEqualTo(1);
  }

  @Test
  void aStopWaitsForWhatIsBeingPassedOn() throws Exception {
    leave(member("ending", NOT_PRESENT), 0);
    publish(1, "x");
    leave(member("other", NOT_PRESENT), 0);
    broker.journal().hold(FaultyJournal.MESSAGE);
    RawClient.v3(broker, "ending").close();
    Promise<Void> message = broker.journal().held();
    Future<Void> stopped = broker.kept().close();
    assertThat(stopped.isComplete()).isFalse();
    broker.journal().hold(FaultyJournal.SESSION_ENDED);
    message.complete();
    Promise<Void> end = broker.journal().held(); // without it the next start would pass it on again
    assertThat(stopped.isComplete()).isFalse();
    end.complete();
    stopped.await(10, TimeUnit.SECONDS);
    Path left = image();
    broker.close();
    broker = TestBroker.keeping(left);
    try (RawClient back = returning("other", PRESENT)) {
      back.expect("32 06 00 01 61 00 01 78").expectNothing();
    }
  }

  @Test
  void whatIsBeingPassedOnSurvivesAKillThoughItsClientHasANewSession() throws Exception {
    leave(member("ending", NOT_PRESENT), 0);
    for (int i = 1; i <= 3; i++) publish(1, "" + i);
    leave(member("other", NOT_PRESENT), 0);
    broker.journal().hold(FaultyJournal.MESSAGE);
    RawClient anew = RawClient.to(broker);
    anew.send(Packets.connect(5, "11 00 00 00 64").id("ending")).expectAccepted();
    Promise<Void> record = broker.journal().held();
    Path killed = image();
    record.complete();
    broker.close();
    broker = TestBroker.keeping(killed);
    inherits("other", "1", "2", "3");
    broker.close();
    broker = TestBroker.keeping(killed);
    assertThat(broker.kept().size()).isEqualTo(2);
  }

  @Test
  void nobodyWaitsUntilAllOfASessionIsPassedOn() throws Exception {
    leave(member("ending", NOT_PRESENT), 0);
    publish(1, "x");
    leave(member("other", NOT_PRESENT), 0);
    broker.journal().hold(FaultyJournal.MESSAGE);
    RawClient.v3(broker, "ending").close();
    Promise<Void> record = broker.journal().held();
    Path killed = image();
    record.complete();
    broker.close();
    broker = TestBroker.keeping(killed);
    inherits("other", "x");
    assertThat(broker.kept().size()).isEqualTo(1);
  }

  @Test
  void aSessionThatALaterOneReplacedIsPassedOnThoughItsEndIsNotOnDisk() throws Exception {
    leave(member("ending", NOT_PRESENT), 0);
    publish(1, "x");
    leave(member("other", NOT_PRESENT), 0);
    broker.journal().fail(FaultyJournal.MESSAGE);
    broker.journal().fail(FaultyJournal.SESSION_STATE);
    broker.journal().fail(FaultyJournal.SESSION_ENDED);
    RawClient refused = RawClient.to(broker).send(Packets.connect(4).id("ending"));
    refused.expect("20 02 00 03").expectClosed();
    broker.journal().heal();
    broker.journal().fail(FaultyJournal.SESSION_ENDED);
    returning("ending", NOT_PRESENT).close();
    broker.awaitConnections(0);
    Path killed = image();
    broker.close();
    broker = TestBroker.keeping(killed);
    inherits("other", "x");
    assertThat(broker.kept().size()).isEqualTo(2);
  }

  /** As often as the kill left it: at least once. */
  private void inherits(String id, String... payloads) throws Exception {
    Set<String> inherited = new TreeSet<>();
    try (RawClient back = returning(id, PRESENT)) {
      while (inherited.size() < payloads.length) {
        byte[] message = back.receiveBytes();
        inherited.add(new String(message, 7, message.length - 7));
        back.send(String.format("40 02 %02x %02x", message[5], message[6]));
      }
      assertThat(inherited).containsExactly(payloads);
    }
  }

  /** What a kill would leave. */
  private Path image() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("killed"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }

  @Test
  void bodiesThatAreOnDiskOnlyAreInheritedAsWell() throws Exception {
    broker.close();
    SessionOptions sessions = TestBroker.OPTIONS.sessions();
    broker =
        TestBroker.keeping(
            folder,
            TestBroker.OPTIONS,
            new KeepingOptions(sessions, 25_000, 64 << 20, 64 << 20, Duration.ofMillis(20)),
            new MovableClock());
    leave(member("ending", NOT_PRESENT), 0);
    for (int i = 0; i < 150; i++) publish(1, String.format("%03d", i));
    try (RawClient other = member("other", NOT_PRESENT)) {
      RawClient.v3(broker, "ending").close();
      for (int i = 0; i < 150; i++) {
        byte[] message = other.receiveBytes();
        assertThat(new String(message, 7, 3)).isEqualTo(String.format("%03d", i));
        other.send(String.format("40 02 %02x %02x", message[5], message[6]));
      }
    }
  }

  private RawClient member(String id, String answer) throws Exception {
    RawClient client = returning(id, answer);
    return client.send(Packets.subscribe(4, 1, GROUP, 2)).expect("90 03 00 01 02");
  }

  private RawClient returning(String id, String answer) throws IOException {
    return RawClient.to(broker).send(Packets.connect(4).onlyFlags(0).id(id)).expect(answer);
  }

  /** Without DISCONNECT; when this returns, the broker knows that so many others are left. */
  private void leave(RawClient client, int others) throws Exception {
    client.cut();
    broker.awaitConnections(others);
  }

  /** Succeeds when the broker has acknowledged. */
  private void publish(int qos, String payload) throws Exception {
    try (RawClient client = RawClient.v3(broker, "publisher")) {
      client.send(Packets.publish(4, qos << 1, "a", 1).raw(payload));
      client.expect(qos == 1 ? "40 02 00 01" : "50 02 00 01");
      if (qos == 2) client.send("62 02 00 01").expect("70 02 00 01");
    }
  }
}
