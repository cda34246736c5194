package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.Receivers.SlowKeeper;
import io.mestral.model.outcome.Delivery;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A publisher that is faster than what keeps its messages is slowed down; nothing is dropped. */
class BackPressureTest {
  private static final int UNFINISHED = 1024;
  private static final int BURST = 3000;

  private final SlowKeeper keeper = new SlowKeeper();
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.start();
    broker.receive("a", keeper);
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void aBurstAtQos0IsTakenInPortionsAndWhole() throws Exception {
    try (RawClient kit = RawClient.v3(broker, "kit")) {
      kit.send(burst());
      List<Promise<Delivery>> first = next(UNFINISHED);
      RawClient.v3(broker, "other").expectNothing().close(); // the loops went on turning meanwhile
      assertThat(keeper.outcomes).isEmpty();
      assertThat(broker.count("paused")).isEqualTo(1);
      first.forEach(outcome -> outcome.complete(Delivery.DONE));
      for (int i = UNFINISHED; i < BURST; i++) keeper.next().complete(Delivery.DONE);
      kit.expectNothing();
      assertThat(broker.count("publishes.received")).isEqualTo(BURST);
    }
  }

  @Test
  void aPublisherWaitsForASubscriberThatIsSlowUntilItCaughtUp() throws Exception {
    try (TestBroker small = TestBroker.start(Options.usual().queueMaxBytes(10_000).build());
        RawClient slow = RawClient.to(small);
        RawClient fast = RawClient.v5(small, "fast")) {
      slow.send(Packets.connect(5, "21 00 01").id("slow")).expectAccepted();
      slow.send(Packets.subscribe(5, 1, "bulk", 1)).expect("90 04 00 01 00 01");
      fast.send(bulk(1)).expect("40 02 00 01");
      byte[] onItsWay = slow.receiveBytes();
      for (int id = 2; id <= 5; id++) fast.send(bulk(id)).expect("40 02 00 0" + id);
      fast.send(bulk(6)).expectNothing(); // five wait: more than half of the queue is full
      acknowledge(slow, onItsWay);
      for (int i = 0; i < 3; i++) acknowledge(slow, slow.receiveBytes());
      fast.expect("40 02 00 06");
    }
  }

  @Test
  void aPublisherWaitsForASubscriberThatIsStuckOnlyOnce() throws Exception {
    try (TestBroker small = TestBroker.start(Options.usual().queueMaxBytes(10_000).build());
        RawClient stuck = RawClient.to(small);
        RawClient fast = RawClient.v5(small, "fast")) {
      stuck.send(Packets.connect(5, "21 00 01").id("stuck")).expectAccepted();
      stuck.send(Packets.subscribe(5, 1, "bulk", 1)).expect("90 04 00 01 00 01");
      fast.send(bulk(1)).expect("40 02 00 01");
      stuck.receiveBytes();
      for (int id = 2; id <= 5; id++) fast.send(bulk(id)).expect("40 02 00 0" + id);
      fast.send(bulk(6)).expectNothing();
      fast.expect("40 02 00 06");
      long since = System.nanoTime();
      fast.send(bulk(7)).expect("40 02 00 07");
      assertThat(System.nanoTime() - since).isLessThan(1_000_000_000L);
    }
  }

  private static void acknowledge(RawClient client, byte[] publish) throws IOException {
    int id = 3 + 2 + "bulk".length(); // behind a header of three bytes and the topic
    client.send(Packets.of(0x40).raw(publish[id], publish[id + 1]));
  }

  private static Packets bulk(int id) {
    return Packets.publish(5, 0x02, "bulk", id).raw(new byte[1000]);
  }

  @Test
  void aBurstFromAKitThatLeavesAtOnceIsTakenWhole() throws Exception {
    try (RawClient kit = RawClient.v3(broker, "kit")) {
      kit.send(burst());
    }
    for (int i = 0; i < BURST; i++) keeper.next().complete(Delivery.DONE);
  }

  @Test
  void whatWaitsWhenAKitComesAgainIsNotLost() throws Exception {
    Keeper other = new Keeper();
    broker.receive("b", other);
    try (RawClient older = RawClient.v3(broker, "kit")) {
      older.send(burst().appendBuffer(Packets.publish(4, 0, "b", -1).raw("last").bytes()));
      next(UNFINISHED);
      try (RawClient newer = RawClient.v3(broker, "kit")) {
        newer.expectNothing();
        older.expectClosed();
        next(BURST - UNFINISHED);
        other.next();
      }
    }
  }

  @Test
  void aClientThatIsNotReadIsNotSilent() throws Exception {
    try (RawClient kit = RawClient.to(broker)) {
      kit.send(Packets.connect(4, 1, "").id("kit")).expect("20 02 00 00");
      kit.send(burst());
      List<Promise<Delivery>> first = next(UNFINISHED);
      try (RawClient silent = RawClient.to(broker)) { // cut after the same 1.5 seconds
        silent.send(Packets.connect(4, 1, "").id("silent")).expect("20 02 00 00");
        silent.expectClosed();
      }
      first.forEach(outcome -> outcome.complete(Delivery.DONE));
      for (int i = UNFINISHED; i < BURST; i++) keeper.next().complete(Delivery.DONE);
      kit.expectNothing();
    }
  }

  @Test
  void largeMessagesPauseByTheirBytes() throws Exception {
    try (RawClient kit = RawClient.v3(broker, "kit")) {
      byte[] large = new byte[1_000_000];
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                for (int id = 1; id <= 12; id++)
                  sendUnchecked(kit, Packets.publish(4, 2, "a", id).raw(large).bytes());
              });
      List<Promise<Delivery>> first = next(5); // more than four packets' worth
      RawClient.v3(broker, "other").expectNothing().close();
      assertThat(keeper.outcomes).isEmpty();
      first.forEach(outcome -> outcome.complete(Delivery.DONE));
      for (int i = 5; i < 12; i++) keeper.next().complete(Delivery.DONE);
      for (int id = 1; id <= 12; id++) kit.expect(String.format("40 02 00 %02x", id));
      sent.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClientThatDoesNotReadItsAnswersIsNotReadEither() throws Exception {
    int pings = 4_000_000;
    try (RawClient deaf = RawClient.narrow(broker)) {
      deaf.send(Packets.connect(4).id("deaf")).expect("20 02 00 00");
      byte[] portion = new byte[200_000];
      for (int i = 0; i < portion.length; i += 2) portion[i] = (byte) 0xC0;
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < pings * 2 / portion.length; i++)
                  sendUnchecked(deaf, Buffer.buffer(portion));
              });
      RawClient other = RawClient.v3(broker, "other");
      while (broker.count("paused") == 0) other.expectNothing();
      other.close();
      assertThat(sent).isNotDone();
      for (int i = 0; i < pings; i++) assertThat(deaf.receiveShort()).isEqualTo(0xD000);
      sent.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aClientThatNeverReadsIsCutLikeASilentOne() throws Exception {
    try (RawClient deaf = RawClient.narrow(broker)) {
      deaf.send(Packets.connect(4, 1, "").id("deaf")).expect("20 02 00 00");
      Buffer pings = Buffer.buffer();
      for (int i = 0; i < 100_000; i++) pings.appendBytes(new byte[] {(byte) 0xC0, 0});
      assertThatThrownBy(
              () -> {
                while (true) deaf.send(pings); // until it was cut
              })
          .isInstanceOf(SocketException.class);
    }
  }

  private static void sendUnchecked(RawClient client, Buffer bytes) {
    try {
      client.send(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Promise<Delivery>> next(int count) throws InterruptedException {
    List<Promise<Delivery>> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) outcomes.add(keeper.next());
    return outcomes;
  }

  private static Buffer burst() {
    Buffer burst = Buffer.buffer();
    Buffer one = Packets.publish(4, 0, "a", -1).raw("{t:2026-02-03T10:05:00Z,55:19.72}").bytes();
    for (int i = 0; i < BURST; i++) burst.appendBuffer(one);
    return burst;
  }
}
