package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Topic;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether somebody who wants a topic is here, however they came and went. */
class AwaitedTest {
  private static final String NEW = "20 02 00 00";
  private static final String PRESENT = "20 02 01 00";

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
  void whoStartsCleanIsAwaitingFromSubackToUnsuback() throws Exception {
    try (RawClient gateway = RawClient.v5(broker, "gateway")) {
      assertThat(isAwaited()).isFalse();
      gateway.send(Packets.subscribe(5, 1, "+/b", 1)).expect("90 04 00 01 00 01");
      assertThat(isAwaited()).isTrue();
      gateway.send(Packets.unsubscribe(5, 2, "+/b")).expect("b0 04 00 02 00 00");
      assertThat(isAwaited()).isFalse();
      gateway.send(Packets.subscribe(5, 3, "a/b", 1)).expect("90 04 00 03 00 01");
      assertThat(isAwaited()).isTrue();
      gateway.cut();
      broker.awaitConnections(0);
      assertThat(isAwaited()).isFalse();
    }
  }

  @Test
  void whoComesBackIsAwaitingWithoutSubscribingAgain() throws Exception {
    RawClient gateway = connect(NEW);
    gateway.send(Packets.subscribe(4, 1, "a/b", 1)).expect("90 03 00 01 01");
    assertThat(isAwaited()).isTrue();
    gateway.cut();
    broker.awaitConnections(0);
    assertThat(isAwaited()).isFalse();
    connect(PRESENT).cut();
    broker.awaitConnections(0);
    assertThat(isAwaited()).isFalse();
    broker.close();
    broker = TestBroker.keeping(folder);
    assertThat(isAwaited()).isFalse();
    try (RawClient back = connect(PRESENT)) {
      back.expectNothing();
      assertThat(isAwaited()).isTrue();
    }
  }

  @Test
  void whoTakesASessionOverIsAwaitingInItsPlace() throws Exception {
    RawClient older = connect(NEW);
    older.send(Packets.subscribe(4, 1, "a/b", 1)).expect("90 03 00 01 01");
    try (RawClient newer = connect(PRESENT)) {
      older.expectClosed();
      assertThat(isAwaited()).isTrue();
      newer.send(Packets.unsubscribe(4, 2, "a/b")).expect("b0 02 00 02");
      assertThat(isAwaited()).isFalse();
    }
  }

  @Test
  void whoTakesAPlaceAndStartsCleanIsNotAwaitingBeforeItSubscribes() throws Exception {
    RawClient older = connect(NEW);
    older.send(Packets.subscribe(4, 1, "a/b", 1)).expect("90 03 00 01 01");
    try (RawClient newer = RawClient.v3(broker, "gateway")) {
      assertThat(isAwaited()).isFalse();
      newer.send(Packets.subscribe(4, 1, "a/b", 1)).expect("90 03 00 01 01");
      assertThat(isAwaited()).isTrue();
    }
  }

  @Test
  void aGroupIsAwaitingWhileAnyMemberIsHere() throws Exception {
    RawClient away = connect(NEW);
    away.send(Packets.subscribe(4, 1, "$share/g/a/b", 1)).expect("90 03 00 01 01");
    assertThat(isAwaited()).isTrue();
    away.cut();
    broker.awaitConnections(0);
    assertThat(isAwaited()).isFalse();
    try (RawClient here = RawClient.v3(broker, "here")) {
      here.send(Packets.subscribe(4, 1, "$share/g/a/b", 1)).expect("90 03 00 01 01");
      assertThat(isAwaited()).isTrue();
    }
  }

  private boolean isAwaited() {
    return broker.router().isAwaited(new Topic("a/b"), Principal.ANONYMOUS.name());
  }

  private RawClient connect(String answer) throws Exception {
    return RawClient.to(broker).send(Packets.connect(4).onlyFlags(0).id("gateway")).expect(answer);
  }
}
