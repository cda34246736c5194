package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise P1: what was acknowledged is on disk. A node is killed at random moments while twenty
 * devices publish with QoS 1; every acknowledged reading must be there afterwards, once, with its
 * value. More kills: {@code KILLS=50 ./mestral test --only node}.
 */
class KillLoopTest {
  private static final int KILLS = (int) setting("KILLS", 20);
  private static final long SEED = setting("SEED", System.nanoTime());
  private static final int DEVICES = 20;
  private static final int WINDOW = 16;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration START_LIMIT = Duration.ofSeconds(3);

  @TempDir Path folder;

  @Test
  void everyAcknowledgedReadingSurvivesKills() throws Exception {
    Path data = folder.resolve("data");
    Random random = new Random(SEED);
    List<Kit> kits = new ArrayList<>();
    Duration slowest = Duration.ZERO;
    for (int round = 0; round <= KILLS; round++) {
      try (NodeProcess node = NodeProcess.start(data, "limits.http-per-minute=0")) {
        if (round > 0 && node.startTime().compareTo(slowest) > 0) slowest = node.startTime();
        if (round == 0) kits = devices(node.http(data));
        for (Kit kit : kits) kit.verify(node.http(data));
        if (round < KILLS) publishUntilKilled(node, kits, 20 + random.nextInt(600));
      }
    }
    long acknowledged = kits.stream().mapToLong(kit -> kit.acknowledged.size()).sum();
    System.err.printf(
        "kills %d, seed %d, acknowledged %d messages, slowest start %d ms%n",
        KILLS, SEED, acknowledged, slowest.toMillis());
    assertThat(acknowledged).as("the load must be real").isGreaterThan(100L * KILLS);
    assertThat(slowest).isLessThanOrEqualTo(START_LIMIT);
  }

  private static long setting(String name, long fallback) {
    return Optional.ofNullable(System.getenv(name)).map(Long::valueOf).orElse(fallback);
  }

  private static void publishUntilKilled(NodeProcess node, List<Kit> kits, int millis)
      throws InterruptedException {
    CountDownLatch underLoad = new CountDownLatch(kits.size());
    for (Kit kit : kits) kit.start(node.mqttPort(), underLoad);
    assertThat(underLoad.await(20, TimeUnit.SECONDS)).isTrue();
    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS); // a random moment under load
    node.kill();
    for (Kit kit : kits) kit.stop();
  }

  private static List<Kit> devices(HttpProbe http) {
    List<Kit> kits = new ArrayList<>();
    JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"kit\",\"count\":" + DEVICES + "}");
    for (JsonNode device : made)
      kits.add(new Kit(device.get("id").asInt(), device.get("device_token").asText()));
    assertThat(kits).hasSize(DEVICES);
    return kits;
  }

  /** One device: publishes second after second, and remembers what was acknowledged. */
  private static final class Kit {
    private final int id;
    private final String token;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentSkipListSet<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private volatile boolean running;
    private Mqtt3AsyncClient client;

    Kit(int id, String token) {
      this.id = id;
      this.token = token;
    }

    void start(int port, CountDownLatch underLoad) {
      client =
          Mqtt3Client.builder()
              .identifier(token)
              .serverHost("127.0.0.1")
              .serverPort(port)
              .buildAsync();
      running = true;
      client
          .connect()
          .thenAccept(
              connected -> {
                Semaphore window = new Semaphore(WINDOW);
                for (int i = 0; i < WINDOW; i++) publish(window, underLoad);
              });
    }

    private void publish(Semaphore window, CountDownLatch underLoad) {
      if (!running || !window.tryAcquire()) return;
      int n = next.getAndIncrement();
      client
          .publishWith()
          .topic("device/sck/" + token + "/readings")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(message(n).getBytes(StandardCharsets.US_ASCII))
          .send()
          .whenComplete(
              (published, failure) -> {
                window.release();
                if (failure != null) return; // cut off by the kill: nothing was promised
                acknowledged.add(n);
                underLoad.countDown();
                publish(window, underLoad);
              });
    }

    private static String message(int n) {
      return "{\"data\":[{\"recorded_at\":\""
          + FIRST.plusSeconds(n)
          + "\",\"sensors\":[{\"id\":55,\"value\":"
          + n
          + ".25},{\"id\":56,\"value\":"
          + -n
          + "}]}]}";
    }

    void stop() {
      running = false;
      client.disconnect();
    }

    void verify(HttpProbe http) {
      if (acknowledged.isEmpty()) return;
      verify(http, 55, n -> n + 0.25);
      verify(http, 56, n -> -n);
    }

    private void verify(HttpProbe http, int sensor, IntToDoubleFunction value) {
      JsonNode answer =
          http.get(
              "/v0/devices/"
                  + id
                  + "/readings?rollup=1s&sensor_id="
                  + sensor
                  + "&from=2026-01-01T00:00:00Z");
      Map<Integer, Double> stored = new HashMap<>();
      for (JsonNode pair : answer.get("readings")) {
        int n = (int) Duration.between(FIRST, Instant.parse(pair.get(0).asText())).toSeconds();
        assertThat(stored.put(n, pair.get(1).asDouble())).as("second %d once", n).isNull();
      }
      for (int n : acknowledged)
        assertThat(stored.get(n))
            .as("device %d sensor %d second %d", id, sensor, n)
            .isEqualTo(value.applyAsDouble(n));
      assertThat(answer.get("sample_size").asInt()).isEqualTo(stored.size());
    }
  }
}
