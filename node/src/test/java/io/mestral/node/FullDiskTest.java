package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is filled under a node again and again: what is refused is refused honestly, what was
 * acknowledged stays, and the node takes readings again by itself when there is room, also when it
 * was killed and started while there was none. More: {@code FULL_DISKS=20 ./mestral test --only
 * node}.
 */
class FullDiskTest {
  private static final int ROUNDS = (int) setting("FULL_DISKS", 3);
  private static final long SEED = setting("SEED", System.nanoTime());
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path temp;
  private final Map<Integer, Integer> acknowledged = new TreeMap<>();
  private int next;
  private int device;
  private String token;

  @Test
  void aFullDiskRefusesHonestlyAndComesBackByItself() throws Exception {
    SmallDisk.Made made = SmallDisk.of(temp, 64);
    assumeTrue(made.disk().isPresent(), "no small file system can be made: " + made.why());
    try (SmallDisk disk = made.disk().orElseThrow()) {
      loop(disk);
    }
  }

  private void loop(SmallDisk disk) throws Exception {
    Random random = new Random(SEED);
    Path data = disk.place().resolve("data");
    int refused = 0;
    int restarts = 0;
    NodeProcess node = start(data);
    try {
      JsonNode devices = node.http(data).post("/ops/v1/devices", "{\"name\":\"kit\",\"count\":1}");
      device = devices.get(0).get("id").asInt();
      token = devices.get(0).get("device_token").asText();
      for (int round = 0; round < ROUNDS; round++) {
        publish(node, data, 1 + random.nextInt(40));
        disk.fill(random.nextInt(3) * 100_000L);
        refused += publishUntilRefused(node, data);
        assertBackupIsRefused(node.http(data), disk.place().resolve("backup"));
        if (random.nextBoolean()) {
          node.kill();
          node = start(data); // on the full disk
          verify(node.http(data));
          restarts++;
        }
        disk.empty();
        awaitReady(node.http(data));
        publish(node, data, 1);
        verify(node.http(data));
      }
    } finally {
      node.close();
    }
    System.err.printf(
        "full disks %d, seed %d, acknowledged %d, refused %d, killed and started while full %d%n",
        ROUNDS, SEED, acknowledged.size(), refused, restarts);
  }

  private static NodeProcess start(Path data) throws Exception {
    return NodeProcess.start(
        data,
        "limits.http-per-minute=0",
        "storage.open-readings=2000",
        "storage.journal.max-bytes=16777216");
  }

  /** Posts batches; all must be taken in the end, though some may come faster than they can be. */
  private void publish(NodeProcess node, Path data, int batches) throws Exception {
    for (int i = 0; i < batches; i++) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      int status;
      do status = post(node.http(data));
      while (status == 503 && System.nanoTime() < end);
      assertThat(status).isEqualTo(200);
    }
  }

  /** Posts over HTTP and publishes over MQTT until both were refused, each in its own way. */
  private int publishUntilRefused(NodeProcess node, Path data) throws Exception {
    HttpProbe http = node.http(data);
    boolean isFull = false; // a batch alone may be refused because it comes too fast
    for (int i = 0; i < 20_000 && !isFull; i++)
      isFull = post(http) == 503 && http.send("GET", "/health/ready", "").statusCode() == 503;
    assertThat(isFull).as("HTTP on a full disk says so, and that the node isn't ready").isTrue();
    assertThat(http.send("GET", "/health/live", "").statusCode()).isEqualTo(200);
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .identifier("kit")
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .buildBlocking();
    client.connect();
    Optional<Mqtt5PubAckReasonCode> answer = Optional.empty();
    for (int i = 0; i < 1000 && answer.isEmpty(); i++) answer = publish(client);
    assertThat(answer).as("MQTT on a full disk").contains(Mqtt5PubAckReasonCode.QUOTA_EXCEEDED);
    client.disconnect();
    return 2;
  }

  private Optional<Mqtt5PubAckReasonCode> publish(Mqtt5BlockingClient client) {
    int first = next;
    try {
      client
          .publishWith()
          .topic("device/sck/" + token + "/readings")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(batch().getBytes(StandardCharsets.US_ASCII))
          .send();
      remember(first);
      return Optional.empty();
    } catch (Mqtt5PubAckException refused) {
      return Optional.of(refused.getMqttMessage().getReasonCode());
    }
  }

  private int post(HttpProbe http) {
    int first = next;
    int status = http.send("POST", "/v0/devices/" + device + "/readings", batch()).statusCode();
    if (status == 200) remember(first);
    return status;
  }

  private void remember(int first) {
    for (int n = first; n < next; n++) acknowledged.put(n, n);
  }

  private String batch() {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(
          "{\"recorded_at\":\""
              + FIRST.plusSeconds(next)
              + "\",\"sensors\":[{\"id\":55,\"value\":"
              + next
              + "}]}");
      next++;
    }
    return "{\"data\":[" + String.join(",", items) + "]}";
  }

  private static void assertBackupIsRefused(HttpProbe http, Path folder) {
    int status = http.send("POST", "/ops/v1/backup", "{\"dir\":\"" + folder + "\"}").statusCode();
    assertThat(status).as("a backup to a full disk").isEqualTo(503);
    assertThat(Files.exists(folder)).as("what is left of it").isFalse();
  }

  private static void awaitReady(HttpProbe http) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int status;
    do status = http.send("GET", "/health/ready", "").statusCode();
    while (status != 200 && System.nanoTime() < end);
    assertThat(status).as("ready again").isEqualTo(200);
  }

  private void verify(HttpProbe http) {
    Map<Integer, Double> stored = new HashMap<>();
    JsonNode answer =
        http.get(
            "/v0/devices/" + device + "/readings?rollup=1s&sensor_id=55&from=2026-01-01T00:00:00Z");
    for (JsonNode pair : answer.get("readings")) {
      int n = (int) Duration.between(FIRST, Instant.parse(pair.get(0).asText())).toSeconds();
      assertThat(stored.put(n, pair.get(1).asDouble())).as("second %d once", n).isNull();
    }
    for (int n : acknowledged.keySet()) assertThat(stored.get(n)).as("second %d", n).isEqualTo(n);
  }

  private static long setting(String name, long fallback) {
    return Optional.ofNullable(System.getenv(name)).map(Long::valueOf).orElse(fallback);
  }
}
