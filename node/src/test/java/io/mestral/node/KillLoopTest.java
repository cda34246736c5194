package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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
 * devices publish with QoS 1, in every other round with so little memory that blocks are sealed all
 * the time, and backups are taken. Every acknowledged reading must be there afterwards, once, with
 * its value, and summed up rightly; a backup that came to its end holds what was acknowledged
 * before it began. More kills: {@code KILLS=200 ./mestral test --only node}.
 */
class KillLoopTest {
  private static final int KILLS = (int) setting("KILLS", 20);

  /** After so many kills others publish, so that looking at all of it stays quick. */
  private static final int KILLS_OF_A_KIT = 20;

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
    List<Kit> earlier = new ArrayList<>();
    List<BackupUnderLoad> whole = new ArrayList<>();
    List<Duration> starts = new ArrayList<>();
    for (int round = 0; round <= KILLS; round++) {
      String open = "storage.open-readings=" + (round % 2 == 0 ? 1000 : 200_000);
      try (NodeProcess node = NodeProcess.start(data, "limits.http-per-minute=0", open)) {
        if (round > 0) starts.add(node.startTime());
        for (Kit kit : kits) kit.verify(node.http(data));
        if (round == KILLS) {
          for (Kit kit : earlier) kit.verify(node.http(data));
          continue;
        }
        if (round % KILLS_OF_A_KIT == 0) {
          earlier.addAll(kits);
          kits = devices(node.http(data));
        }
        BackupUnderLoad backup = new BackupUnderLoad(folder.resolve("backup-" + round), kits);
        boolean awaited = round % 5 == 1; // the others are cut off somewhere, or not
        publishUntilKilled(
            node, kits, 20 + random.nextInt(600), () -> backup.begin(node.http(data), awaited));
        if (backup.isWhole()) whole.add(backup);
      }
    }
    for (BackupUnderLoad backup : whole.subList(Math.max(0, whole.size() - 2), whole.size()))
      backup.verify(folder.resolve("restored-" + backup.folder.getFileName()));
    Collections.sort(starts);
    Duration slowest = starts.get(starts.size() - 1);
    earlier.addAll(kits);
    long acknowledged = earlier.stream().mapToLong(kit -> kit.acknowledged.size()).sum();
    System.err.printf(
        "kills %d, seed %d, acknowledged %d messages, whole backups %d, slowest start %d ms%n",
        KILLS, SEED, acknowledged, whole.size(), slowest.toMillis());
    assertThat(whole).as("some backups must come to their end").isNotEmpty();
    assertThat(acknowledged).as("the load must be real").isGreaterThan(100L * KILLS);
    assertThat(starts.get(starts.size() / 2)).as("half of the starts").isLessThan(START_LIMIT);
  }

  private static long setting(String name, long fallback) {
    return Optional.ofNullable(System.getenv(name)).map(Long::valueOf).orElse(fallback);
  }

  /** What happens beside the load. */
  private interface Beside {
    void begin() throws IOException;
  }

  private static void publishUntilKilled(
      NodeProcess node, List<Kit> kits, int millis, Beside beside)
      throws InterruptedException, IOException {
    CountDownLatch underLoad = new CountDownLatch(kits.size());
    for (Kit kit : kits) kit.start(node.mqttPort(), underLoad);
    assertThat(underLoad.await(20, TimeUnit.SECONDS)).isTrue();
    beside.begin();
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

  /** A backup of a node that may be killed meanwhile. */
  private static final class BackupUnderLoad {
    private final Path folder;
    private final List<Kit> before = new ArrayList<>();
    private final List<Kit> kits;

    BackupUnderLoad(Path folder, List<Kit> kits) {
      this.folder = folder;
      this.kits = kits;
    }

    /** Asks for it; unless it is awaited the kill may come first. */
    void begin(HttpProbe http, boolean awaited) {
      for (Kit kit : kits) before.add(kit.asOfNow());
      CompletableFuture<Integer> done =
          http.posting("/ops/v1/backup", "{\"dir\":\"" + folder + "\"}");
      if (awaited)
        assertThat(done.orTimeout(20, TimeUnit.SECONDS).join()).isIn(201, 202); // 202: it goes on
    }

    boolean isWhole() {
      return Files.exists(folder.resolve("manifest.json"));
    }

    void verify(Path data) throws IOException, InterruptedException {
      NodeProcess.Ended restored =
          NodeProcess.run("restore", folder.toString(), "--data", data.toString());
      assertThat(restored).as("%s", restored).returns(0, NodeProcess.Ended::exitCode);
      try (NodeProcess node = NodeProcess.start(data, "limits.http-per-minute=0")) {
        for (Kit kit : before) kit.verify(node.http(data));
      }
    }
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

    Kit asOfNow() {
      Kit copy = new Kit(id, token);
      copy.acknowledged.addAll(acknowledged);
      return copy;
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

    /** Hours as the node sums them up, and as the readings it gives do. */
    private void verifyHours(HttpProbe http, int sensor, Map<Integer, Double> stored) {
      Map<Integer, DoubleSummaryStatistics> hours = new HashMap<>();
      stored.forEach(
          (n, value) ->
              hours.computeIfAbsent(n / 3600, none -> new DoubleSummaryStatistics()).accept(value));
      JsonNode answer = http.get(readings(sensor, "1h"));
      assertThat(answer.get("readings").size()).isEqualTo(hours.size());
      for (JsonNode pair : answer.get("readings")) {
        int hour = (int) Duration.between(FIRST, Instant.parse(pair.get(0).asText())).toHours();
        assertThat(pair.get(1).asDouble())
            .as("device %d sensor %d hour %d", id, sensor, hour)
            .isCloseTo(hours.get(hour).getAverage(), within(1e-6));
      }
    }

    private String readings(int sensor, String rollup) {
      return "/v0/devices/"
          + id
          + "/readings?rollup="
          + rollup
          + "&sensor_id="
          + sensor
          + "&from=2026-01-01T00:00:00Z";
    }

    private void verify(HttpProbe http, int sensor, IntToDoubleFunction value) {
      JsonNode answer = http.get(readings(sensor, "1s"));
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
      verifyHours(http, sensor, stored);
    }
  }
}
