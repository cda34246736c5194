package io.mestral.storage.embedded.metadata.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Conflict;
import io.mestral.storage.sql.AnyText;
import io.mestral.storage.sql.Many;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteEngineTest {
  private static final String ADD = "INSERT INTO things (name, noted) VALUES ($2, $1)";
  private static final String NAMES = "SELECT name FROM things ORDER BY id";

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Database database;
  private SqliteEngine engine;

  @BeforeEach
  void start() throws SQLException {
    Path file = folder.resolve("things.db");
    SqliteSession writer = SqliteSession.writing(file);
    writer.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE, noted INTEGER)");
    database = Database.start(vertx, file, writer, new SqlFailures(Map.of(), damage -> {}));
    engine = new SqliteEngine(database);
  }

  @AfterEach
  void stop() throws Exception {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void argumentsAreFoundByTheirNumberWhereverTheyStand() throws Exception {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    await(engine.write(0, session -> session.change(ADD, noon, new AnyText("a\0b"))));
    await(engine.write(0, session -> session.change(ADD, Optional.empty(), "c")));
    String twice = "SELECT name, noted FROM things WHERE name = $1 AND $1 <> $2";
    Future<Optional<Instant>> found =
        engine.read(
            session ->
                session
                    .first(twice, row -> row.optionalTime("noted"), "a\0b", "c")
                    .map(Optional::orElseThrow));
    assertThat(await(found)).contains(noon);
    assertThat(names()).containsExactly("a\0b", "c");
  }

  @Test
  void oneOfManyIsFoundWhateverStandsInATextOfThem() throws Exception {
    for (String name : List.of("a", "say \"b\"", "c"))
      await(engine.write(0, session -> session.change(ADD, 0, name)));
    String byId = NAMES.replace("ORDER", "WHERE " + engine.dialect().among("id", "$1") + " ORDER");
    String byName = byId.replace("WHERE id", "WHERE name");
    assertThat(list(byId, Many.ids(List.of(3L, 1L, 9L), id -> id))).containsExactly("a", "c");
    assertThat(list(byName, Many.texts(List.of("say \"b\"", "d")))).containsExactly("say \"b\"");
    assertThat(list(byId, Many.ids(List.<Long>of(), id -> id))).isEmpty();
  }

  @Test
  void aUnitThatFailsInTheMiddleLeavesNothingAndTellsWhy() throws Exception {
    await(engine.write(0, session -> session.change(ADD, 0, "a")));
    Future<Integer> taken =
        engine.write(
            0,
            session -> session.change(ADD, 0, "b").compose(added -> session.change(ADD, 0, "a")));
    assertThat(failureOf(taken)).isInstanceOf(Conflict.class);
    Future<Void> refused =
        engine.write(
            0,
            session ->
                session
                    .changeAll(ADD, List.of(new Object[] {0, "c"}, new Object[] {0, "d"}))
                    .map(
                        added -> {
                          throw new RefusedException(Refusal.QUOTA_EXCEEDED, "on purpose");
                        }));
    assertThat(Refusal.of(failureOf(refused))).isEqualTo(Refusal.QUOTA_EXCEEDED);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void aUnitThatWaitsForSomethingElseIsUndone() throws Exception {
    Promise<Void> never = Promise.promise();
    Future<Void> waiting =
        engine.write(0, session -> session.change(ADD, 0, "a").compose(added -> never.future()));
    assertThat(failureOf(waiting)).isInstanceOf(IllegalStateException.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void nobodyUsesASessionWhoseUnitIsOver() throws Exception {
    AtomicReference<Session> kept = new AtomicReference<>();
    await(
        engine.write(
            0,
            session -> {
              kept.set(session);
              return session.change(ADD, 0, "a");
            }));
    assertThat(failureOf(kept.get().change(ADD, 0, "b"))).isInstanceOf(IllegalStateException.class);
    assertThat(names()).containsExactly("a");
  }

  @Test
  void moreTextsThanAreKeptPreparedAreAnsweredAllTheSame() throws Exception {
    await(engine.write(0, session -> session.change(ADD, 0, "a")));
    for (int round = 0; round < 2; round++)
      for (int i = 0; i < 600; i++)
        assertThat(list("SELECT name FROM things WHERE id > -" + i)).containsExactly("a");
  }

  @Test
  void aColumnThatIsNotThereFailsTheUnitAsTheEngineWould() {
    Function<Row, Long> wrong = row -> row.number("nobody");
    assertThat(failureOf(engine.read(session -> session.list("SELECT 1 AS n", wrong))))
        .isInstanceOf(SQLException.class);
  }

  private List<String> names() throws Exception {
    return list(NAMES);
  }

  private List<String> list(String sql, Object... arguments) throws Exception {
    return await(engine.read(session -> session.list(sql, row -> row.text("name"), arguments)));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static Throwable failureOf(Future<?> future) {
    try {
      await(future);
      throw new AssertionError("should have failed");
    } catch (ExecutionException failed) {
      return failed.getCause();
    } catch (Exception endless) {
      throw new AssertionError("the future did not complete", endless);
    }
  }
}
