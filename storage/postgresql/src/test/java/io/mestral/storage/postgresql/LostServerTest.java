package io.mestral.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.config.PostgresOptions;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.mestral.storage.MetadataContract;
import io.mestral.storage.postgresql.client.Server;
import io.mestral.storage.postgresql.schema.ServerUnusable;
import io.mestral.storage.postgresql.server.Gate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that goes away, or falls silent, and comes back. */
class LostServerTest extends MetadataContract {
  private static final int LANES =
      PostgresOptions.DEFAULT_CONNECTIONS - PostgresOptions.DEFAULT_CONNECTIONS / 3;

  @RegisterExtension final FreshDatabase fresh = new FreshDatabase();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Gate gate;

  @Override
  protected Metadata open(Vertx vertx) {
    await(fresh.open(vertx).close());
    gate = await(Gate.to(vertx, fresh.database().server().port()));
    PostgresMetadata metadata =
        PostgresMetadata.open(vertx, fresh.database().optionsAt(gate.port()));
    metadata.measureIn(meters);
    return metadata;
  }

  @Test
  void aServerThatIsAwayIsSaidToBeAndUsedAgainWhenItIsBack() {
    User ada = addUser("ada");
    await(gate.shut());
    assertAway(metadata().users().find(ada.id()));
    assertAway(metadata().users().changePassword(ada.id(), "x", Optional.empty()));
    assertAway(metadata().check());
    assertThat(failureOf(metadata().check()))
        .hasMessageContaining("PostgreSQL at 127.0.0.1:" + gate.port());
    assertThat(meters.get("mestral.metadata.unanswered").functionCounter().count()).isEqualTo(4);
    await(gate.open());
    await(metadata().check());
    assertThat(await(metadata().users().find(ada.id()))).contains(ada);
    assertThat(await(metadata().users().passwordHash(ada.id()))).contains(HASH);
  }

  @Test
  void aSilentServerLeavesNobodyWithoutAnAnswer() {
    User ada = addUser("ada");
    gate.fallSilent();
    Future<?> read = metadata().users().find(ada.id());
    Future<?> write = metadata().users().changePassword(ada.id(), "first", Optional.empty());
    Future<?> behind = metadata().users().changePassword(ada.id(), "never", Optional.empty());
    assertAway(read);
    assertAway(write);
    assertAway(behind);
    gate.speakAgain();
    await(metadata().users().update(ada.id(), same -> same)); // all that was before it is over
    assertThat(await(metadata().users().passwordHash(ada.id())).orElseThrow()).isIn(HASH, "first");
    await(metadata().users().changePassword(ada.id(), "last", Optional.empty()));
    assertThat(await(metadata().users().passwordHash(ada.id()))).contains("last");
    assertThat(meters.get("mestral.metadata.waiting").tag("kind", "write").gauge().value())
        .isZero();
  }

  @Test
  void onlySoMuchWaitsAndNobodyTakesTheRoomOfAll() {
    User ada = addUser("ada");
    User grace = addUser("grace");
    gate.fallSilent();
    List<Future<?>> waiting = new ArrayList<>();
    for (int i = 0; i < Server.MAX_WRITES / LANES; i++)
      waiting.add(metadata().users().changePassword(ada.id(), "x", Optional.empty()));
    assertThat(waiting).noneMatch(Future::isComplete);
    Future<?> tooMuch = metadata().users().changePassword(ada.id(), "x", Optional.empty());
    assertThat(tooMuch.isComplete()).isTrue();
    assertAway(tooMuch);
    assertThat(meters.get("mestral.metadata.refused").functionCounter().count()).isEqualTo(1);
    Future<?> another = metadata().users().changePassword(grace.id(), "x", Optional.empty());
    assertThat(another.isComplete()).isFalse();
    gate.speakAgain();
    await(another);
  }

  @Test
  void connectionsThatNeverSpeakAgainAreGivenUpForNewOnes() {
    User ada = addUser("ada");
    PostgresMetadata impatient =
        PostgresMetadata.connected(
            vertx(), fresh.database().optionsAt(gate.port()), Duration.ofSeconds(1));
    await(impatient.users().changePassword(ada.id(), "first", Optional.empty()));
    await(impatient.users().find(ada.id()));
    gate.forgetThoseInside();
    Future<?> read = impatient.users().find(ada.id());
    Future<?> write = impatient.users().changePassword(ada.id(), "lost", Optional.empty());
    Future<?> behind = impatient.users().changePassword(ada.id(), "last", Optional.empty());
    assertAway(read);
    assertAway(write);
    await(behind);
    assertThat(await(impatient.users().passwordHash(ada.id()))).contains("last");
    gate.speakAgain();
    await(impatient.close());
  }

  @Test
  void aClosedStoreFinishesItsWritesAndTakesNoMore() {
    User ada = addUser("ada");
    Future<Void> written = Future.succeededFuture();
    for (int i = 0; i < 100; i++)
      written = metadata().users().changePassword(ada.id(), "number " + i, Optional.empty());
    Future<Void> last = written;
    await(metadata().close());
    assertThat(last.succeeded()).isTrue();
    assertAway(metadata().users().find(ada.id()));
    assertAway(metadata().users().changePassword(ada.id(), "x", Optional.empty()));
    Metadata next = fresh.open(vertx());
    assertThat(await(next.users().passwordHash(ada.id()))).contains("number 99");
    await(next.close());
  }

  @Test
  void aSilentServerIsNotWaitedForAtAStart() {
    gate.fallSilent();
    assertThatThrownBy(
            () -> PostgresMetadata.open(vertx(), fresh.database().optionsAt(gate.port())))
        .isInstanceOf(ServerUnusable.class)
        .hasMessageContaining("127.0.0.1:" + gate.port());
    gate.speakAgain();
  }

  @Test
  void aSilentServerKeepsNoNodeFromStopping() {
    User ada = addUser("ada");
    gate.fallSilent();
    Future<Void> write = metadata().users().changePassword(ada.id(), "x", Optional.empty());
    await(metadata().close());
    assertAway(write);
  }

  private static void assertAway(Future<?> future) {
    assertThat(Refusal.of(failureOf(future))).isEqualTo(Refusal.UNAVAILABLE);
  }
}
