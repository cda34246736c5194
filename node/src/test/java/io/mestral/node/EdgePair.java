package io.mestral.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** A node, and an edge that brings it readings; each can be killed and started again. */
final class EdgePair implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  private final Path folder;
  private final String token;
  private final int cloudPort;
  private final FlakyLink link;
  private NodeProcess cloud;
  private NodeProcess edge;

  private EdgePair(Path folder, Optional<String> owner) throws IOException {
    this.folder = folder;
    cloud = NodeProcess.start(folder.resolve("cloud"), "limits.http-per-minute=0");
    cloudPort = cloud.mqttPort();
    link = new FlakyLink(cloudPort);
    owner.ifPresent(this::signUp);
    token =
        atCloud()
            .post(
                "/ops/v1/gateways",
                "{\"name\":\"hill\",\"iri\":\"urn:x:hill\",\"owner\":\"%s\"}"
                    .formatted(owner.orElse("admin")))
            .get("token")
            .asText();
  }

  /** Both are started; the edge is the administrator's. */
  static EdgePair start(Path folder) throws IOException {
    return start(folder, Optional.empty());
  }

  /** Both are started; the edge is this user's, who has the password {@link #PASSWORD}. */
  static EdgePair of(String owner, Path folder) throws IOException {
    return start(folder, Optional.of(owner));
  }

  private static EdgePair start(Path folder, Optional<String> owner) throws IOException {
    EdgePair pair = new EdgePair(folder, owner);
    pair.startEdge();
    return pair;
  }

  private void signUp(String owner) {
    try {
      atCloud()
          .post(
              "/v0/users",
              "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}"
                  .formatted(owner, owner, PASSWORD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Somebody at a node who logs in there by name and password; fails when that isn't possible. */
  HttpProbe signedIn(HttpProbe node, String name) {
    return signedIn(node, name, PASSWORD).orElseThrow(() -> new AssertionError("not let in"));
  }

  /** The same; empty when name and password aren't known there. */
  static Optional<HttpProbe> signedIn(HttpProbe node, String name, String password) {
    HttpResponse<String> answer =
        node.as("")
            .send(
                "POST",
                "/v0/sessions",
                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
    return answer.statusCode() == 200
        ? Optional.of(node.as(new JsonObject(answer.body()).getString("access_token")))
        : Optional.empty();
  }

  /** Waits until something is so. */
  static void await(String what, Callable<Boolean> isSo) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!isSo.call()) {
      if (System.nanoTime() > end) throw new AssertionError("never: " + what);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000L);
    }
  }

  /** What is between the two. */
  FlakyLink link() {
    return link;
  }

  void startEdge() throws IOException {
    edge =
        NodeProcess.start(
            folder.resolve("edge"),
            "limits.http-per-minute=0",
            "node.profile=edge",
            "uplink.url=mqtt://127.0.0.1:" + link.port(),
            "uplink.name=hill",
            "uplink.token=" + token);
  }

  void startCloud() throws IOException {
    cloud =
        NodeProcess.start(
            folder.resolve("cloud"), "limits.http-per-minute=0", "mqtt.port=" + cloudPort);
  }

  /** All that the edge has written, bytes. */
  long edgeBytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("edge"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  void killEdge() throws InterruptedException {
    edge.kill();
  }

  void killCloud() throws InterruptedException {
    cloud.kill();
  }

  HttpProbe atCloud() throws IOException {
    return cloud.http(folder.resolve("cloud"));
  }

  HttpProbe atEdge() throws IOException {
    return edge.http(folder.resolve("edge"));
  }

  NodeProcess cloud() {
    return cloud;
  }

  NodeProcess edge() {
    return edge;
  }

  /** Makes a device at the edge. */
  JsonNode device(String name) throws IOException {
    return atEdge().post("/ops/v1/devices", "{\"name\":\"" + name + "\"}").get(0);
  }

  /** What a device of the edge is called at both. */
  String uuid(JsonNode device) throws IOException {
    return atEdge().get("/v0/devices/" + device.get("id").asLong()).get("uuid").asText();
  }

  /** Posts readings of a thermometer (55) to the edge, by time of day of 3 February 2026. */
  void measure(long device, Map<String, Double> values) throws IOException {
    List<String> entries = new ArrayList<>();
    values.forEach(
        (time, value) ->
            entries.add(
                "{\"recorded_at\":\"2026-02-03T%sZ\",\"sensors\":[{\"id\":55,\"value\":%s}]}"
                    .formatted(time, value)));
    int status =
        atEdge()
            .send(
                "POST",
                "/v0/devices/" + device + "/readings",
                "{\"data\":[" + String.join(",", entries) + "]}")
            .statusCode();
    if (status / 100 != 2) throw new IllegalStateException("not taken: " + status);
  }

  /** Waits until the other node has exactly these of a device with this UUID. */
  void awaitAtCloud(String uuid, Map<String, Double> values) throws Exception {
    long end = System.nanoTime() + 30_000_000_000L;
    Map<String, Double> found = Map.of();
    while (System.nanoTime() < end) {
      found = atCloud(uuid);
      if (found.equals(new TreeMap<>(values))) return;
      java.util.concurrent.locks.LockSupport.parkNanos(50_000_000L);
    }
    throw new AssertionError(found + " instead of " + values + "\n" + edge.log() + cloud.log());
  }

  /** Posts a reading of a thermometer (55) to the other node itself. */
  void measureAtCloud(String uuid, String time, double value) throws IOException {
    String id = atCloud().get("/v0/devices?q%5Buuid_eq%5D=" + uuid).get(0).get("id").asText();
    atCloud()
        .send(
            "POST",
            "/v0/devices/" + id + "/readings",
            "{\"data\":[{\"recorded_at\":\"2026-02-03T%sZ\",\"sensors\":[{\"id\":55,\"value\":%s}]}]}"
                .formatted(time, value));
  }

  /** One of the edge's figures of the uplink, by the end of its name. */
  double uplinkFigure(String name) throws IOException {
    return atEdge()
        .send("GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith("mestral_uplink_" + name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** How many the other node has of a device with this UUID. */
  int countAtCloud(String uuid) throws IOException {
    return atCloud(uuid).size();
  }

  /** What the other node has of a device with this UUID, by time of day. */
  private Map<String, Double> atCloud(String uuid) throws IOException {
    Map<String, Double> found = new TreeMap<>();
    for (JsonNode device : atCloud().get("/v0/devices?q%5Buuid_eq%5D=" + uuid)) {
      String path =
          "/v0/devices/%s/readings?sensor_id=55&rollup=1s&from=2026-02-03&to=2026-02-04"
              .formatted(device.get("id").asText());
      for (JsonNode one : atCloud().get(path).path("readings"))
        found.put(one.get(0).asText().substring(11, 19), one.get(1).asDouble());
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    edge.close();
    cloud.close();
    link.close();
  }
}
