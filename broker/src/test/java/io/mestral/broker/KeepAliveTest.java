package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.conformance.Statement;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a client may be silent. */
class KeepAliveTest {
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
  @Statement("5.0 MQTT-3.2.2-22")
  void mqtt5_3_2_2_22_theServersKeepAliveIsTold() throws Exception {
    try (TestBroker limiting =
            TestBroker.start(Options.usual().maxKeepAlive(Duration.ofSeconds(30)).build());
        RawClient longer = RawClient.to(limiting).send(Packets.connect(5).id("a"));
        RawClient none = RawClient.to(limiting).send(Packets.connect(5, 0, "").id("b"));
        RawClient shorter = RawClient.to(limiting).send(Packets.connect(5, 20, "").id("c"))) {
      assertThat(longer.receive()).contains("13 00 1e");
      assertThat(none.receive()).contains("13 00 1e");
      assertThat(shorter.receive()).doesNotContain("13 00");
    }
  }

  @Test
  @Statement("5.0 MQTT-3.1.2-22")
  void mqtt5_3_1_2_22_aSilentClientIsCutAfterOneAndAHalfTimesItsKeepAlive() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      long start = System.nanoTime(); // when CONNACK is here, some of the time is gone
      client.send(Packets.connect(5, 1, "").id("abc")).expectAccepted();
      client.expectDisconnect(0x8D);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(Duration.ofMillis(1400));
    }
  }

  @Test
  void mqtt5_3_1_2_22_aClientThatOnlyDribblesIsCutToo() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, 1, "").id("abc")).expectAccepted();
      client.send("30 7f");
      Dribble dribble = new Dribble(client, 100, new byte[1]);
      client.expectDisconnect(0x8D);
      dribble.stop();
    }
  }

  @Test
  void aLargePacketOnItsWayGetsOneMoreWhile() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, 1, "").id("abc")).expectAccepted();
      long start = System.nanoTime();
      client.send("30 ff ff 3e"); // nearly a MiB that will not be complete
      Dribble dribble = new Dribble(client, 50, new byte[1000]);
      client.expectDisconnect(0x8D);
      dribble.stop();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(2900), Duration.ofSeconds(8));
    }
  }

  @Test
  void aLargePacketThatTakesLongerThanTheKeepAliveIsTaken() throws Exception {
    try (RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5, 1, "").id("abc")).expectAccepted();
      Buffer packet = Packets.publish(5, 0x02, "a", 1).raw(new byte[100_000]).bytes();
      client.send(packet.slice(0, 50_000));
      try (RawClient silent = RawClient.to(broker)) { // cut after the same 1.5 seconds
        silent.send(Packets.connect(5, 1, "").id("silent")).expectAccepted();
        silent.expectDisconnect(0x8D);
      }
      client.send(packet.slice(50_000, packet.length())).expect("40 03 00 01 10");
    }
  }

  /** Sends a piece of a packet again and again, until the broker has enough of it. */
  private static final class Dribble {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Dribble(RawClient client, long everyMillis, byte[] piece) {
      clock.scheduleAtFixedRate(
          () -> {
            try {
              client.send(Buffer.buffer(piece));
            } catch (IOException cut) {
              throw new UncheckedIOException(cut); // ends the schedule
            }
          },
          everyMillis,
          everyMillis,
          TimeUnit.MILLISECONDS);
    }

    void stop() {
      clock.shutdownNow();
    }
  }
}
