package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mestral.config.ConfigReader;
import io.mestral.config.ConfigSources;
import io.mestral.config.PostgresOptions;
import io.mestral.storage.postgresql.server.TestDatabase;
import io.mestral.storage.postgresql.server.TestPostgres;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which data folders and databases a node puts together. */
class MetadataHomeTest {
  private static final String EMBEDDED = "embedded";

  private static final Whereabouts.Place HERE = Whereabouts.Place.ofMetadata(Optional.empty());

  @TempDir Path folder;

  @Test
  void tokensOfAnotherNodesKeyAreLeftAlone() throws Exception {
    TestDatabase database = TestPostgres.shared().emptyDatabase();
    Path first = folder.resolve("first");
    stop(start(first, database.url()));
    String tokens = database.value("SELECT string_agg(hash, ' ') FROM user_tokens");

    Path other = folder.resolve("other");
    StartFailure refused = refusal(other, database.url());
    assertThat(refused.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(refused)
        .hasMessageStartingWith("cannot use storage.metadata: ")
        .hasMessageContaining(addressOf(database))
        .hasMessageContaining(other.toString())
        .hasMessageContaining("node.key");
    database.execute("ALTER TABLE database_seal RENAME TO hidden"); // of a version that had none
    assertThat(refusal(other, database.url())).hasMessageContaining("node.key");
    database.execute("ALTER TABLE hidden RENAME TO database_seal");
    assertThat(database.value("SELECT string_agg(hash, ' ') FROM user_tokens")).isEqualTo(tokens);

    Path third = Files.createDirectories(folder.resolve("third"));
    for (String key : new String[] {"node.key", "node.key.copy"})
      Files.copy(first.resolve(key), third.resolve(key));
    Node one = start(first, database.url());
    stop(start(third, database.url()));
    stop(one);
    assertThat(database.value("SELECT string_agg(hash, ' ') FROM user_tokens")).isEqualTo(tokens);
  }

  @Test
  void aFolderWithReadingsIsPutOnNoEmptyDatabase() throws Exception {
    TestDatabase empty = TestPostgres.shared().emptyDatabase();
    Path data = folder.resolve("data");
    Node node = start(data, EMBEDDED);
    deviceWithReading(node, data);
    stop(node);
    StartFailure refused = refusal(data, empty.url());
    assertThat(refused.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(refused)
        .hasMessageContaining(addressOf(empty) + " is empty")
        .hasMessageContaining(data.toString());
    assertThat(empty.value("SELECT count(*) FROM users")).isEqualTo("0");
    stop(start(data, EMBEDDED));
  }

  @Test
  void aFolderGoesWithTheDatabaseItWasUsedWith() throws Exception {
    TestDatabase its = TestPostgres.shared().emptyDatabase();
    TestDatabase another = TestPostgres.shared().emptyDatabase();
    Path data = folder.resolve("data");
    stop(start(data, its.url()));
    assertThat(refusal(data, another.url()))
        .hasMessageContaining(addressOf(its))
        .hasMessageContaining(addressOf(another) + " is another database");
    StartFailure embedded = refusal(data, EMBEDDED);
    assertThat(embedded.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(embedded).hasMessageContaining(addressOf(its));
    assertThat(data.resolve("metadata.db")).doesNotExist();

    Files.writeString(data.resolve("metadata.home"), "nonsense");
    stop(start(data, its.url()));
    assertThat(data.resolve("damaged/metadata.home.1")).hasContent("nonsense");
    assertThat(refusal(data, another.url())).hasMessageContaining(addressOf(its));
  }

  @Test
  void anOlderDatabaseGivesNoNumberThatHasReadings() throws Exception {
    TestDatabase database = TestPostgres.shared().emptyDatabase();
    Path data = folder.resolve("data");
    stop(start(data, database.url()));
    TestDatabase older = TestPostgres.shared().copyOf(database);
    Node node = start(data, database.url());
    long known = deviceWithReading(node, data);
    stop(node);
    node = start(data, older.url());
    assertThat(device(probe(node, data), "def456")).isGreaterThan(known + 1_000_000);
    stop(node);
  }

  @Test
  void aWayBackThatBrokeOffDoesNotKeepTheNodeFromItsDatabase() throws Exception {
    TestDatabase database = TestPostgres.shared().emptyDatabase();
    Path data = folder.resolve("data");
    Node node = start(data, EMBEDDED);
    deviceWithReading(node, data);
    String wish = "{\"what\":\"metadata\",\"to\":\"" + database.url() + "\"}";
    probe(node, data).send("POST", "/ops/v1/move", wish);
    while (probe(node, data).get("/ops/v1/move").get("state").asText().equals("running"))
      Thread.onSpinWait();
    assertThat(probe(node, data).get("/ops/v1/move").get("state").asText()).isEqualTo("done");
    stop(node);
    Whereabouts.Place there =
        Whereabouts.Place.ofMetadata(Optional.of(PostgresOptions.of(database.url())));
    Whereabouts.in(data).begin("metadata", Whereabouts.Move.of(there, HERE, Instant.EPOCH, "1"));
    Files.writeString(data.resolve("metadata.db"), "a part of it");
    stop(start(data, database.url()));
    stop(start(data, database.url()));
  }

  @Test
  void metadataThatWentIntoTheFolderIsNotMadeAnew() throws Exception {
    Path data = folder.resolve("data");
    stop(start(data, EMBEDDED));
    Whereabouts.Place there =
        Whereabouts.Place.ofMetadata(Optional.of(PostgresOptions.of("postgresql://me:p@db/sense")));
    Whereabouts.in(data).end("metadata", Whereabouts.Move.of(there, HERE, Instant.EPOCH, "1"));
    stop(start(data, EMBEDDED));
    for (String name : List.of("metadata.db", "snapshots"))
      if (Files.exists(data.resolve(name))) Files.move(data.resolve(name), folder.resolve(name));
    for (String suffix : List.of("-wal", "-shm"))
      Files.deleteIfExists(data.resolve("metadata.db" + suffix));
    assertThat(refusal(data, EMBEDDED))
        .hasMessageContaining("metadata.db isn't there")
        .hasMessageContaining(data.toString());
    assertThat(data.resolve("metadata.db")).doesNotExist();
    Files.move(folder.resolve("metadata.db"), data.resolve("metadata.db"));
    stop(start(data, EMBEDDED));
  }

  @Test
  void aNewerVersionsFileIsRefusedWithASentence() throws Exception {
    Path data = folder.resolve("data");
    stop(start(data, EMBEDDED));
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("metadata.db"));
        Statement statement = file.createStatement()) {
      statement.execute("INSERT INTO schema_steps VALUES (99, 'later', 'x', 0)");
    }
    StartFailure refused = refusal(data, EMBEDDED);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(refused)
        .hasMessageStartingWith("cannot use storage.metadata: ")
        .hasMessageContaining("newer version")
        .hasMessageContaining("step 99 (later)");
  }

  private static String addressOf(TestDatabase database) {
    return "postgresql://127.0.0.1:" + database.server().port() + "/" + database.name();
  }

  private static long deviceWithReading(Node node, Path data) throws IOException {
    HttpProbe admin = probe(node, data);
    long device = device(admin, "abc123");
    admin.post(
        "/v0/devices/" + device + "/readings",
        "{\"data\":[{\"recorded_at\":\"2026-02-03T10:05:00Z\","
            + "\"sensors\":[{\"id\":55,\"value\":19.5}]}]}");
    return device;
  }

  private static long device(HttpProbe admin, String token) {
    JsonNode made =
        admin.post("/v0/devices", "{\"name\":\"Roof\",\"device_token\":\"%s\"}".formatted(token));
    return made.get("id").asLong();
  }

  private static HttpProbe probe(Node node, Path data) throws IOException {
    return new HttpProbe(
        node.ready().http(), Files.readString(data.resolve("admin.token")).strip());
  }

  private static Future<Node> starting(Path data, String metadata) {
    ConfigSources sources =
        ConfigSources.of(Map.of())
            .with("data.dir=" + data)
            .with("http.port=0")
            .with("mqtt.port=0")
            .with("admin.password=correct horse battery")
            .with("storage.metadata=" + metadata);
    return Node.start(ConfigReader.read(sources).toConfig());
  }

  private static Node start(Path data, String metadata) throws Exception {
    return await(starting(data, metadata));
  }

  private static StartFailure refusal(Path data, String metadata) throws Exception {
    try {
      stop(start(data, metadata));
    } catch (ExecutionException refused) {
      assertThat(refused.getCause()).isInstanceOf(StartFailure.class);
      return (StartFailure) refused.getCause();
    }
    throw new AssertionError("it started");
  }

  private static void stop(Node node) throws Exception {
    await(node.stop());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
