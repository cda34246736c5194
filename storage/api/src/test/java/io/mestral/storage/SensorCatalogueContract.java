package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.Tag;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every engine's {@link SensorCatalogue} does. */
public abstract class SensorCatalogueContract extends MetadataContract {
  @Test
  void theSeedIsThereFromTheFirstStartInTheOrderOfIds() {
    CatalogueSeed seed = CatalogueSeed.shipped();
    assertThat(await(metadata().catalogue().sensors()))
        .containsExactlyInAnyOrderElementsOf(seed.sensors())
        .isSortedAccordingTo(Comparator.comparing(sensor -> sensor.id().value()));
    assertThat(await(metadata().catalogue().measurements()))
        .containsExactlyInAnyOrderElementsOf(seed.measurements())
        .isSortedAccordingTo(Comparator.comparing(measurement -> measurement.id()));
  }

  @Test
  void theSeedIsPlantedOnce() throws Exception {
    reopen();
    assertThat(await(metadata().catalogue().sensors())).hasSize(188);
    assertThat(await(metadata().catalogue().measurements())).hasSize(16);
  }

  @Test
  void aSensorThatIsAddedGetsTheNextNumberAndAKeyOfItsOwn() throws Exception {
    Sensor made = await(catalogue().addSensor(sensor("geiger")));
    assertThat(made.id().value()).isEqualTo(228);
    assertThat(made.equation().apply(40)).isEqualTo(5);
    assertConflict(catalogue().addSensor(sensor("geiger")), "default_key");
    assertConflict(catalogue().addSensor(sensor("temp")), "default_key");
    reopen();
    assertThat(await(catalogue().sensors())).last().isEqualTo(made);
  }

  @Test
  void ofTwoSensorsAddedAtOnceWithOneKeyOneIsKept() {
    Future<Sensor> one = catalogue().addSensor(sensor("twin"));
    Future<Sensor> other = catalogue().addSensor(sensor("twin"));
    await(Future.join(one, other).otherwiseEmpty());
    assertThat(one.succeeded()).isNotEqualTo(other.succeeded());
  }

  @Test
  void aSensorIsChangedButForItsNumber() {
    Sensor changed =
        await(
            catalogue()
                .updateSensor(
                    new SensorId(55),
                    before -> {
                      Sensor other = sensor(before.defaultKey());
                      return new Sensor(
                          new SensorId(99),
                          before.uuid(),
                          before.parent(),
                          other.name(),
                          other.description(),
                          before.defaultKey(),
                          other.unit(),
                          OptionalInt.of(1),
                          other.equation(),
                          other.reverseEquation(),
                          other.datasheet(),
                          other.unitDefinition(),
                          before.createdAt(),
                          NOON);
                    }));
    assertThat(changed.id()).isEqualTo(new SensorId(55));
    assertThat(await(catalogue().sensors())).contains(changed).hasSize(188);
    failureOf(catalogue().updateSensor(new SensorId(1), before -> before));
  }

  @Test
  void measurementsAreAddedAndChangedUnderNamesOfTheirOwn() {
    Measurement made = await(catalogue().addMeasurement(measurement("Rays")));
    assertConflict(catalogue().addMeasurement(measurement("Rays")), "name");
    Measurement changed =
        await(catalogue().updateMeasurement(made.id(), before -> renamed(before, "Radiation")));
    assertThat(changed.id()).isEqualTo(made.id());
    assertThat(await(catalogue().measurements())).contains(changed).hasSize(17);
    String taken = await(catalogue().measurements()).get(0).name();
    assertConflict(
        catalogue().updateMeasurement(made.id(), before -> renamed(before, taken)), "name");
  }

  @Test
  void sensorsHaveTagsInPlaceOfThoseTheyHad() {
    Tag raw = await(catalogue().addTag(tag("raw")));
    Tag old = await(catalogue().addTag(tag("Old")));
    assertConflict(catalogue().addTag(tag("RAW")), "name");
    assertThat(await(catalogue().tags())).containsExactly(raw, old);
    SensorId sensor = new SensorId(55);
    await(catalogue().tag(sensor, List.of(raw.id(), old.id())));
    assertThat(await(catalogue().tagged())).isEqualTo(Map.of(sensor, List.of(old, raw)));
    await(catalogue().tag(sensor, List.of()));
    assertThat(await(catalogue().tagged())).isEmpty();
  }

  private SensorCatalogue catalogue() {
    return metadata().catalogue();
  }

  private static Tag tag(String name) {
    return new Tag(0, UUID.randomUUID(), name, Optional.empty(), NOON, NOON);
  }

  private static Measurement measurement(String name) {
    return new Measurement(
        0, UUID.randomUUID(), name, "d", Optional.of("u"), Optional.empty(), NOON, NOON);
  }

  private static Measurement renamed(Measurement measurement, String name) {
    return new Measurement(
        measurement.id(),
        measurement.uuid(),
        name,
        measurement.description(),
        measurement.unit(),
        measurement.definition(),
        measurement.createdAt(),
        measurement.updatedAt());
  }

  private static Sensor sensor(String key) {
    return new Sensor(
        new SensorId(0),
        UUID.randomUUID(),
        OptionalInt.empty(),
        "Geiger counter",
        "Counts",
        key,
        Optional.of("cpm"),
        OptionalInt.empty(),
        Calibration.parse("x/10 + 1"),
        Calibration.IDENTITY,
        Optional.of("https://example.org"),
        Optional.empty(),
        NOON,
        NOON);
  }
}
