package io.mestral.storage.postgresql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.mestral.config.PostgresOptions;
import io.mestral.config.PostgresOptions.Tls;
import io.mestral.storage.postgresql.server.TestDatabase;
import io.mestral.storage.postgresql.server.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class SchemaTest {
  private static final Path HERE =
      Path.of("src/main/resources/io/mestral/storage/postgresql/schema");
  private static final Path EMBEDDED =
      Path.of("../embedded/src/main/resources/io/mestral/storage/embedded/metadata");
  private static final Path FIXTURES =
      Path.of("src/test/resources/io/mestral/storage/postgresql/filled");

  private static final long LOCK_OF_FLYWAY =
      77431708279161L + "\"public\".\"schema_steps\"".hashCode();

  private final TestDatabase database = TestPostgres.shared().emptyDatabase();

  @AfterEach
  void theDatabaseGoes() {
    database.drop();
  }

  static List<String> steps() throws IOException {
    return steps(HERE);
  }

  @Test
  void bothEnginesHaveStepsOfTheSameNumbersAndNames() throws IOException {
    assertThat(steps(HERE)).isNotEmpty().isEqualTo(steps(EMBEDDED));
  }

  @Test
  void stepsRunOnceAndTheCatalogueIsPlantedWithTheFirst() throws IOException {
    assertThat(new Schema(database.options()).bringUpToDate()).hasSize(steps().size());
    assertThat(new Schema(database.options()).bringUpToDate()).isEmpty();
    assertThat(database.value("SELECT count(*) FROM sensors")).isEqualTo("188");
    database.execute(
        "INSERT INTO measurements (uuid, name, description, created_at, updated_at)"
            + " VALUES (gen_random_uuid(), 'new', 'new', now(), now())");
    assertThat(
            database.value(
                "SELECT max(id) = (SELECT id FROM measurements WHERE name = 'new')"
                    + " FROM measurements"))
        .isEqualTo("t");
  }

  @Test
  void ofSeveralNodesThatStartAtOnceOneTakesEachStep() throws IOException {
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    List<CompletableFuture<List<Integer>>> starts =
        Stream.generate(() -> new Schema(database.options()))
            .limit(4)
            .map(schema -> CompletableFuture.supplyAsync(schema::bringUpToDate, nodes))
            .toList();
    assertThat(starts.stream().flatMap(start -> start.join().stream()))
        .doesNotHaveDuplicates()
        .hasSize(steps().size());
    assertThat(database.value("SELECT count(*) FROM sensors")).isEqualTo("188");
    nodes.shutdown();
  }

  @Test
  void aStartThatWaitsForAnotherNodeSaysSo() throws Exception {
    new Schema(database.options()).bringUpToDate();
    Logger logger = (Logger) LoggerFactory.getLogger(Schema.class);
    CompletableFuture<String> said = new CompletableFuture<>();
    AppenderBase<ILoggingEvent> ear =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            said.complete(event.getFormattedMessage());
          }
        };
    ear.start();
    logger.addAppender(ear);
    logger.setLevel(Level.WARN);
    Schema schema =
        new Schema(
            database.options(),
            MigrationVersion.LATEST,
            Duration.ofMillis(50),
            Duration.ofSeconds(5));
    Runnable release = database.holding("SELECT pg_advisory_xact_lock(" + LOCK_OF_FLYWAY + ")");
    CompletableFuture<List<Integer>> start = CompletableFuture.supplyAsync(schema::bringUpToDate);
    try {
      assertThat(said.get(20, TimeUnit.SECONDS)).contains("waits for").contains(database.name());
    } finally {
      release.run();
      logger.detachAppender(ear);
      logger.setLevel(null);
    }
    assertThat(start.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void aTableThatSomebodyHoldsOnToEndsTheStartWithASentence() {
    new Schema(database.options()).bringUpToDate();
    Schema schema =
        new Schema(
            database.options(),
            MigrationVersion.LATEST,
            Duration.ofSeconds(5),
            Duration.ofMillis(100));
    Runnable release = database.holding("LOCK TABLE schema_steps");
    assertThatThrownBy(schema::bringUpToDate)
        .isInstanceOf(ServerUnusable.class)
        .hasMessageContaining("another program holds on to a table");
    release.run();
  }

  /** Every released step has a database that was filled when it was the last one. */
  @ParameterizedTest
  @MethodSource("steps")
  void aDatabaseOfEachEarlierVersionComesAlongWithItsData(String step) throws IOException {
    String number = step.substring(1, 5);
    new Schema(database.options(), MigrationVersion.fromVersion(number)).bringUpToDate();
    for (String earlier : steps())
      if (earlier.compareTo(step) <= 0)
        database.execute(Files.readString(FIXTURES.resolve(earlier.substring(1, 5) + ".sql")));
    new Schema(database.options()).bringUpToDate();
    assertThat(database.value("SELECT max(version) FROM schema_steps WHERE success"))
        .isEqualTo(steps().get(steps().size() - 1).substring(1, 5));
    assertThat(
            database.value(
                "SELECT username || ' ' || devices.name || ' ' || key || ' ' || kind FROM users"
                    + " JOIN devices ON owner_id = users.id"
                    + " JOIN components ON device_id = devices.id"
                    + " JOIN user_tokens ON user_id = users.id"))
        .isEqualTo("ada roof temp private");
    assertThat(database.value("SELECT convert_from(message, 'UTF8') FROM ingest_errors"))
        .isEqualTo("{broken");
  }

  @Test
  void aDatabaseFromTheFutureIsRefusedAndNamed() throws IOException {
    new Schema(database.options()).bringUpToDate();
    database.execute(
        "INSERT INTO schema_steps (installed_rank, version, description, type, script, checksum,"
            + " installed_by, execution_time, success)"
            + " VALUES (99, '0099', 'later', 'SQL', 'V0099__later.sql', 1, 'x', 1, true)");
    assertThatThrownBy(() -> new Schema(database.options()).bringUpToDate())
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining("newer version")
        .hasMessageContaining("step 0099 (later)")
        .hasMessageContaining("up to step " + steps().size());
  }

  @Test
  void aStepThatIsNotTheOneItWasIsRefused() {
    new Schema(database.options()).bringUpToDate();
    database.execute("UPDATE schema_steps SET checksum = 1 WHERE version = '0001'");
    assertThatThrownBy(() -> new Schema(database.options()).bringUpToDate())
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining(database.name())
        .hasMessageContaining("0001");
  }

  @Test
  void aDatabaseOfSomethingElseIsLeftAlone() {
    database.execute("CREATE TABLE users (mine TEXT)");
    assertThatThrownBy(() -> new Schema(database.options()).bringUpToDate())
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining(database.name());
    assertThat(
            database.value(
                "SELECT count(*) FROM information_schema.tables"
                    + " WHERE table_schema = 'public'"))
        .isEqualTo("1");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    int nobodys = TestPostgres.freePort();
    assertThatThrownBy(() -> new Schema(database.optionsAt(nobodys)).bringUpToDate())
        .isInstanceOf(ServerUnusable.class)
        .hasMessageStartingWith("PostgreSQL at 127.0.0.1:" + nobodys + ": ");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() {
    PostgresOptions nowhere =
        new PostgresOptions(
            "127.0.0.1",
            TestPostgres.shared().port(),
            "no such",
            "postgres",
            Optional.empty(),
            Tls.PREFERRED,
            2);
    assertThatThrownBy(() -> new Schema(nowhere).bringUpToDate())
        .isInstanceOf(ServerUnusable.class)
        .hasMessageContaining("\"no such\"");
  }

  private static List<String> steps(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("V\\d{4}__\\w+\\.sql"))
          .sorted()
          .toList();
    }
  }
}
