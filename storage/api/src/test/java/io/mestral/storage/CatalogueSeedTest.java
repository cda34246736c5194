package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueSeedTest {
  private final CatalogueSeed seed = CatalogueSeed.shipped();

  @Test
  void holdsEveryKnownSensorAndMeasurementOnce() {
    assertThat(seed.sensors()).hasSize(188).extracting(Sensor::id).doesNotHaveDuplicates();
    assertThat(seed.measurements()).hasSize(16).extracting(Measurement::id).doesNotHaveDuplicates();
    assertThat(seed.sensors()).extracting(Sensor::uuid).doesNotHaveDuplicates();
    assertThat(seed.measurements()).extracting(Measurement::uuid).doesNotHaveDuplicates();
  }

  @Test
  void twoReadingsAreEqual() {
    assertThat(CatalogueSeed.shipped()).isEqualTo(seed);
  }

  @Test
  void aSensorOfTheKitHasItsKnownFacts() {
    Sensor temperature = sensor(55);
    assertThat(temperature.uuid())
        .isEqualTo(UUID.fromString("384e46a2-80dd-481e-a9fc-cfbd512f9f43"));
    assertThat(temperature.parent()).isEqualTo(OptionalInt.of(54));
    assertThat(temperature.defaultKey()).isEqualTo("t");
    assertThat(temperature.unit()).isEqualTo(Optional.of("ºC"));
    assertThat(temperature.measurement()).isEqualTo(OptionalInt.of(1));
    assertThat(temperature.equation()).isEqualTo(Calibration.IDENTITY);
    assertThat(temperature.description()).isEqualTo(temperature.name());
  }

  @Test
  void everySensorHasAKeyAndThoseWeMakeAreUnique() {
    List<String> legacy = List.of("temp", "hum", "light", "no2", "co", "bat", "panel");
    assertThat(
            seed.sensors().stream()
                .map(Sensor::defaultKey)
                .filter(key -> !legacy.contains(key))
                .collect(Collectors.toList()))
        .doesNotHaveDuplicates()
        .allMatch(key -> key.matches("[a-z0-9_.]+"));
    assertThat(sensor(193).defaultKey()).isEqualTo("sen5x_pm_1");
    assertThat(sensor(3).defaultKey()).isEqualTo("dht22");
  }

  @Test
  void formulasAndTablesCalibrate() {
    assertThat(sensor(4).reverseEquation().apply(215)).isEqualTo(21.5);
    assertThat(sensor(13).equation().apply(32768)).isCloseTo(69.5, within(1e-9));
    assertThat(sensor(7).equation().text()).startsWith("table 0:50 2:55 3:57 ");
    assertThat(sensor(7).equation().apply(1)).isEqualTo(52.5);
    assertThat(sensor(7).equation().apply(5000)).isEqualTo(110);
  }

  /** Every formula of the file, computed here without the parser; a new one must be added. */
  private static double expected(String formula, double x) {
    return switch (formula) {
      case "x" -> x;
      case "x/10.0" -> x / 10.0;
      case "x/1000.0" -> x / 1000.0;
      case "175.72/65536.0*x - 53" -> 175.72 / 65536.0 * x - 53;
      case "125.0/65536.0*x + 7" -> 125.0 / 65536.0 * x + 7;
      default -> throw new AssertionError("not known here: " + formula);
    };
  }

  @Test
  void everyEquationOfTheFileGivesItsValues() throws Exception {
    int formulas = 0;
    int tables = 0;
    for (JsonNode entry : file().path("sensors"))
      for (String direction : List.of("equation", "reverse_equation")) {
        JsonNode equation = entry.path(direction);
        Sensor sensor = sensor(entry.path("id").intValue());
        Calibration parsed =
            direction.equals("equation") ? sensor.equation() : sensor.reverseEquation();
        if (equation.isObject()) {
          checkTable(parsed, equation.path("points"));
          tables++;
          continue;
        }
        String formula = equation.asText("x").equals("null") ? "x" : equation.asText("x");
        for (double x : new double[] {-273.15, -1, 0, 0.1, 1, 19.72, 4095, 65535, 1e6})
          assertThat(parsed.apply(x))
              .as("%s of %s at %s", direction, sensor.name(), x)
              .isCloseTo(expected(formula, x), within(1e-9));
        formulas++;
      }
    assertThat(formulas + tables).isEqualTo(2 * 188);
    assertThat(tables).isEqualTo(1);
  }

  private static void checkTable(Calibration table, JsonNode points) {
    double first = points.get(0).get(1).asDouble();
    JsonNode last = points.get(points.size() - 1);
    assertThat(table.apply(points.get(0).get(0).asDouble() - 1)).isEqualTo(first);
    assertThat(table.apply(last.get(0).asDouble() + 1)).isEqualTo(last.get(1).asDouble());
    for (int i = 0; i < points.size(); i++)
      assertThat(table.apply(points.get(i).get(0).asDouble()))
          .isEqualTo(points.get(i).get(1).asDouble());
    for (int i = 1; i < points.size(); i++) {
      double middle = (points.get(i - 1).get(0).asDouble() + points.get(i).get(0).asDouble()) / 2;
      double value = (points.get(i - 1).get(1).asDouble() + points.get(i).get(1).asDouble()) / 2;
      assertThat(table.apply(middle)).isCloseTo(value, within(1e-9));
    }
  }

  private static JsonNode file() throws IOException {
    try (InputStream in = CatalogueSeed.class.getResourceAsStream("smart-citizen-sensors.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  @Test
  void parentsAndMeasurementsThatAreNamedExist() {
    List<Integer> sensors = seed.sensors().stream().map(sensor -> sensor.id().value()).toList();
    List<Integer> measurements = seed.measurements().stream().map(Measurement::id).toList();
    assertThat(seed.sensors())
        .allMatch(s -> s.parent().isEmpty() || sensors.contains(s.parent().getAsInt()))
        .allMatch(
            s -> s.measurement().isEmpty() || measurements.contains(s.measurement().getAsInt()));
  }

  private Sensor sensor(int id) {
    return seed.sensors().stream().filter(s -> s.id().value() == id).findFirst().orElseThrow();
  }
}
