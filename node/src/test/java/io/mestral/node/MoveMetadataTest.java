package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.storage.postgresql.server.TestDatabase;
import io.mestral.storage.postgresql.server.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose accounts and devices go to a real PostgreSQL and come back, while people go on. */
@Timeout(180)
class MoveMetadataTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEVICES = 3000;

  @TempDir Path temp;
  private Path data;
  private NodeProcess node;

  @AfterEach
  void theNodeStops() {
    if (node != null) node.close();
  }

  @Test
  void accountsAndDevicesGoToAPostgresAndComeBackAcrossAKillWhileOthersAreMade() throws Exception {
    data = temp.resolve("data");
    TestDatabase database = TestPostgres.shared().emptyDatabase();
    Path place = Files.writeString(temp.resolve("place"), database.url());
    start("embedded");
    String session =
        admin()
            .post(
                "/ops/v1/users",
                "{\"username\":\"ada\",\"email\":\"a@example.org\",\"password\":\"correct horse\"}")
            .get("access_token")
            .asText();
    int first =
        admin()
            .post(
                "/ops/v1/devices",
                "{\"name\":\"Roof\",\"owner\":\"ada\",\"count\":%d}".formatted(DEVICES))
            .get(0)
            .get("id")
            .asInt();

    CompletableFuture<NodeProcess.Ended> broken = moving("--to-file", place.toString());
    untilCopied();
    node.kill();
    assertThat(broken.get().exitCode()).isEqualTo(1);
    assertThat(NodeProcess.startAndFail(data, "storage.metadata=" + database.url()).message())
        .contains("storage.metadata is postgresql://127.0.0.1:")
        .contains("still in embedded, as the move is not complete");
    start("embedded");
    database.execute("CREATE TABLE database_seal (hash TEXT, cipher BYTEA)");
    database.execute("INSERT INTO database_seal VALUES ('of another node', 'x')");
    NodeProcess.Ended served = moving("--to-file", place.toString()).get();
    assertThat(served.exitCode()).isEqualTo(1);
    assertThat(served.out()).contains("is not empty: it has ");
    database.execute("DROP TABLE database_seal");

    CompletableFuture<NodeProcess.Ended> moved = moving("--to-file", place.toString());
    List<Integer> made = new ArrayList<>();
    while (!moved.isDone()) {
      HttpResponse<String> answer = addDevice(session);
      if (answer.statusCode() == 201) made.add(JSON.readTree(answer.body()).get("id").asInt());
      else assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(admin().as(session).get("/v0/devices/" + first).get("id").asInt())
          .isEqualTo(first);
    }
    assertThat(moved.get().exitCode()).isZero();
    assertThat(moved.get().out())
        .contains(" tables, digest ")
        .contains(" are in postgresql://127.0.0.1:")
        .endsWith("set storage.metadata to it before the next start\n");
    made.add(JSON.readTree(addDevice(session).body()).get("id").asInt());
    assertThat(database.value("SELECT count(*) FROM devices"))
        .isEqualTo(String.valueOf(DEVICES + made.size()));
    assertThat(data.resolve("metadata.db")).doesNotExist();
    assertThat(data.resolve("moved/metadata-1/metadata.db")).exists();
    node.kill();

    NodeProcess.Refused refused = NodeProcess.startAndFail(data);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.message()).contains("went to postgresql://127.0.0.1:");
    start(database.url());
    assertHas(session, first, made);

    NodeProcess.Ended back = moving("--to", "embedded", "--json").get();
    JsonNode report = JSON.readTree(back.out());
    assertThat(report.get("state").asText()).isEqualTo("done");
    assertThat(report.get("rows").asInt()).isGreaterThan(DEVICES);
    made.add(JSON.readTree(addDevice(session).body()).get("id").asInt());
    assertThat(node.stop()).isZero();
    start("embedded");
    assertHas(session, first, made);
    assertThat(made).doesNotHaveDuplicates();

    NodeProcess.Ended notEmpty = moving("--to", database.url()).get();
    assertThat(notEmpty.exitCode()).isEqualTo(1);
    assertThat(notEmpty.out()).contains("is not empty: it has people's accounts");
    NodeProcess.Ended away = moving("--to", "postgresql://me:s3cret@127.0.0.1:1/none").get();
    assertThat(away.exitCode()).isEqualTo(1);
    assertThat(away.out()).startsWith("not complete: PostgreSQL at 127.0.0.1:1");
    assertHas(session, first, made);
    assertThat(node.stop()).isZero();
    assertThat(node.log()).doesNotContain("s3cret");
  }

  private void start(String metadata) throws Exception {
    node = NodeProcess.start(data, "storage.metadata=" + metadata, "limits.http-per-minute=0");
  }

  private HttpProbe admin() throws Exception {
    return node.http(data);
  }

  private HttpResponse<String> addDevice(String session) throws Exception {
    return admin().as(session).send("POST", "/v0/devices", "{\"name\":\"Wall\"}");
  }

  private void assertHas(String session, int first, List<Integer> made) throws Exception {
    HttpProbe ada = admin().as(session);
    assertThat(ada.get("/v0/me").get("username").asText()).isEqualTo("ada");
    assertThat(ada.get("/v0/devices/" + (first + DEVICES - 1)).get("name").asText())
        .startsWith("Roof");
    for (int id : made)
      assertThat(ada.get("/v0/devices/" + id).get("name").asText()).isEqualTo("Wall");
    JsonNode login =
        ada.as("").post("/v0/sessions", "{\"username\":\"ada\",\"password\":\"correct horse\"}");
    assertThat(login.has("access_token")).isTrue();
  }

  private void untilCopied() throws Exception {
    for (int i = 0; i < 6000; i++) {
      HttpResponse<String> answer = admin().send("GET", "/ops/v1/move", "");
      if (answer.statusCode() == 200 && JSON.readTree(answer.body()).get("copied").asInt() > 0)
        return;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    throw new AssertionError("nothing is copied\n" + node.log());
  }

  private CompletableFuture<NodeProcess.Ended> moving(String... more) {
    List<String> words = new ArrayList<>(List.of("admin", "move", "metadata"));
    words.addAll(List.of(more));
    words.addAll(List.of("--data", data.toString()));
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return NodeProcess.run(words.toArray(String[]::new));
          } catch (Exception failure) {
            throw new AssertionError(failure);
          }
        });
  }
}
