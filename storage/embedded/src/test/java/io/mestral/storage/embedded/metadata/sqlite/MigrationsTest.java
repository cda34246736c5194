package io.mestral.storage.embedded.metadata.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final Step FIRST =
      new Step(1, "first", "CREATE TABLE a (x TEXT) STRICT; CREATE INDEX a_x ON a (x);");
  private static final Step SECOND = new Step(2, "second", "ALTER TABLE a ADD COLUMN y TEXT;");
  private static final Step BROKEN =
      new Step(3, "broken", "CREATE TABLE b (x TEXT); INSERT INTO nowhere VALUES (1);");
  private static final Migrations.Seed SEED =
      session -> session.change("INSERT INTO a (x) VALUES (?)", "seed");

  @TempDir Path folder;
  private SqliteSession session;

  @BeforeEach
  void open() throws SQLException {
    session = SqliteSession.writing(folder.resolve("a.db"));
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
  }

  @Test
  void stepsRunOnceInTheirOrderAndTheSeedWithTheFirst() throws SQLException {
    assertThat(run(FIRST)).containsExactly(1);
    assertThat(run(FIRST)).isEmpty();
    assertThat(run(FIRST, SECOND)).containsExactly(2);
    assertThat(session.number("SELECT count(*) AS n FROM a WHERE x = 'seed' AND y IS NULL"))
        .isEqualTo(1);
    assertThat(
            session.list(
                "SELECT * FROM schema_steps ORDER BY number",
                row ->
                    row.number("number") + " " + row.text("name") + " " + row.time("applied_at")))
        .containsExactly("1 first " + NOON, "2 second " + NOON);
  }

  @Test
  void aStepThatFailsLeavesTheSchemaAsItWas() throws SQLException {
    run(FIRST);
    assertThatThrownBy(() -> run(FIRST, SECOND, BROKEN)).isInstanceOf(SQLException.class);
    assertThat(session.number("SELECT count(*) AS n FROM schema_steps")).isEqualTo(1);
    assertThat(session.number("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'b'")).isZero();
    assertThat(run(FIRST, SECOND)).containsExactly(2);
  }

  @Test
  void aDatabaseFromTheFutureIsRefusedAndNamed() throws SQLException {
    run(FIRST, SECOND);
    assertThatThrownBy(() -> run(FIRST))
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining("newer")
        .hasMessageContaining("step 2 (second)");
  }

  @Test
  void aStepThatIsNotTheOneItWasIsRefused() throws SQLException {
    run(FIRST);
    Step edited = new Step(1, "first", FIRST.sql() + " -- a late idea");
    assertThatThrownBy(() -> run(edited))
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining("another step 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checksum = 'g' || substr(checksum, 2)",
        "name = 'fist'",
        "number = 66",
        "number = 66, checksum = substr(checksum, 1, 63) || '~'"
      })
  void aRecordThatIsNearlyRightIsDamagedAndMended(String damage) throws SQLException {
    run(FIRST, SECOND);
    session.change("UPDATE schema_steps SET " + damage + " WHERE number = 2");
    assertThat(run(FIRST, SECOND)).isEmpty();
    assertThat(session.number("SELECT max(number) AS n FROM schema_steps")).isEqualTo(2);
    assertThat(run(FIRST, SECOND)).isEmpty();
  }

  @Test
  void stepsAreNumberedWithoutGaps() {
    assertThatThrownBy(() -> new Migrations(List.of(FIRST, BROKEN), CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step 2");
  }

  private List<Integer> run(Step... steps) throws SQLException {
    return new Migrations(List.of(steps), CLOCK).run(session, SEED);
  }
}
