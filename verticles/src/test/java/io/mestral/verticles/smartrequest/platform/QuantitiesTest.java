package io.mestral.verticles.smartrequest.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Sensor;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.unit.Units;
import io.mestral.storage.Settled;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QuantitiesTest {
  private static final String UNIT = "http://qudt.org/vocab/unit/";
  private static final String KIND = "http://qudt.org/vocab/quantitykind/";

  private final Units units = Units.shared();
  private final Quantities quantities = new Quantities(units);

  @Test
  void aSensorOfTheCatalogueHasWhatTheTableSays() {
    assertThat(quantities.of(sensor(55, "ºC")))
        .isEqualTo(
            new Measurand(
                Optional.of(new Iri(KIND + "ThermodynamicTemperature")),
                Optional.of(new Iri(UNIT + "DEG_C")),
                Optional.of("airTemperature")));
    assertThat(quantities.of(sensor(3, "")))
        .as("a board that measures nothing itself")
        .isEqualTo(new Measurand(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void aUnitThatWasChangedInTheCatalogueIsNotTheTables() {
    Measurand changed = quantities.of(sensor(58, "hPa"));
    assertThat(changed.unit()).contains(new Iri(UNIT + "HectoPA"));
    assertThat(changed.quantityKind()).contains(new Iri(KIND + "AtmosphericPressure"));
    assertThat(quantities.of(sensor(58, "of my own")).unit()).isEmpty();
  }

  @Test
  void ofASensorThatTheTableDoesNotKnowTheUnitIsFoundByItsSymbol() {
    assertThat(quantities.of(sensor(9_000, "°C")))
        .isEqualTo(
            new Measurand(
                Optional.empty(), Optional.of(new Iri(UNIT + "DEG_C")), Optional.empty()));
    assertThat(quantities.of(sensor(9_000, "of my own")))
        .isEqualTo(new Measurand(Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void theTableFitsTheShippedCatalogueAndTheLibrary() throws Exception {
    Vertx vertx = Vertx.vertx();
    List<Sensor> sensors;
    try (TestStores stores = TestStores.open(vertx, Clock.systemUTC())) {
      sensors = Settled.value(stores.metadata().catalogue().sensors());
    } finally {
      Settled.value(vertx.close());
    }
    assertThat(sensors).hasSizeGreaterThan(180);
    for (Sensor sensor : sensors) {
      Measurand measurand = quantities.of(sensor);
      measurand.unit().ifPresent(unit -> assertThat(units.unit(unit)).as("" + unit).isPresent());
      measurand
          .quantityKind()
          .filter(kind -> kind.value().startsWith(KIND))
          .ifPresent(kind -> assertThat(units.quantityKind(kind)).as("" + kind).isPresent());
      boolean measures = measurand.property().isPresent();
      assertThat(measures || measurand.equals(quantities.of(sensor(3, ""))))
          .as("%s has a name for what it measures, or measures nothing", sensor)
          .isTrue();
      String text = sensor.unit().orElse("");
      assertThat(quantities.of(sensor(sensor.id().value(), text)))
          .as("unit of %s", sensor.id())
          .isEqualTo(measurand);
    }
    assertThat(sensors.stream().filter(one -> quantities.of(one).unit().isPresent()))
        .as("those with a unit in the table")
        .hasSize(121);
  }

  private static Sensor sensor(int id, String unit) {
    return new Sensor(
        new SensorId(id),
        UUID.randomUUID(),
        OptionalInt.empty(),
        "Sensor",
        "",
        "key",
        Optional.of(unit).filter(text -> !text.isEmpty()),
        OptionalInt.empty(),
        Calibration.IDENTITY,
        Calibration.IDENTITY,
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
