package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.storage.cassandra.CassandraServer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose readings go to a real Cassandra and come back, while kits go on. */
@Timeout(300)
class MoveReadingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int DEVICES = 3;
  private static final DateTimeFormatter CSV_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  @TempDir Path temp;
  private Path data;
  private NodeProcess node;
  private int first;

  /** Minutes since the start, by device, that were acknowledged and not removed. */
  private final Map<Integer, TreeMap<Integer, Double>> expected = new TreeMap<>();

  /** Device and minute of another sensor's readings, of which none is removed. */
  private final Set<List<Integer>> light = new HashSet<>();

  @AfterEach
  void theNodeStops() {
    CassandraServer.shared().thaw();
    if (node != null) node.close();
  }

  @Test
  void readingsGoToACassandraAndComeBackAcrossKillsWhileOthersCome() throws Exception {
    data = temp.resolve("data");
    String cluster = CassandraServer.shared().url("moved");
    Path place = Files.writeString(temp.resolve("place"), cluster + "\n");
    start("embedded");
    first =
        admin()
            .post("/ops/v1/devices", "{\"name\":\"Roof\",\"count\":" + DEVICES + "}")
            .get(0)
            .get("id")
            .asInt();
    for (int device = first; device < first + DEVICES; device++)
      for (int from = 0; from < 20_000; from += 4000) post(device, from, 4000, 0.25);

    CompletableFuture<NodeProcess.Ended> broken = moving("--to-file", place.toString());
    untilCopied(1);
    node.kill();
    assertThat(broken.get().exitCode()).isEqualTo(1);
    NodeProcess.Refused early = NodeProcess.startAndFail(data, "storage.readings=" + cluster);
    assertThat(early.exitCode()).isEqualTo(2);
    assertThat(early.message()).contains("the readings of this folder are still in embedded");
    assertNobodyElseFills(cluster);
    start("embedded"); // a part of it is in the cluster, and changes here
    remove(first, 100, 300);
    post(first, 150, 10, 7);

    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<NodeProcess.Ended> moved =
        moving("--to-file", place.toString()).whenComplete((ended, failure) -> done.set(true));
    untilCopied(1);
    CassandraServer.shared().freeze();
    until(report -> report.has("waiting_for"));
    CassandraServer.shared().thaw();
    for (int minute = 20_000; !done.get(); minute += 2) {
      post(first + minute / 2 % DEVICES, minute, 2, 0.5);
      if (minute % 20 == 0) remove(first + 1, minute - 15_000, minute - 14_990);
    }
    assertThat(moved.get().out())
        .contains("complete: ")
        .contains(" are in cassandra://127.0.0.1:")
        .endsWith("set storage.readings to it before the next start\n");
    assertThat(moved.get().exitCode()).isZero();
    post(first, 60_000, 10, 3);
    assertServes();
    assertThat(data.resolve("readings")).doesNotExist();
    assertThat(data.resolve("moved/readings-1")).isDirectory();
    node.kill();

    NodeProcess.Refused refused = NodeProcess.startAndFail(data);
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.message())
        .contains(
            "storage.readings is embedded, but the readings of this folder went to cassandra://");
    start(cluster);
    assertServes();

    NodeProcess.Ended back = moving("--to", "embedded", "--json").get();
    JsonNode report = JSON.readTree(back.out());
    assertThat(report.get("state").asText()).isEqualTo("done");
    assertThat(report.get("readings").asLong())
        .isEqualTo(expected.values().stream().mapToLong(TreeMap::size).sum() + light.size());
    assertThat(report.get("days_compared").asLong()).isPositive();
    assertServes();
    assertThat(node.stop()).isZero();
    assertThat(NodeProcess.startAndFail(data, "storage.readings=" + cluster).exitCode())
        .isEqualTo(2);
    start("embedded");
    assertServes();

    NodeProcess.Ended notEmpty = moving("--to", cluster).get();
    assertThat(notEmpty.exitCode()).isEqualTo(1);
    assertThat(notEmpty.out())
        .startsWith("not complete: cassandra://")
        .contains("is not empty: it has readings of " + DEVICES + " devices");
    assertServes();
  }

  @Test
  void aPlaceThatCannotBeReachedChangesNothing() throws Exception {
    data = temp.resolve("data");
    start("embedded");
    NodeProcess.Ended away =
        moving("--to", "cassandra://mestral:s3cret@127.0.0.1:1/mestral?dc=dc1").get();
    assertThat(away.exitCode()).isEqualTo(1);
    assertThat(away.out())
        .contains("not complete: the cluster at 127.0.0.1:1 can't be used")
        .doesNotContain("s3cret");
    NodeProcess.Ended nowhere = moving("--to", "mongodb://127.0.0.1").get();
    assertThat(nowhere.exitCode()).isEqualTo(1);
    assertThat(nowhere.err()).contains("422").contains("is not embedded and is none of: cassandra");
    assertThat(admin("move", "accounts", "--to", "embedded").exitCode()).isEqualTo(2);
    assertThat(node.stop()).isZero();
    assertThat(node.log()).doesNotContain("s3cret");
    start("embedded");
  }

  private void assertNobodyElseFills(String cluster) throws Exception {
    Path second = temp.resolve("second");
    try (NodeProcess other = NodeProcess.start(second)) {
      NodeProcess.Ended refused =
          NodeProcess.run(
              "admin", "move", "readings", "--to", cluster, "--data", second.toString());
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out())
          .contains("not complete: the keyspace moved is being filled by the move of another node")
          .contains("DROP KEYSPACE moved");
      assertThat(other.stop()).isZero();
    }
    NodeProcess.Refused taken =
        NodeProcess.startAndFail(temp.resolve("third"), "storage.readings=" + cluster);
    assertThat(taken.message())
        .contains("cannot use storage.readings: the keyspace moved is being filled by");
  }

  private void start(String readings) throws Exception {
    node =
        NodeProcess.start(
            data,
            "storage.readings=" + readings,
            "storage.open-readings=20000",
            "limits.http-per-minute=0");
  }

  private HttpProbe admin() throws Exception {
    return node.http(data);
  }

  private CompletableFuture<NodeProcess.Ended> moving(String... more) {
    List<String> words = new ArrayList<>(List.of("move", "readings"));
    words.addAll(List.of(more));
    return CompletableFuture.supplyAsync(() -> admin(words.toArray(String[]::new)));
  }

  private NodeProcess.Ended admin(String... words) {
    List<String> all = new ArrayList<>(List.of("admin"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    try {
      return NodeProcess.run(all.toArray(String[]::new));
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private void untilCopied(long readings) throws Exception {
    until(report -> report.get("copied").asLong() >= readings);
  }

  private void until(Predicate<JsonNode> is) throws Exception {
    for (int i = 0; i < 6000; i++) {
      HttpResponse<String> answer = admin().send("GET", "/ops/v1/move", "");
      if (answer.statusCode() == 200 && is.test(JSON.readTree(answer.body()))) return;
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    throw new AssertionError("not within half a minute\n" + node.log());
  }

  private void post(int device, int from, int minutes, double step) throws Exception {
    StringBuilder body = new StringBuilder("{\"data\":[");
    for (int i = from; i < from + minutes; i++) {
      body.append(i == from ? "" : ",")
          .append("{\"recorded_at\":\"")
          .append(START.plusSeconds(i * 60L))
          .append("\",\"sensors\":[{\"id\":55,\"value\":")
          .append(i * step)
          .append("},{\"id\":14,\"value\":")
          .append(i)
          .append("}]}");
      of(device).put(i, i * step);
      light.add(List.of(device, i));
    }
    String path = "/v0/devices/" + device + "/readings";
    int status = admin().send("POST", path, body.append("]}").toString()).statusCode();
    for (int again = 0; status == 503 && again < 400; again++) { // they come too fast to be sealed
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      status = admin().send("POST", path, body.toString()).statusCode();
    }
    assertThat(status).isEqualTo(200);
  }

  private void remove(int device, int from, int to) throws Exception {
    assertThat(
            admin()
                .send(
                    "DELETE",
                    "/v0/devices/%d/readings?sensor_id=55&from=%s&to=%s"
                        .formatted(
                            device, START.plusSeconds(from * 60L), START.plusSeconds(to * 60L)),
                    "")
                .statusCode())
        .isEqualTo(200);
    of(device).subMap(from, true, to, true).clear();
  }

  private TreeMap<Integer, Double> of(int device) {
    return expected.computeIfAbsent(device, none -> new TreeMap<>());
  }

  /** Every minute of sensor 55, and its days. */
  private void assertServes() throws Exception {
    for (Map.Entry<Integer, TreeMap<Integer, Double>> device : expected.entrySet()) {
      String path = "/v0/devices/" + device.getKey() + "/readings";
      String range = "?sensor_id=55&from=2026-01-01&to=2026-12-31";
      List<String> rows = admin().send("GET", path + ".csv" + range, "").body().lines().toList();
      assertThat(rows).hasSize(device.getValue().size() + 1);
      int row = 1;
      for (Map.Entry<Integer, Double> minute : device.getValue().entrySet()) {
        String[] cells = rows.get(row++).split(",");
        assertThat(cells[0]).isEqualTo(CSV_TIME.format(START.plusSeconds(minute.getKey() * 60L)));
        assertThat(Double.parseDouble(cells[1])).isCloseTo(minute.getValue(), offset(0.001));
      }
      JsonNode days = admin().get(path + range + "&rollup=1d&function=sum");
      assertThat(days.get("sample_size").asInt()).isEqualTo(device.getValue().size());
    }
  }
}
