package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole day of a real kit, as it lies on its SD card, sent line by line the way the kit's radio
 * sends it; and the roll-ups of that day against a computation that shares no code with the node's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KitDayTest {
  private static final String DAY = "sd-card-2018-12-06.csv";
  private static final int LINES = 1297;
  private static final int SECONDS = 1289;

  private final List<String> messages = new ArrayList<>();

  /** What the card says: sensor, then time as written, then value; a repeated second overwrites. */
  private final Map<Integer, TreeMap<String, Double>> card = new TreeMap<>();

  private NodeProcess node;
  private HttpProbe http;
  private int device;

  @BeforeAll
  void theKitPublishesItsDay(@TempDir Path folder) throws Exception {
    readCard();
    Path data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
    JsonNode made = http.post("/ops/v1/devices", "{\"name\":\"Roof\"}").get(0);
    device = made.get("id").asInt();
    String token = made.get("device_token").asText();
    try (RawKit kit = new RawKit(node.mqttPort(), token)) {
      for (String message : messages) kit.publish("device/sck/" + token + "/readings/raw", message);
      waitForTheLastReading();
    }
  }

  @AfterAll
  void theNodeStops() throws Exception {
    assertThat(node.stop()).isZero();
  }

  @Test
  void theCardIsTheOneThatIsMeant() {
    assertThat(messages).hasSize(LINES);
    assertThat(card.get(55)).hasSize(SECONDS);
  }

  @Test
  void everyValueIsThere() {
    for (int sensor : card.keySet()) {
      Map<String, Double> stored = new TreeMap<>();
      for (JsonNode pair : readings(sensor, "1s", "avg").get("readings"))
        stored.put(pair.get(0).asText(), pair.get(1).asDouble());
      assertThat(stored).as("sensor %d", sensor).isEqualTo(card.get(sensor));
    }
  }

  @Test
  void theSensorsOfTheDeviceAreThoseThatPublished() {
    List<Integer> sensors = new ArrayList<>();
    JsonNode shown = http.get("/v0/devices/" + device);
    shown.get("data").get("sensors").forEach(s -> sensors.add(s.get("id").asInt()));
    assertThat(sensors).containsExactlyInAnyOrderElementsOf(card.keySet());
    assertThat(shown.get("last_reading_at").asText()).isEqualTo(card.get(55).lastKey());
    assertThat(shown.get("state").asText()).isEqualTo("has_published");
  }

  @Test
  void hourlyRollUpsAgreeWithAnIndependentComputation() {
    compareByPrefix("1h", "2018-12-06T00".length());
  }

  @Test
  void dailyRollUpsAgreeWithAnIndependentComputation() {
    compareByPrefix("1d", "2018-12-06".length());
  }

  @Test
  void tenMinuteRollUpsAgreeWithAnIndependentComputation() {
    compareByPrefix("10m", "2018-12-06T00:0".length());
  }

  /** Buckets are the times that share the first characters; that needs no arithmetic on time. */
  private void compareByPrefix(String rollup, int characters) {
    Map<String, ToDoubleFunction<List<Double>>> functions =
        Map.of(
            "avg", v -> sum(v) / v.size(),
            "sum", KitDayTest::sum,
            "min", v -> v.stream().mapToDouble(d -> d).min().orElseThrow(),
            "max", v -> v.stream().mapToDouble(d -> d).max().orElseThrow(),
            "count", List::size,
            "first", v -> v.get(0),
            "last", v -> v.get(v.size() - 1));
    for (int sensor : card.keySet()) {
      TreeMap<String, List<Double>> buckets = new TreeMap<>();
      Map<String, String> firstTimes = new TreeMap<>();
      card.get(sensor)
          .forEach(
              (time, value) -> {
                String bucket = time.substring(0, characters);
                firstTimes.putIfAbsent(bucket, time);
                buckets.computeIfAbsent(bucket, b -> new ArrayList<>()).add(value);
              });
      functions.forEach(
          (name, function) -> {
            JsonNode answer = readings(sensor, rollup, name);
            assertThat(answer.get("sample_size").asInt()).isEqualTo(card.get(sensor).size());
            List<String> expected = new ArrayList<>(buckets.descendingKeySet());
            assertThat(answer.get("readings")).as("%d %s", sensor, name).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
              JsonNode pair = answer.get("readings").get(i);
              assertThat(pair.get(0).asText()).isEqualTo(firstTimes.get(expected.get(i)));
              double value = function.applyAsDouble(buckets.get(expected.get(i)));
              assertThat(pair.get(1).asDouble())
                  .as("sensor %d, %s of %s", sensor, name, expected.get(i))
                  .isCloseTo(value, org.assertj.core.data.Offset.offset(Math.abs(value) * 1e-12));
            }
          });
    }
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(d -> d).sum();
  }

  private JsonNode readings(int sensor, String rollup, String function) {
    return http.get(
        "/v0/devices/%d/readings?sensor_id=%d&rollup=%s&function=%s&from=2018-12-06&to=2018-12-07"
            .formatted(device, sensor, rollup, function));
  }

  /** QoS 0 has no acknowledgement, so the node is asked until the last value is there. */
  private void waitForTheLastReading() {
    Instant limit = Instant.now().plusSeconds(30);
    while (readings(55, "1s", "avg").get("sample_size").asInt() < SECONDS)
      assertThat(Instant.now()).as("the day must arrive within 30 s").isBefore(limit);
  }

  private void readCard() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                KitDayTest.class.getResourceAsStream(DAY), StandardCharsets.UTF_8))) {
      for (int header = 0; header < 3; header++) lines.readLine();
      String[] sensors = lines.readLine().strip().split(",");
      for (String line = lines.readLine(); line != null; line = lines.readLine())
        if (!line.isBlank()) addLine(sensors, line.strip().split(","));
    }
  }

  private void addLine(String[] sensors, String[] cells) {
    StringBuilder message = new StringBuilder("{t:").append(cells[0]);
    for (int i = 1; i < cells.length; i++) {
      if (cells[i].equals("none")) continue; // the kit doesn't send what it hasn't measured
      message.append(',').append(sensors[i]).append(':').append(cells[i]);
      card.computeIfAbsent(Integer.valueOf(sensors[i]), s -> new TreeMap<>())
          .put(cells[0], Double.valueOf(cells[i]));
    }
    messages.add(message.append('}').toString());
  }
}
