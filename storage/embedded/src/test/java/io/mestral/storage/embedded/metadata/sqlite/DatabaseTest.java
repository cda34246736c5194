package io.mestral.storage.embedded.metadata.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.outcome.Refusal;
import io.mestral.storage.Conflict;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final String ADD = "INSERT INTO things (name) VALUES (?)";
  private static final String COUNT = "SELECT count(*) AS n FROM things";

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Database database;

  @BeforeEach
  void start() throws SQLException {
    Path file = folder.resolve("things.db");
    SqliteSession writer = SqliteSession.writing(file);
    writer.execute("CREATE TABLE things (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)");
    SqlFailures failures = new SqlFailures(Map.of("things.name", "thing"), damage -> {});
    database = Database.start(vertx, file, writer, failures);
  }

  @AfterEach
  void stop() {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void aFailingUnitInTheMiddleOfAGroupTakesOnlyItselfAway() {
    CountDownLatch together = new CountDownLatch(1);
    Future<Void> gate = hold(together);
    Future<Void> first = add("a");
    Future<Void> halfDone =
        database.write(
            session -> {
              session.change(ADD, "gone again");
              session.change(ADD, "a");
              return null;
            });
    Future<Void> thrown =
        database.write(
            session -> {
              session.change(ADD, "gone too");
              throw new IllegalStateException("on purpose");
            });
    Future<Void> last = add("b");
    together.countDown();
    await(gate);
    await(first);
    await(last);
    assertThat(failureOf(halfDone))
        .isInstanceOfSatisfying(
            Conflict.class, conflict -> assertThat(conflict.field()).isEqualTo("thing"));
    assertThat(failureOf(thrown)).isInstanceOf(IllegalStateException.class);
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void unitsThatWaitTogetherShareOneCommit() {
    CountDownLatch together = new CountDownLatch(1);
    Future<Void> gate = hold(together);
    List<Future<Long>> counts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String name = "thing " + i;
      counts.add(
          database.write(
              session -> {
                session.change(ADD, name);
                return committed();
              }));
    }
    together.countDown();
    await(gate);
    assertThat(counts).allSatisfy(count -> assertThat(await(count)).isZero());
    assertThat(committed()).isEqualTo(10);
  }

  @Test
  void aFullDiskFailsTheGroupAndNothingElse() {
    await(add("before"));
    Future<Void> squeeze = change("PRAGMA max_page_count = 1");
    await(squeeze);
    CountDownLatch together = new CountDownLatch(1);
    Future<Void> gate = hold(together);
    Future<Void> large = add("x".repeat(1 << 20));
    Future<Void> beside = add("beside");
    together.countDown();
    await(gate);
    assertThat(Refusal.of(failureOf(large))).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(Refusal.of(failureOf(beside))).isEqualTo(Refusal.UNAVAILABLE);
    await(change("PRAGMA max_page_count = 1000000"));
    await(add("after"));
    assertThat(names()).containsExactly("before", "after");
  }

  @Test
  void whatIsAnsweredIsAnsweredOnTheContextThatAsked() throws Exception {
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Context> seen = new CompletableFuture<>();
    context.runOnContext(
        turn -> add("a").onComplete(done -> seen.complete(Vertx.currentContext())));
    assertThat(seen.get(20, TimeUnit.SECONDS)).isSameAs(context);
  }

  @Test
  void aFullQueueSaysSoAtOnce() {
    CountDownLatch together = new CountDownLatch(1);
    hold(together);
    List<Future<Void>> taken = new ArrayList<>();
    for (int i = 0; i < Database.MAX_WRITES; i++) taken.add(add("thing " + i));
    Future<Void> refused = add("one too many");
    assertThat(refused.isComplete()).isTrue();
    assertThat(Refusal.of(refused.cause())).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(database.refused()).isEqualTo(1);
    together.countDown();
    await(Future.all(taken));
    assertThat(names()).hasSize(Database.MAX_WRITES);
    assertThat(database.waitingWrites()).isZero();
  }

  @Test
  void closingFinishesWhatWaitsAndRefusesTheRest() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    hold(together);
    Future<Void> waiting = add("waited");
    Future<Void> closed = database.close();
    AtomicReference<Throwable> late = new AtomicReference<>();
    await(database.read(s -> s.number(COUNT)).onFailure(late::set).otherwise(0L));
    assertThat(Refusal.of(late.get())).isEqualTo(Refusal.UNAVAILABLE);
    together.countDown();
    await(waiting);
    await(closed);
    assertThat(Refusal.of(failureOf(add("late")))).isEqualTo(Refusal.UNAVAILABLE);
    try (SqliteSession session = SqliteSession.reading(folder.resolve("things.db"))) {
      assertThat(session.number(COUNT)).isEqualTo(1);
    }
  }

  @Test
  void aReaderCannotWrite() {
    Future<Void> smuggled =
        database.read(
            session -> {
              session.change(ADD, "x");
              return null;
            });
    assertThatThrownBy(() -> await(smuggled)).hasMessageContaining("failed");
    assertThat(names()).isEmpty();
  }

  /** Occupies the writer, so that what comes now waits together. */
  private Future<Void> hold(CountDownLatch latch) {
    CountDownLatch entered = new CountDownLatch(1);
    Future<Void> gate =
        database.write(
            session -> {
              entered.countDown();
              waitFor(latch);
              return null;
            });
    waitFor(entered);
    return gate;
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private Future<Void> add(String name) {
    return database.write(
        session -> {
          session.change(ADD, name);
          return null;
        });
  }

  /** Settings of the writing connection, which a full database would not let a change through. */
  private Future<Void> change(String pragma) {
    return database.write(
        session -> {
          session.list(pragma, row -> row.number("max_page_count"));
          return null;
        });
  }

  /** As another connection sees it. */
  private long committed() {
    try (SqliteSession session = SqliteSession.reading(folder.resolve("things.db"))) {
      return session.number(COUNT);
    } catch (SQLException broken) {
      throw new AssertionError(broken);
    }
  }

  private List<String> names() {
    return await(
        database.read(
            session ->
                session.list("SELECT name FROM things ORDER BY id", row -> row.text("name"))));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new AssertionError("the future failed", failed);
    }
  }

  private static Throwable failureOf(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
      throw new AssertionError("should have failed");
    } catch (ExecutionException failed) {
      return failed.getCause();
    } catch (Exception endless) {
      throw new AssertionError("the future did not complete", endless);
    }
  }
}
