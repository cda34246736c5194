package io.mestral.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedKitTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-06-21T00:00:00.750Z");
  private static final int LIGHT = 14;
  private static final int TEMPERATURE = 55;
  private final SimulatedKit kit = new SimulatedKit("abc123", 7);

  @Test
  void itWritesTheKitsShortForm() {
    assertThat(kit.readings(MIDNIGHT, 0))
        .matches("\\{t:2026-06-21T00:00:00Z(,\\d{1,3}:-?\\d+(\\.\\d\\d)?)+}")
        .hasSizeLessThan(512);
  }

  @Test
  void itSaysTheSameAboutTheSameSecond() {
    assertThat(kit.readings(MIDNIGHT, 4)).isEqualTo(kit.readings(MIDNIGHT, 4));
    assertThat(kit.readings(MIDNIGHT, 4))
        .isNotEqualTo(new SimulatedKit("abc123", 8).readings(MIDNIGHT, 4));
  }

  @Test
  void theNightIsDarkAndTheAfternoonWarm() {
    Instant afternoon = MIDNIGHT.plus(Duration.ofHours(15));

    assertThat(values(MIDNIGHT, 0).get(LIGHT)).isZero();
    assertThat(values(afternoon, 0).get(LIGHT)).isGreaterThan(1000);
    assertThat(values(afternoon, 0).get(TEMPERATURE))
        .isGreaterThan(values(MIDNIGHT, 0).get(TEMPERATURE) + 3);
  }

  @Test
  void aWholeDayStaysPlausible() {
    IntStream.range(0, 288)
        .mapToObj(i -> values(MIDNIGHT.plus(Duration.ofMinutes(5L * i)), i))
        .forEach(
            values -> {
              assertThat(values.get(TEMPERATURE)).isBetween(0.0, 40.0);
              assertThat(values.get(56)).isBetween(0.0, 100.0);
              assertThat(values.get(58)).isBetween(95.0, 105.0);
              assertThat(values.get(53)).isBetween(25.0, 90.0);
            });
  }

  @Test
  void particulatesAreMeasuredEveryFifthTime() {
    assertThat(values(MIDNIGHT, 5)).containsKeys(87, 88, 89, 165, 170);
    assertThat(values(MIDNIGHT, 6)).doesNotContainKeys(87, 88, 89, 165, 170);
  }

  @Test
  void itsIntroductionIsWhatAKitSends() {
    JsonObject info = new JsonObject(kit.info(MIDNIGHT));

    assertThat(info.fieldNames())
        .containsExactly(
            "time", "hw_ver", "id", "sam_ver", "sam_bd", "mac", "esp_ver", "esp_bd", "rcause");
    assertThat(info.getString("time")).isEqualTo("2026-06-21T00:00:00Z");
    assertThat(info.getString("id")).hasSize(32);
  }

  private Map<Integer, Double> values(Instant time, long number) {
    String text = kit.readings(time, number);
    return Arrays.stream(text.substring(text.indexOf(',') + 1, text.length() - 1).split(","))
        .map(pair -> pair.split(":"))
        .collect(
            Collectors.toMap(pair -> Integer.parseInt(pair[0]), p -> Double.parseDouble(p[1])));
  }
}
