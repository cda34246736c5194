package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.conformance.Statement;
import io.mestral.model.access.Authenticator;
import io.mestral.model.access.Login;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends behind CONNECT without waiting for CONNACK, as MQTT allows (3.1.4). */
class EarlyPacketsTest {
  private static final int QOS1 = 0x02;
  private static final int WILL = 0x04;
  private static final int CREDENTIALS = 0xC0;

  private final BlockingQueue<Promise<Login>> decisions = new LinkedBlockingQueue<>();
  private final Keeper keeper = new Keeper();
  private final Keeper wills = new Keeper();
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    Authenticator thinking =
        credentials -> {
          Promise<Login> decision = Promise.promise();
          decisions.add(decision);
          return decision.future();
        };
    broker = TestBroker.start(thinking);
    broker.receive("a", keeper);
    broker.receive("will", wills);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void aReadingSentBeforeTheDecisionOutlivesItsConnection(int level) throws Exception {
    try (RawClient kit = RawClient.to(broker)) {
      kit.send(connect(level));
      kit.send(Packets.publish(level, 0, "a", -1).raw("one"));
      kit.send(Packets.publish(level, QOS1, "a", 1).raw("two").bytes());
      kit.send("E0 00");
    }
    theLoopsTurn();
    assertThat(keeper.messages).isEmpty();
    decision().complete(Login.ANONYMOUS);
    assertThat(keeper.next().payload()).hasToString("one");
    assertThat(keeper.next().payload()).hasToString("two");
    theLoopsTurn();
    assertThat(broker.sessions().size()).isZero();
    assertThat(wills.messages).isEmpty();
  }

  @Test
  void aConnectionCutBeforeTheDecisionLeavesItsReadingAndItsWill() throws Exception {
    try (RawClient kit = RawClient.to(broker)) {
      kit.send(connect(4).appendBuffer(Packets.publish(4, 0, "a", -1).raw("one").bytes()));
    }
    decision().complete(Login.ANONYMOUS);
    keeper.next();
    wills.next();
    theLoopsTurn();
    assertThat(broker.sessions().size()).isZero();
  }

  @Test
  @Statement("5.0 MQTT-3.1.4-6")
  void mqtt5_3_1_4_6_aReadingOfAClientThatIsRefusedIsDropped() throws Exception {
    try (RawClient kit = RawClient.to(broker)) {
      kit.send(connect(5).appendBuffer(Packets.publish(5, 0, "a", -1).raw("one").bytes()));
    }
    decision().fail(new RefusedException(Refusal.BAD_CREDENTIALS, ""));
    theLoopsTurn();
    theLoopsTurn();
    assertThat(keeper.messages).isEmpty();
    assertThat(wills.messages).isEmpty();
    assertThat(broker.count("connects", "result", "0x86")).isEqualTo(1);
  }

  /** Sockets go to the loops in turn, so every other take-over is one across loops. */
  @Test
  void readingsOfAKitThatComesAgainAndAgainAreAllTaken() throws Exception {
    try (TestBroker open = TestBroker.start()) {
      open.receive("a", keeper);
      for (int i = 0; i < 200; i++)
        try (RawClient kit = RawClient.to(open)) {
          kit.send(
              Packets.connect(4)
                  .id("kit")
                  .bytes()
                  .appendBuffer(Packets.publish(4, 0, "a", -1).raw("x").bytes()));
        }
      for (int i = 0; i < 200; i++) keeper.next();
    }
  }

  /** A third connection takes over from a second that still waits for the first to go. */
  @Test
  @Statement("3.1.1 MQTT-3.2.0-1")
  void nothingIsSentBeforeConnack() throws Exception {
    try (TestBroker open = TestBroker.start()) {
      open.receive("a", keeper);
      for (int i = 0; i < 200; i++)
        try (RawClient one = RawClient.to(open);
            RawClient two = RawClient.to(open)) {
          for (RawClient client : new RawClient[] {one, two})
            client.send(
                Packets.connect(4)
                    .id("kit")
                    .bytes()
                    .appendBuffer(Packets.publish(4, QOS1, "a", 7).raw("x").bytes()));
          keeper.next();
          keeper.next();
          assertThat(one.receiveOrEnd()).isIn("20 02 00 00", "");
          assertThat(two.receiveOrEnd()).isIn("20 02 00 00", "");
        }
    }
  }

  private static Buffer connect(int level) {
    Packets connect = Packets.connect(level).flags(CREDENTIALS | WILL).id("kit");
    if (level == 5) connect.properties("");
    return connect.text("will").text("gone").text("bea").text("secret").bytes();
  }

  private Promise<Login> decision() throws InterruptedException {
    Promise<Login> decision = decisions.poll(10, TimeUnit.SECONDS);
    assertThat(decision).as("a decision to make within 10 seconds").isNotNull();
    return decision;
  }

  /** A connection on each loop was served, so what was to come before that has come. */
  private void theLoopsTurn() throws Exception {
    for (int i = 0; i < 2; i++)
      try (RawClient client = RawClient.to(broker)) {
        client.send("10 02 00 00").expectClosed();
      }
  }
}
