package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.TestBroker.People;
import io.mestral.broker.conformance.Statement;
import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody may subscribe to when that can be found out late, or not at once. */
class LateRightsTest {
  private static final Principal.User ADA = new Principal.User(new UserId(7), "ada", Role.CITIZEN);

  @TempDir Path folder;
  private final Store store = new Store();
  private TestBroker broker;

  /** A policy whose look-ups can be held back, and fail. */
  private static final class Store extends OpenPolicy {
    final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    final AtomicInteger failures = new AtomicInteger();
    volatile boolean holds;

    @Override
    public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
      if (failures.get() > 0 && failures.getAndDecrement() > 0)
        return Future.failedFuture("the store is full");
      boolean may = !forbidden.contains(filter.value());
      if (!holds) return Future.succeededFuture(may);
      Promise<Boolean> answer = Promise.promise();
      held.add(() -> answer.complete(may));
      return answer.future();
    }

    void answerNext() {
      await(() -> !held.isEmpty());
      held.remove().run();
    }
  }

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.keeping(folder, new People(List.of(ADA), store));
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void oneFilterAfterTheOtherIsLookedUp() throws Exception {
    leaveSubscribed("a", "b", "c");
    store.holds = true;
    broker.rights().review(ADA.name());
    for (int i = 0; i < 3; i++) {
      await(() -> !store.held.isEmpty());
      assertThat(store.held).hasSize(1);
      store.answerNext();
    }
  }

  @Test
  void nobodyIsSentAwayBecauseALookUpFailed() throws Exception {
    try (RawClient guilty = ada("guilty");
        RawClient innocent = ada("innocent")) {
      subscribe(guilty, "secret");
      subscribe(innocent, "open");
      store.forbidden.add("secret");
      store.failures.set(3);
      broker.rights().review(ADA.name());
      guilty.expectClosed();
      innocent.send("c0 00").expect("d0 00");
    }
  }

  @Test
  void aSessionLeftBehindIsLookedAtUntilItIsKnownWhatItMayHave() throws Exception {
    leaveSubscribed("secret");
    store.forbidden.add("secret");
    store.failures.set(3);
    broker.rights().review(ADA.name());
    await(() -> revoked() == 1);
  }

  @Test
  void soItIsAtTheStart() throws Exception {
    leaveSubscribed("secret");
    broker.close();
    store.forbidden.add("secret");
    store.failures.set(3);
    broker = TestBroker.keeping(folder, new People(List.of(ADA), store));
    await(() -> revoked() == 1);
  }

  @Test
  void whatChangesDuringAReviewIsLookedAtOnceMore() throws Exception {
    leaveSubscribed("secret", "other");
    store.holds = true;
    var rights = broker.rights();
    rights.review(ADA.name());
    await(() -> !store.held.isEmpty());
    store.forbidden.addAll(Set.of("secret", "other"));
    for (int i = 0; i < 10; i++) rights.review(ADA.name());
    assertThat(store.held).hasSize(1);
    store.holds = false;
    store.answerNext();
    await(() -> revoked() == 2);
  }

  @Test
  void aClientThatComesBackWaitsNoLongerForItsRightsThanForItsAdmission() throws Exception {
    leaveSubscribed("a");
    broker.close();
    broker =
        TestBroker.keeping(
            folder,
            Options.usual().connectTimeout(Duration.ofMillis(300)).build(),
            new People(List.of(ADA), store));
    store.holds = true;
    try (RawClient back = RawClient.to(broker)) {
      back.send(Packets.connect(4).onlyFlags(0x80).id("phone").text("ada")).expect("20 02 00 03");
    }
    store.holds = false;
    try (RawClient back = RawClient.to(broker)) {
      back.send(Packets.connect(4).onlyFlags(0x80).id("phone").text("ada")).expect("20 02 01 00");
    }
  }

  @Test
  void whatIsGrantedOnAnOldAnswerIsLookedAtAgain() throws Exception {
    try (RawClient ada = ada("phone")) {
      store.holds = true;
      ada.send(Packets.subscribe(4, 1, "secret", 1));
      await(() -> !store.held.isEmpty());
      store.holds = false;
      store.forbidden.add("secret");
      broker.rights().sendAway(whom -> false);
      broker.rights().review(ADA.name());
      store.answerNext();
      ada.expectClosed();
    }
  }

  @Test
  @Statement("3.1.1 MQTT-3.1.2-8")
  void theWillOfAClientThatMayDoLessIsPublished() throws Exception {
    try (RawClient ada = RawClient.to(broker)) {
      ada.send(Packets.connect(4).flags(0x84).id("willing").text("will").text("gone").text("ada"))
          .expect("20 02 00 00");
      try (RawClient hears = RawClient.v3(broker, "hears")) {
        hears.send(Packets.subscribe(4, 1, "will", 0)).expect("90 03 00 01 00");
        subscribe(ada, "secret");
        store.forbidden.add("secret");
        broker.rights().review(ADA.name());
        hears.expect("30 0a 00 04 77 69 6c 6c 67 6f 6e 65");
      }
    }
  }

  private void leaveSubscribed(String... filters) throws Exception {
    try (RawClient ada = ada("phone")) {
      for (String filter : filters) subscribe(ada, filter);
    }
    broker.awaitConnections(0);
  }

  private static void subscribe(RawClient client, String filter) throws IOException {
    client.send(Packets.subscribe(4, 1, filter, 1)).expect("90 03 00 01 01");
  }

  private RawClient ada(String id) throws IOException {
    return RawClient.to(broker)
        .send(Packets.connect(4).onlyFlags(0x80).id(id).text("ada"))
        .expect("20 02 00 00");
  }

  private long revoked() {
    return broker.events().stream()
        .map(BrokerEvent::text)
        .filter(text -> text.startsWith("no longer"))
        .count();
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 10 seconds").isLessThan(until);
      Thread.onSpinWait();
    }
  }
}
