package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.config.PostgresOptions;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a node that runs, and a node on what was brought back. */
class BackupTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;

  @Test
  void aRestoredNodeServesTheSameToTheSamePeople() throws Exception {
    Path data = temp.resolve("data");
    Path backup = temp.resolve("backup");
    Path restored = temp.resolve("restored");
    String readings;
    int id;
    String session;
    try (NodeProcess node = NodeProcess.start(data, "storage.open-readings=1000")) {
      HttpProbe http = node.http(data);
      JsonNode user =
          http.post(
              "/ops/v1/users",
              "{\"username\":\"ada\",\"email\":\"a@example.org\",\"password\":\"correct horse\"}");
      session = user.get("access_token").asText();
      JsonNode device =
          http.post("/ops/v1/devices", "{\"name\":\"Roof\",\"owner\":\"ada\",\"count\":1}").get(0);
      id = device.get("id").asInt();
      post(http.as(session), id, 1500);
      readings = readings(http, id);
      NodeProcess.Ended made = admin(data, "backup", backup.toString());
      assertThat(made.err()).isEmpty();
      JsonNode report = JSON.readTree(made.out());
      assertThat(report.get("verified").asBoolean()).isTrue();
      assertThat(report.get("readings").asInt()).isEqualTo(1500);
      assertThat(report.get("files").asInt()).isGreaterThan(5);
      assertThat(admin(data, "check").exitCode()).isZero();
      assertThat(admin(data, "backup", backup.toString()).err()).contains("is not empty");
      assertThat(NodeProcess.run("restore", backup.toString(), "--data", data.toString()))
          .returns(4, NodeProcess.Ended::exitCode)
          .matches(ended -> ended.err().contains("in use"));
      node.kill();
    }
    NodeProcess.Ended brought =
        NodeProcess.run("restore", backup.toString(), "--data", restored.toString());
    assertThat(brought).returns(0, NodeProcess.Ended::exitCode);
    assertThat(NodeProcess.run("restore", backup.toString(), "--data", restored.toString()))
        .returns(4, NodeProcess.Ended::exitCode)
        .matches(ended -> ended.err().contains("is not empty"));
    try (NodeProcess node = NodeProcess.start(restored)) {
      HttpProbe http = node.http(restored);
      assertThat(readings(http, id)).isEqualTo(readings);
      assertThat(http.as(session).get("/v0/me").get("username").asText()).isEqualTo("ada");
      JsonNode login =
          http.as("").post("/v0/sessions", "{\"username\":\"ada\",\"password\":\"correct horse\"}");
      assertThat(login.has("access_token")).isTrue();
    }
  }

  @Test
  void aBackupThatWasChangedIsNotBroughtBack() throws Exception {
    Path data = temp.resolve("data");
    Path backup = temp.resolve("backup");
    try (NodeProcess node = NodeProcess.start(data)) {
      assertThat(admin(data, "backup", backup.toString()).exitCode()).isZero();
      assertThat(admin(data, "backup", data.resolve("b").toString()).err()).contains("inside");
      assertThat(node.stop()).isZero();
    }
    assertThat(NodeProcess.run("restore", backup.toString(), "--verify").exitCode()).isZero();
    try (RandomAccessFile file =
        new RandomAccessFile(backup.resolve("metadata.db").toFile(), "rw")) {
      file.seek(5000);
      file.write(0x55);
    }
    Path target = temp.resolve("restored");
    NodeProcess.Ended refused =
        NodeProcess.run("restore", backup.toString(), "--data", target.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("metadata.db has another checksum");
    assertThat(target).doesNotExist();
    Files.delete(backup.resolve("manifest.json"));
    assertThat(NodeProcess.run("restore", backup.toString(), "--verify").err())
        .contains("is no backup");
  }

  @Test
  void aFolderThatIsBroughtBackDoesNotGoOnWithAMove() throws Exception {
    Path data = temp.resolve("data");
    try (NodeProcess node = NodeProcess.start(data)) {
      assertThat(node.stop()).isZero();
    }
    Whereabouts.in(data)
        .begin(
            "metadata",
            Whereabouts.Move.of(
                Whereabouts.Place.ofMetadata(Optional.empty()),
                Whereabouts.Place.ofMetadata(
                    Optional.of(PostgresOptions.of("postgresql://me@db/sense"))),
                Instant.EPOCH,
                "1"));
    try (NodeProcess node = NodeProcess.start(data)) {
      assertThat(admin(data, "backup", temp.resolve("backup").toString()).exitCode()).isZero();
      assertThat(node.stop()).isZero();
    }
    Path restored = temp.resolve("restored");
    assertThat(
            NodeProcess.run(
                "restore", temp.resolve("backup").toString(), "--data", restored.toString()))
        .returns(0, NodeProcess.Ended::exitCode);
    assertThat(Whereabouts.in(restored).unfinished("metadata"))
        .hasValueSatisfying(move -> assertThat(move.restored()).isTrue());
  }

  private static NodeProcess.Ended admin(Path data, String... arguments) throws Exception {
    String[] all = new String[arguments.length + 3];
    all[0] = "admin";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--data";
    all[all.length - 1] = data.toString();
    return NodeProcess.run(all);
  }

  private static void post(HttpProbe http, int device, int minutes) {
    StringBuilder data = new StringBuilder("{\"data\":[");
    for (int i = 0; i < minutes; i++)
      data.append(i == 0 ? "" : ",")
          .append("{\"recorded_at\":\"")
          .append(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i * 60L))
          .append("\",\"sensors\":[{\"id\":55,\"value\":")
          .append(i)
          .append("}]}");
    assertThat(
            http.send("POST", "/v0/devices/" + device + "/readings", data.append("]}").toString())
                .statusCode())
        .isEqualTo(200);
  }

  private static String readings(HttpProbe http, int device) {
    return http.get(
            "/v0/devices/"
                + device
                + "/readings?sensor_id=55&rollup=1h&from=2026-01-01&to=2026-01-03")
        .toString();
  }
}
