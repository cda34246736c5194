package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
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
