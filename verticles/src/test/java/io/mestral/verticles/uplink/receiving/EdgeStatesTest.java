package io.mestral.verticles.uplink.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.GatewayId;
import io.mestral.model.UserId;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.model.platform.Gateway;
import io.mestral.model.platform.User;
import io.mestral.routing.Keeper;
import io.mestral.routing.Origin;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.routing.retained.RetainedMessages;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.uplink.state.EdgeStanding;
import io.mestral.verticles.uplink.state.StateFormat;
import io.mestral.verticles.uplink.state.StateMessage;
import io.mestral.verticles.uplink.state.StateRecord;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an edge is told, and when. */
class EdgeStatesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Clock clock = Clock.systemUTC();
  private final Router router = new Router(new RetainedMessages(1 << 20, clock), Keeper.NONE);
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private EmbeddedMetadata metadata;
  private User ada;

  /** A message on its way to the edge, and what says what became of it. */
  private record Told(StateMessage message, Promise<Delivery> fate) {}

  private final class Wire implements Subscriber {
    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      try {
        Promise<Delivery> fate = Promise.promise();
        told.add(new Told(StateFormat.read(publish.payload()).message(), fate));
        return fate.future();
      } catch (Exception broken) {
        throw new AssertionError(broken);
      }
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @BeforeEach
  void open() {
    metadata = EmbeddedMetadata.open(vertx, folder, clock);
    User draft =
        new User(
            new UserId(0),
            UUID.randomUUID(),
            "ada",
            "ada@example.org",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "0123456789abcdef0123456789abcdef01234567",
            NOON,
            NOON);
    ada = await(metadata.users().add(draft, "hash"));
    Gateway hill = new Gateway(new GatewayId(0), "hill", "urn:x:hill", ada.id(), NOON, NOON);
    await(metadata.gateways().add(hill, "hash"));
    router.subscribe(
        new Wire(),
        new TopicFilter(EdgeTopic.all(Direction.DOWN, EdgeTopic.STATE)),
        Subscription.at(QoS.AT_LEAST_ONCE));
    await(
        vertx.deployVerticle(
            new EdgeStates(metadata, new TokenVault(new byte[32]), router, clock)));
  }

  @AfterEach
  void close() {
    await(metadata.close());
    await(vertx.close());
  }

  private void say(long number, String digest, Long left) {
    String topic = new EdgeTopic("hill", Direction.UP, EdgeTopic.STATE).text();
    EdgeStanding standing = new EdgeStanding(number, digest, Optional.ofNullable(left));
    await(
        router.route(
            Publish.of(new Topic(topic), standing.written(), QoS.AT_LEAST_ONCE), Origin.NOBODY));
  }

  private Told next() throws InterruptedException {
    Told next = told.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("something is told").isNotNull();
    return next;
  }

  private void changeAda(String name) {
    await(
        metadata
            .users()
            .update(
                ada.id(),
                one ->
                    new User(
                        one.id(),
                        one.uuid(),
                        name,
                        one.email(),
                        one.roleMask(),
                        one.city(),
                        one.countryCode(),
                        one.url(),
                        one.legacyApiKey(),
                        one.createdAt(),
                        one.updatedAt())));
    LocalBus.of(vertx).tell(Addresses.USER_CHANGED, ada.id());
  }

  @Test
  void firstAllIsToldAndThenWhatChanges() throws Exception {
    say(0, StateRecord.digest(Map.of()), null);
    Told whole = next();
    whole.fate().complete(Delivery.DONE);
    assertThat(whole.message().from()).isEmpty();
    assertThat(whole.message().number()).isEqualTo(1);
    assertThat(whole.message().records())
        .extracting(one -> one.name().kind())
        .contains("user", "sensor", "measurement", "numbers");
    say(1, whole.message().to(), 1_000L);
    changeAda("eve");
    Told part = next();
    part.fate().complete(Delivery.DONE);
    assertThat(part.message().from()).contains(whole.message().to());
    assertThat(part.message().records()).hasSize(1);
    assertThat(part.message().records().get(0).body()).contains("\"username\":\"eve\"");
    say(2, part.message().to(), 1_000L);
    say(2, part.message().to(), 1_000L);
    assertThat(told.poll(300, TimeUnit.MILLISECONDS)).as("it has everything").isNull();
  }

  @Test
  void anEdgeThatIsBackBeforeALossIsNoticedStaysKnown() throws Exception {
    say(7, "what it had", 1_000L);
    Told lost = next();
    say(7, "what it had", 1_000L); // over another connection
    Told again = next();
    again.fate().complete(Delivery.DONE);
    say(again.message().number(), again.message().to(), 1_000L);
    lost.fate().complete(new Delivery.Refused(Refusal.UNAVAILABLE, "the connection is gone"));
    changeAda("eve");
    Told change = next();
    change.fate().complete(Delivery.DONE);
    assertThat(change.message().from()).contains(again.message().to());
  }

  @Test
  void anEdgeThatIsGoneIsToldNothing() throws Exception {
    say(7, "what it had", 1_000L);
    next().fate().complete(new Delivery.Refused(Refusal.UNAVAILABLE, "nobody is there"));
    changeAda("eve");
    assertThat(told.poll(300, TimeUnit.MILLISECONDS)).isNull();
    say(7, "what it had", 1_000L);
    assertThat(next().message().records()).anyMatch(one -> one.body().contains("\"eve\""));
  }
}
