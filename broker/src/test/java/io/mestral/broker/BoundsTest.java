package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Delivery;
import io.mestral.routing.Subscriber;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one client, or all of them together, may take of the broker. */
class BoundsTest {
  private static final int QOS1 = 0x02;

  @Test
  void oneClientTooManyIsToldThatThereIsNoRoom() throws Exception {
    try (TestBroker small = TestBroker.start(Options.usual().maxConnections(2).build());
        RawClient one = RawClient.v5(small, "one");
        RawClient two = RawClient.v3(small, "two")) {
      try (RawClient five = RawClient.to(small).send(Packets.connect(5).id("five"))) {
        five.expectTurnedAway(0x97);
      }
      try (RawClient four = RawClient.to(small).send(Packets.connect(4).id("four"))) {
        four.expect("20 02 00 03").expectClosed();
      }
      assertThat(small.count("connects", "result", "0x97")).isEqualTo(2);
      one.expectNothing();
      two.expectNothing();
    }
  }

  @Test
  void whoLeavesMakesRoom() throws Exception {
    try (TestBroker small = TestBroker.start(Options.usual().maxConnections(1).build())) {
      for (int round = 0; round < 3; round++)
        try (RawClient client = RawClient.v3(small, "client" + round)) {
          client.send("e0 00").expectClosed();
        }
      try (RawClient refused = RawClient.to(small).send("30 00")) {
        refused.expectClosed(); // was nobody's client, and leaves no place to give back
      }
      try (RawClient last = RawClient.v3(small, "last")) {
        last.expectNothing();
        try (RawClient more = RawClient.to(small).send(Packets.connect(5).id("more"))) {
          more.expectTurnedAway(0x97);
        }
      }
    }
  }

  @Test
  void socketsThatSayNothingTakeNoClientsPlace() throws Exception {
    try (TestBroker small = TestBroker.start(Options.usual().maxConnections(1).build())) {
      List<RawClient> silent = new ArrayList<>();
      for (int i = 0; i < 64; i++) silent.add(RawClient.to(small));
      try (RawClient client = RawClient.v3(small, "client")) {
        client.expectNothing();
        try (RawClient tooMany = RawClient.to(small)) {
          tooMany.expectClosed();
        }
        assertThat(small.count("disconnects", "reason", "no room")).isEqualTo(1);
      }
      for (RawClient client : silent) client.close();
    }
  }

  @Test
  void whoSendsTooFastIsReadMoreSlowly() throws Exception {
    Keeper keeper = new Keeper();
    try (TestBroker slow = TestBroker.start(Options.usual().maxRate(50).build());
        RawClient client = RawClient.v3(slow, "pub")) {
      slow.receive("a", keeper);
      long start = System.nanoTime();
      Buffer burst = Buffer.buffer();
      for (int i = 0; i < 100; i++)
        burst.appendBuffer(Packets.publish(4, 0, "a", -1).raw("" + i).bytes());
      client.send(burst).expectNothing(); // nothing is lost, and the order is kept
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(950), Duration.ofSeconds(8));
      for (int i = 0; i < 100; i++)
        assertThat(keeper.next().payload().toString()).isEqualTo("" + i);
      assertThat(slow.count("paused")).isPositive();
    }
  }

  @Test
  void whoKeepsThePaceIsNotSlowedDown() throws Exception {
    try (TestBroker slow = TestBroker.start(Options.usual().maxRate(1000).build());
        RawClient client = RawClient.v3(slow, "pub")) {
      for (int i = 1; i <= 300; i++)
        client.send(Packets.publish(4, QOS1, "a", i).raw("x")).receive();
      assertThat(slow.count("paused")).isZero();
    }
  }

  @Test
  void whoIsSlowedDownIsNotTakenForDead() throws Exception {
    try (TestBroker slow = TestBroker.start(Options.usual().maxRate(2).build());
        RawClient client = RawClient.to(slow)) {
      client.send(Packets.connect(4, 1, "").id("pub")).expect("20 02 00 00");
      Buffer burst = Buffer.buffer();
      for (int i = 0; i < 8; i++) burst.appendBuffer(Packets.publish(4, 0, "a", -1).bytes());
      client.send(burst).expectNothing(); // 10 packets: at least 4 seconds, keep-alive 1
    }
  }

  /**
   * Much that one client sent waits in the kernel while the event loop is busy; another one, on the
   * same event loop, has its turn before half of that is done.
   */
  @Test
  void aFloodDoesNotKeepTheOthersWaiting() throws Exception {
    int messages = 400;
    Gate first = new Gate(1);
    Gate middle = new Gate(messages / 2);
    try (TestBroker broker = TestBroker.start();
        RawClient flooding = RawClient.v3(broker, "flooding");
        RawClient elsewhere = RawClient.v3(broker, "elsewhere");
        RawClient quiet = RawClient.v3(broker, "quiet")) { // sockets go to the loops in turn
      elsewhere.expectNothing();
      broker.receive("flood", first);
      broker.receive("flood", middle);
      flooding.send(Packets.publish(4, 0, "flood", -1));
      first.await();
      Buffer flood = Buffer.buffer();
      for (int i = 0; i < messages; i++)
        flood.appendBuffer(Packets.publish(4, 0, "flood", -1).raw(new byte[100]).bytes());
      flooding.send(flood);
      quiet.send("C0 00");
      first.open();
      quiet.expect("D0 00");
      middle.await();
      middle.open();
      flooding.expectNothing();
    }
  }

  /** Holds up the event loop at one message. */
  private static final class Gate implements Subscriber {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private int before;

    Gate(int message) {
      before = message;
    }

    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      if (--before == 0) {
        reached.countDown();
        passed(open);
      }
      return Future.succeededFuture(Delivery.DONE);
    }

    void await() {
      passed(reached);
    }

    void open() {
      open.countDown();
    }

    private static void passed(CountDownLatch latch) {
      try {
        assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue(); // a client waits for 10
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
