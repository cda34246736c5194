package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.TestBroker.People;
import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.PublishRights;
import io.mestral.model.access.Role;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was granted once holds no longer than the right to it. */
class RightsReviewTest {
  private static final Principal.User ADA = new Principal.User(new UserId(7), "ada", Role.CITIZEN);
  private static final int WILL = 0x04 | 0x08; // at QoS 1

  @TempDir Path folder;
  private final List<Principal.User> known = new CopyOnWriteArrayList<>(List.of(ADA));
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
  private TestBroker broker;

  /** Everything but what is forbidden; strangers publish everywhere and retain nothing. */
  private final class Rules extends OpenPolicy {
    @Override
    public boolean mayPublish(Principal principal, Topic topic) {
      return principal.equals(Principal.ANONYMOUS) || !forbidden.contains(topic.value());
    }

    @Override
    public PublishRights rightsOf(Principal principal) {
      return new PublishRights() {
        @Override
        public Future<Boolean> mayPublish(Topic topic) {
          return PublishRights.decided(Rules.this.mayPublish(principal, topic));
        }

        @Override
        public boolean mayRetain(Topic topic) {
          return !principal.equals(Principal.ANONYMOUS);
        }
      };
    }

    @Override
    public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
      return Future.succeededFuture(!forbidden.contains(filter.value()));
    }
  }

  @BeforeEach
  void start() throws Exception {
    broker = TestBroker.keeping(folder, new People(known, new Rules()));
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void aSessionThatIsTakenUpAgainLosesWhatItsClientMayNotHaveAnyMore() throws Exception {
    leaveSubscribed("secret", "open");
    forbidden.add("secret");
    try (RawClient ada = ada(true)) {
      publish("secret");
      publish("open");
      ada.expect("32 09 00 04 6f 70 65 6e 00 01 78");
    }
    assertThat(revoked()).containsExactly("no longer allowed to subscribe to secret");
  }

  @Test
  void whatIsGoneStaysGoneAfterARestart() throws Exception {
    leaveSubscribed("secret", "open");
    forbidden.add("secret");
    ada(true).close();
    broker.awaitConnections(0);
    broker.close();
    forbidden.clear();
    broker = TestBroker.keeping(folder, new People(known, new Rules()));
    publish("secret");
    try (RawClient ada = ada(true)) {
      ada.expectNothing();
    }
  }

  @Test
  void aRevocationThatCouldNotBeWrittenIsWrittenLaterAndNotBlamedOnTheClient() throws Exception {
    leaveSubscribed("secret", "open");
    forbidden.add("secret");
    broker.journal().fail(FaultyJournal.UNSUBSCRIBED);
    try (RawClient ada = ada(true)) {
      ada.send(Packets.subscribe(4, 1, "other", 1)).expect("90 03 00 01 01");
    }
    broker.journal().hold(FaultyJournal.UNSUBSCRIBED);
    broker.journal().heal();
    Promise<Void> record = broker.journal().held();
    assertThat(record).as("the revocation is written again").isNotNull();
    record.complete();
    broker.awaitConnections(0);
    broker.close();
    forbidden.clear();
    broker = TestBroker.keeping(folder, new People(known, new Rules()));
    publish("secret");
    assertThat(broker.gauge("queue.messages")).isZero();
  }

  @Test
  void nothingMoreIsQueuedOnceTheRightIsGone() throws Exception {
    leaveSubscribed("secret", "open");
    forbidden.add("secret");
    broker.rights().review(ADA.name());
    awaitRevoked(1);
    publish("secret");
    assertThat(broker.gauge("queue.messages")).isZero();
  }

  @Test
  void aSessionOfNobodySubscribesToNothing() throws Exception {
    leaveSubscribed("secret", "open");
    known.clear();
    broker.rights().review(ADA.name());
    awaitRevoked(2);
  }

  @Test
  void rightsThatWentWhileTheBrokerWasDownAreFoundGoneAtItsStart() throws Exception {
    leaveSubscribed("secret", "open");
    broker.close();
    forbidden.add("secret");
    broker = TestBroker.keeping(folder, new People(known, new Rules()));
    awaitRevoked(1);
    publish("secret");
    assertThat(broker.gauge("queue.messages")).isZero();
  }

  @Test
  void aConnectedClientIsToldByBeingSentAway() throws Exception {
    try (RawClient kept = ada(false);
        RawClient passing = connected(Packets.connect(5).flags(0x80).id("other").text("ada"));
        RawClient innocent = connected(Packets.connect(5).flags(0x80).id("third").text("ada"))) {
      kept.send(Packets.subscribe(4, 1, "secret", 1)).expect("90 03 00 01 01");
      passing.send(Packets.subscribe(5, 1, "secret", 1)).expect("90 04 00 01 00 01");
      innocent.send(Packets.subscribe(5, 1, "open", 1)).expect("90 04 00 01 00 01");
      forbidden.add("secret");
      broker.rights().review(ADA.name());
      kept.expectClosed();
      passing.expectDisconnect(0x87);
      innocent.expectNothing();
    }
    broker.awaitConnections(0);
    publish("secret");
    assertThat(broker.gauge("queue.messages")).isZero();
  }

  @Test
  void clientsThatAreSentAwayLeaveNothingBehindThatTheyMayNotHave() throws Exception {
    RawClient ada = ada(false);
    ada.send(Packets.subscribe(4, 1, "secret", 1)).expect("90 03 00 01 01");
    forbidden.add("secret");
    broker.rights().sendAway(ADA::equals);
    broker.rights().review(ADA.name());
    ada.expectClosed();
    awaitRevoked(1);
    publish("secret");
    assertThat(broker.gauge("queue.messages")).isZero();
  }

  @Test
  void theWillOfAKeptSessionIsPublishedAndRemembered() throws Exception {
    leaveWill(0x20);
    assertThat(texts()).contains("will published to will");
  }

  @Test
  void theWillOfAKeptSessionIsHeldToWhatItsClientMayDoWhenItIsDue() throws Exception {
    RawClient ada = withWill(0x20, 10);
    ada.cut();
    broker.awaitConnections(0);
    broker.close();
    forbidden.add("will");
    broker = TestBroker.keeping(folder, new People(known, new Rules()));
    broker.clock().forward(Duration.ofSeconds(60));
    await(() -> texts().contains("1 of its messages refused: not authorized"));
    assertThat(broker.router().retained().count()).isZero();
  }

  @Test
  void whatStrangersPublishIsNotRetained() throws Exception {
    try (RawClient stranger = RawClient.v3(broker, "stranger");
        RawClient subscriber = RawClient.v3(broker, "subscriber")) {
      subscriber.send(Packets.subscribe(4, 1, "a", 1)).expect("90 03 00 01 01");
      stranger.send(Packets.publish(4, 0x03, "a", 1).raw("x")).expect("40 02 00 01");
      subscriber.expect("32 06 00 01 61 00 01 78");
    }
    assertThat(broker.router().retained().count()).isZero();
  }

  private void leaveWill(int retain) throws Exception {
    withWill(retain, 0).cut();
    broker.awaitConnections(0);
    await(() -> broker.router().retained().count() > 0);
  }

  private RawClient withWill(int retain, int delay) throws IOException {
    return connected(
        Packets.connect(5, "11 00 00 00 64")
            .onlyFlags(0x80 | WILL | retain)
            .id("will")
            .properties(String.format("18 00 00 00 %02x", delay))
            .text("will")
            .block((byte) 'x')
            .text("ada"));
  }

  private void leaveSubscribed(String... filters) throws Exception {
    try (RawClient ada = ada(false)) {
      for (int i = 0; i < filters.length; i++)
        ada.send(Packets.subscribe(4, i + 1, filters[i], 1))
            .expect(String.format("90 03 00 %02x 01", i + 1));
    }
    broker.awaitConnections(0);
  }

  private RawClient ada(boolean present) throws IOException {
    return RawClient.to(broker)
        .send(Packets.connect(4).onlyFlags(0x80).id("phone").text("ada"))
        .expect(present ? "20 02 01 00" : "20 02 00 00");
  }

  private RawClient connected(Packets connect) throws IOException {
    return RawClient.to(broker).send(connect).expectAccepted();
  }

  private void publish(String topic) throws Exception {
    try (RawClient publisher = RawClient.v3(broker, "publisher")) {
      publisher.send(Packets.publish(4, 0x02, topic, 1).raw("x")).expect("40 02 00 01");
    }
  }

  private void awaitRevoked(int number) {
    await(() -> revoked().size() >= number);
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("within 10 seconds").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private List<String> revoked() {
    return texts().stream().filter(text -> text.startsWith("no longer")).toList();
  }

  private List<String> texts() {
    return broker.events().stream().map(BrokerEvent::text).toList();
  }
}
