package io.mestral.broker;

import static io.mestral.broker.FaultyJournal.RECEIPT_RELEASED;
import static io.mestral.broker.FaultyJournal.RECEIVED;
import static io.mestral.broker.FaultyJournal.SESSION_ENDED;
import static io.mestral.broker.FaultyJournal.SESSION_STATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.session.SessionKey;
import io.mestral.model.access.Principal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be written down is not believed, neither now nor after a restart. */
class FailedRecordsTest {
  private static final int QOS2 = 0x04;
  private static final int DUP = 0x08;
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
  void aReleaseThatFailedIsAskedForAgain() throws Exception {
    leaveSubscribed("sub");
    broker.journal().fail(RECEIPT_RELEASED);
    RawClient sender = client("pub", NOT_PRESENT);
    sender.send(Packets.publish(4, QOS2, "a", 7).raw("x")).expect("50 02 00 07");
    sender.send("62 02 00 07").expectClosed();
    broker.journal().heal();
    try (RawClient again = client("pub", PRESENT)) {
      again.send("62 02 00 07").expect("70 02 00 07");
    }
    broker.awaitConnections(0);
    restart(image("image"));
    try (RawClient again = client("pub", PRESENT)) {
      again.send(Packets.publish(4, QOS2, "a", 7).raw("y")).expect("50 02 00 07");
    }
    try (RawClient receiver = client("sub", PRESENT)) {
      receiver.expect("34 06 00 01 61 00 01 78").expect("34 06 00 01 61 00 02 79");
    }
  }

  @Test
  void aRepetitionIsKnownAfterAReleaseThatFailed() throws Exception {
    leaveSubscribed("sub");
    broker.journal().fail(RECEIPT_RELEASED);
    RawClient sender = client("pub", NOT_PRESENT);
    sender.send(Packets.publish(4, QOS2, "a", 7).raw("x")).expect("50 02 00 07");
    sender.send("62 02 00 07").expectClosed();
    try (RawClient again = client("pub", PRESENT)) {
      again.send(Packets.publish(4, QOS2 | DUP, "a", 7).raw("x")).expect("50 02 00 07");
    }
    try (RawClient receiver = client("sub", PRESENT)) {
      receiver.expect("34 06 00 01 61 00 01 78").expectNothing();
    }
  }

  @Test
  void aSessionWhoseEndFailedDoesNotTakeThePlaceOfTheNextOne() throws Exception {
    leaveSubscribed("sub");
    broker.journal().fail(SESSION_ENDED);
    RawClient clean = RawClient.to(broker).send(Packets.connect(4).id("sub"));
    clean.expect("20 02 00 03").expectClosed();
    client("sub", NOT_PRESENT).close(); // a new one, without subscriptions
    broker.awaitConnections(0);
    restart(image("image"));
    assertThat(broker.kept().size()).isEqualTo(1);
    publish("x");
    client("sub", PRESENT).expectNothing().close();
    restart(image("image", "again"));
    publish("x");
    client("sub", PRESENT).expectNothing().close();
  }

  @Test
  void theEndOfASessionIsWrittenWhenThatIsPossibleAgain() throws Exception {
    leaveSubscribed("sub");
    broker.journal().fail(SESSION_ENDED);
    RawClient clean = RawClient.to(broker).send(Packets.connect(4).id("sub"));
    clean.expect("20 02 00 03").expectClosed();
    broker.journal().heal();
    broker.journal().hold(SESSION_ENDED);
    broker.journal().held().complete();
    broker.close();
    broker = TestBroker.keeping(folder.resolve("first"));
    assertThat(broker.kept().size()).isZero();
  }

  @Test
  void aWillThatWasTakenAlongIsNotPublishedAfterARestartThoughTheDiskWasFull() throws Exception {
    leaveSubscribed("sub");
    RawClient willing = withWill("willing", "gone");
    RawClient killed = withWill("killed", "due");
    broker.journal().fill();
    willing.send("e0 00").expectClosed();
    broker.awaitConnections(1);
    broker.journal().heal();
    restartWithoutWillsBut(killed);
  }

  @Test
  void aStateThatCouldNotBeWrittenIsWrittenWhenThatIsPossibleAgain() throws Exception {
    leaveSubscribed("sub");
    RawClient willing = withWill("willing", "gone");
    RawClient killed = withWill("killed", "due");
    broker.journal().fail(SESSION_STATE);
    willing.send("e0 00").expectClosed();
    broker.awaitConnections(1);
    broker.journal().hold(SESSION_STATE, "willing");
    broker.journal().heal();
    Promise<Void> record = broker.journal().held();
    assertThat(record).as("the state is written again").isNotNull();
    record.complete();
    restartWithoutWillsBut(killed);
  }

  /** Of all wills only that of the client that was here when the node was killed is published. */
  private void restartWithoutWillsBut(RawClient killed) throws Exception {
    publish("before");
    restart(image("image"));
    killed.close();
    try (RawClient receiver = client("sub", PRESENT)) {
      receiver.expect("34 0b 00 01 61 00 01 62 65 66 6f 72 65");
      receiver.expect("32 08 00 01 61 00 02 64 75 65");
      publish("x");
      receiver.expect("34 06 00 01 61 00 03 78");
    }
  }

  private RawClient withWill(String id, String payload) throws IOException {
    Packets connect = Packets.connect(4).onlyFlags(0x0C).id(id).text("a").text(payload);
    return RawClient.to(broker).send(connect).expect(NOT_PRESENT);
  }

  @Test
  void anAnswerThatCouldNotBeWrittenLeavesTheOrderAsItIs() throws Exception {
    leaveSubscribed("sub");
    for (String payload : new String[] {"1", "2", "3"}) publish(payload);
    RawClient client = client("sub", PRESENT);
    for (int i = 1; i <= 3; i++) client.expect("34 06 00 01 61 00 0" + i + " 3" + i);
    broker.journal().fail(RECEIVED);
    client.send("50 02 00 02").expectClosed();
    broker.awaitConnections(0);
    broker.journal().heal();
    try (RawClient again = client("sub", PRESENT)) {
      for (int i = 1; i <= 3; i++) again.expect("3c 06 00 01 61 00 0" + i + " 3" + i);
      again.expectNothing();
    }
  }

  @Test
  void anAnswerThatFailsWhenItsClientIsGoneLeavesTheOrderAsItIs() throws Exception {
    leaveSubscribed("sub");
    for (String payload : new String[] {"1", "2", "3"}) publish(payload);
    RawClient client = client("sub", PRESENT);
    for (int i = 1; i <= 3; i++) client.expect("34 06 00 01 61 00 0" + i + " 3" + i);
    broker.journal().hold(RECEIVED);
    client.send("50 02 00 02");
    Promise<Void> record = broker.journal().held();
    client.cut();
    broker.awaitConnections(0);
    record.fail("the disk fails");
    try (RawClient again = client("sub", PRESENT)) {
      for (int i = 1; i <= 3; i++) again.expect("3c 06 00 01 61 00 0" + i + " 3" + i);
      again.expectNothing();
    }
  }

  @Test
  void aSessionIsNotSaidToBeDiscardedBeforeThatIsOnDisk() throws Exception {
    leaveSubscribed("sub");
    SessionKey key = new SessionKey(Principal.ANONYMOUS.name(), "sub");
    broker.journal().hold(SESSION_ENDED);
    Future<OptionalInt> discarded = broker.sessions().store().discard(key);
    Promise<Void> record = broker.journal().held();
    assertThat(discarded.isComplete()).isFalse();
    record.complete();
    assertThat(discarded.await(10, TimeUnit.SECONDS)).hasValue(0);
    restart(image("image"));
    client("sub", NOT_PRESENT).close();
  }

  @Test
  void aSessionWhoseClientIsHereIsDiscardedThoughTheNodeDiesFirst() throws Exception {
    try (RawClient client = client("sub", NOT_PRESENT)) {
      client.send(Packets.subscribe(4, 1, "a", 2)).expect("90 03 00 01 02");
      SessionKey key = new SessionKey(Principal.ANONYMOUS.name(), "sub");
      assertThat(broker.sessions().store().discard(key).await(10, TimeUnit.SECONDS)).hasValue(0);
      Path left = image("image");
      restart(left);
    }
    client("sub", NOT_PRESENT).close();
  }

  private void leaveSubscribed(String id) throws Exception {
    try (RawClient client = client(id, NOT_PRESENT)) {
      client.send(Packets.subscribe(4, 1, "a", 2)).expect("90 03 00 01 02");
    }
    broker.awaitConnections(0);
  }

  private RawClient client(String id, String answer) throws IOException {
    return RawClient.to(broker).send(Packets.connect(4).onlyFlags(0).id(id)).expect(answer);
  }

  /** Succeeds when the broker has acknowledged. */
  private void publish(String payload) throws Exception {
    try (RawClient client = RawClient.v3(broker, "publisher")) {
      client.send(Packets.publish(4, QOS2, "a", 1).raw(payload)).expect("50 02 00 01");
      client.send("62 02 00 01").expect("70 02 00 01");
    }
  }

  /** What a kill would leave. */
  private Path image(String name) throws IOException {
    return image("first", name);
  }

  private Path image(String from, String to) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(to));
    try (Stream<Path> files = Files.list(folder.resolve(from))) {
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
