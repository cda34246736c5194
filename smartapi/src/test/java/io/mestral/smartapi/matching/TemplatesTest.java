package io.mestral.smartapi.matching;

import static io.mestral.smartapi.matching.Fleet.ex;
import static io.mestral.smartapi.matching.Fleet.fleet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Geo;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The cases that the Smart API's section on templates is tried by, one after the other. */
class TemplatesTest {
  private static final String SPEED = "ex:speed [ a smartapi:ValueObject ]";
  private static final String NEAR_A =
      "sx:geospatialContext [ smartapi:ring [ geo:location [ a geo:Point ; geo:lat 60.0 ; geo:long 24.0 ] ; ";

  private final Fleet stock = new Fleet();

  @Test
  void redCarsAndTheirSpeeds() {
    assertThat(speeds(stock.read("[ a ex:Car ; ex:color \"red\" ; " + SPEED + " ]")))
        .isEqualTo(Map.of("car-7", 50.0, "car-9", 0.0));
  }

  @Test
  void theSameInMilesPerHour() {
    Map<String, Double> speeds =
        speeds(
            stock.read(
                "[ a ex:Car ; ex:color \"red\" ; ex:speed [ a smartapi:ValueObject ; qudt:unit"
                    + " unit:MilePerHour ] ]"));
    assertThat(speeds).containsOnlyKeys("car-7", "car-9").containsEntry("car-9", 0.0);
    assertThat(speeds.get("car-7")).isCloseTo(31.068559611866698, within(31e-9));
  }

  @Test
  void aTypeMeansItsKindsAsWell() {
    assertThat(speeds(stock.read("[ a ex:Vehicle ; ex:color \"red\" ; " + SPEED + " ]")))
        .containsOnlyKeys("car-7", "car-9", "van-1");
  }

  @Test
  void whatSomebodyElseAnsweredIsBelievedWhereItSaysNothing() {
    stock.add(
        "fleet:car-4 a ex:Car ; ex:speed [ a smartapi:ValueObject ; qudt:unit"
            + " unit:KilometerPerHour ; rdf:value 7.0E1 ] .");
    String red = "[ a ex:Car ; ex:color \"red\" ; " + SPEED + " ]";
    String near = NEAR_A + "smartapi:maxRadius [ qudt:unit unit:Meter ; rdf:value 100.0 ] ] ] ; ";
    assertThat(speeds(stock.read(red, near))).containsOnlyKeys("car-7");
    assertThat(speeds(stock.readAnswered(red, near)))
        .containsOnlyKeys("car-7", "car-9", "car-4"); // car-9 is nowhere, car-3 is blue
  }

  @Test
  void aNamedEntityIsThatOneWhateverItsSelectorsSay() {
    assertThat(speeds(stock.read("fleet:car-3 ex:color \"red\" ; " + SPEED)))
        .isEqualTo(Map.of("car-3", 80.0));
    assertThat(speeds(stock.read("[ owl:sameAs fleet:car-3 ; ex:color \"red\" ; " + SPEED + " ]")))
        .isEqualTo(Map.of("car-3", 80.0));
  }

  @Test
  void aValueSelectsAndTheWholeEntityIsAnswered() {
    Outcome outcome =
        stock.read(
            "[ a ex:Car ; ex:speed [ a smartapi:ValueObject ; qudt:unit unit:KilometerPerHour ;"
                + " rdf:value 5.0E1 ] ]");
    assertThat(outcome.entities()).hasSize(1);
    Entity whole = outcome.entities().get(0);
    assertThat(whole.iri()).contains(fleet("car-7"));
    assertThat(whole.properties())
        .containsExactlyInAnyOrder(Rdf.TYPE, ex("color"), ex("speed"), Geo.LOCATION);
    assertThat(whole.location().flatMap(place -> place.latitude())).contains(60.0);
  }

  @Test
  void aValueSelectsInAnotherUnit() {
    assertThat(
            names(
                stock.read(
                    "[ a ex:Car ; ex:speed [ a smartapi:ValueObject ; qudt:unit"
                        + " unit:MeterPerSecond ; rdf:value 1.3888888888888889E1 ] ]")))
        .containsExactly("car-7");
  }

  @Test
  void aLimitSelectsAndAsks() {
    assertThat(
            speeds(
                stock.read(
                    "[ a ex:Car ; ex:speed [ a smartapi:ValueObject ; smartapi:minimum 1.0E0 ] ]")))
        .isEqualTo(Map.of("car-7", 50.0, "car-3", 80.0));
  }

  @Test
  void aConditionSelects() {
    assertThat(
            speeds(
                stock.read(
                    "[ a ex:Car ; ex:color [ a smartapi:Condition ; smartapi:regex \"^r\" ] ; "
                        + SPEED
                        + " ]")))
        .containsOnlyKeys("car-7", "car-9");
    assertThat(
            speeds(
                stock.read(
                    "[ a ex:Car ; ex:color [ a smartapi:Condition ; smartapi:not \"red\" ] ; "
                        + SPEED
                        + " ]")))
        .containsOnlyKeys("car-3");
  }

  @Test
  void aSpanLeavesOutWhatIsOutsideAndWhatHasNoInstant() {
    assertThat(
            names(
                stock.read(
                    "[ a ex:Car ; " + SPEED + " ]",
                    "smartapi:temporalContext [ smartapi:start"
                        + " \"2026-03-01T07:30:00Z\"^^xsd:dateTime ; smartapi:end"
                        + " \"2026-03-01T09:00:00Z\"^^xsd:dateTime ] ;")))
        .containsExactly("car-7");
  }

  @Test
  void aDiscLeavesOutWhatIsOutsideAndWhatHasNoPlace() {
    assertThat(
            names(
                stock.read(
                    "[ a ex:Car ; " + SPEED + " ]",
                    NEAR_A
                        + "smartapi:maxRadius [ qudt:unit unit:Kilometer ; rdf:value 1.0 ] ] ] ;")))
        .containsExactly("car-7");
  }

  @Test
  void aRingHasAnInnerRadius() {
    assertThat(
            names(
                stock.read(
                    "[ a ex:Vehicle ; " + SPEED + " ]",
                    NEAR_A
                        + "smartapi:minRadius [ qudt:unit unit:Kilometer ; rdf:value 5.0 ] ;"
                        + " smartapi:maxRadius [ qudt:unit unit:Kilometer ; rdf:value 20.0 ] ] ] ;")))
        .containsExactly("car-3");
  }

  @Test
  void aTemperatureInFahrenheit() {
    Outcome outcome =
        stock.read(
            "[ a ex:Thermometer ; ex:temperature [ a smartapi:ValueObject ; qudt:unit"
                + " unit:DegreeFahrenheit ] ]");
    ValueObject value = value(outcome.entities().get(0), ex("temperature"));
    assertThat(value.value()).contains(Variant.of(66.65));
    assertThat(value.unit())
        .contains(new Iri("http://data.nasa.gov/qudt/owl/unit#DegreeFahrenheit"));
    assertThat(value.quantityKind())
        .contains(new Iri("http://data.nasa.gov/qudt/owl/quantity#ThermodynamicTemperature"));
  }

  @Test
  void aTemperatureInMetresIsAUnitError() {
    assertFailure(
        stock.read(
            "[ a ex:Thermometer ; ex:temperature [ a smartapi:ValueObject ; qudt:unit unit:Meter ]"
                + " ]"),
        ErrorType.UNIT_ERROR);
    assertThat(ErrorType.UNIT_ERROR.code()).isEqualTo(422);
  }

  @Test
  void aWriteChangesAllMatches() {
    Outcome outcome =
        stock.write(
            "[ a ex:Car ; ex:color \"red\" ; ex:speed [ a smartapi:ValueObject ; qudt:unit"
                + " unit:KilometerPerHour ; rdf:value 2.0E1 ] ]");
    assertThat(speeds(outcome)).isEqualTo(Map.of("car-7", 20.0, "car-9", 20.0));
    assertThat(speeds(stock.read("[ a ex:Vehicle ; " + SPEED + " ]")))
        .isEqualTo(Map.of("car-7", 20.0, "car-9", 20.0, "car-3", 80.0, "van-1", 30.0));
  }

  @Test
  void aWriteOfNoValueWritesNothingAndShowsTheMatches() {
    Outcome outcome = stock.write("[ a ex:Car ; ex:color \"red\" ; " + SPEED + " ]");
    assertThat(names(outcome)).containsExactlyInAnyOrder("car-7", "car-9");
    assertThat(outcome.changes()).isEmpty();
  }

  @Test
  void aWriteToWhateverThereIsIsRefused() {
    assertFailure(
        stock.write("[ ex:speed [ a smartapi:ValueObject ; rdf:value 0.0E0 ] ]"),
        ErrorType.INVALID_PARAMS);
    assertFailure(stock.delete("[ a smartapi:Entity ]"), ErrorType.INVALID_PARAMS);
    assertThat(speeds(stock.read("[ a ex:Car ; " + SPEED + " ]"))).containsEntry("car-7", 50.0);
  }

  @Test
  void aCreateMakesOneEntityWhateverItLeavesOpen() {
    Outcome outcome =
        stock.create(
            "[ a ex:Car ; ex:color \"green\" ; ex:speed [ a smartapi:ValueObject ; qudt:unit"
                + " unit:KilometerPerHour ] ]");
    assertThat(names(outcome)).containsExactly("new-1");
    Entity made = stock.find(fleet("new-1")).orElseThrow();
    assertThat(made.types()).containsExactly(ex("Car"));
    ValueObject speed = value(made, ex("speed"));
    assertThat(speed.unit()).isPresent();
    assertThat(speed.value()).isEmpty();
  }

  @Test
  void aDeleteRemovesAllMatchesAndAnswersTheirNames() {
    Outcome outcome =
        stock.delete(
            "[ a ex:Car ; ex:speed [ a smartapi:ValueObject ; qudt:unit unit:KilometerPerHour ;"
                + " rdf:value 8.0E1 ] ]");
    assertThat(names(outcome)).containsExactly("car-3");
    assertThat(outcome.entities().get(0).properties()).containsExactly(Rdf.TYPE);
    assertThat(stock.find(fleet("car-3"))).isEmpty();
    assertThat(stock.find(fleet("car-7"))).isPresent();
  }

  @Test
  void anUnknownEntityIsAnErrorAndNoMatchIsNone() {
    assertFailure(stock.read("fleet:car-99 " + SPEED), ErrorType.NOT_FOUND_ERROR);
    Outcome boats = stock.read("[ a ex:Boat ; " + SPEED + " ]");
    assertThat(boats.entities()).isEmpty();
    assertThat(boats.failures()).isEmpty();
  }

  @Test
  void anEntityInTheWayIsAConflict() {
    assertFailure(stock.create("fleet:car-7 a ex:Car"), ErrorType.CONFLICT_ERROR);
    assertThat(names(stock.create("fleet:car-8 a ex:Car"))).containsExactly("car-8");
  }

  @Test
  void whatTheSenderMayNotSeeDoesNotMatchAndIsRefusedByName() {
    Fleet guarded = new Fleet("car-7");
    assertThat(names(guarded.read("[ a ex:Car ]"))).containsExactlyInAnyOrder("car-9", "car-3");
    assertFailure(guarded.read("fleet:car-7 a ex:Car"), ErrorType.NOT_AUTHORIZED_ERROR);
  }

  @Test
  void templatesDoNotStopOneAnotherAndAnEntityIsAnsweredOnce() {
    Outcome outcome =
        stock.read(
            "[ a ex:Thermometer ; ex:temperature [ a smartapi:ValueObject ; qudt:unit unit:Meter ]"
                + " ] , [ a ex:Van ; ex:color \"red\" ; "
                + SPEED
                + " ] , [ a ex:Van ]");
    assertThat(outcome.entities()).hasSize(1);
    assertThat(outcome.entities().get(0).iri()).contains(fleet("van-1"));
    assertThat(outcome.entities().get(0).objects(ex("speed"), ValueObject::at)).hasSize(1);
    assertThat(outcome.failures()).hasSize(1);
  }

  @Test
  void tooManyMatchesAreRefusedWhole() {
    Templates few = new Templates(stock, Ontology.core(), Units.shared(), 2);
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> few.read(Fleet.activity("[ a smartapi:Entity ]", ""), Fleet.NOW))
        .withMessageContaining("More than 2 Entities match")
        .returns(ErrorType.TOO_LARGE_ERROR, SmartApiException::type);
  }

  @Test
  void anEmptyTemplateReadsEverything() {
    assertThat(stock.read("[ a smartapi:Entity ]").entities()).hasSize(5);
  }

  @Test
  void aWrittenValueStaysInTheUnitOfTheEntity() {
    Outcome outcome =
        stock.write(
            "[ a ex:Thermometer ; ex:temperature [ a smartapi:ValueObject ; qudt:unit"
                + " unit:DegreeFahrenheit ; rdf:value 6.98E1 ] ]");
    assertThat(value(outcome.entities().get(0), ex("temperature")).value())
        .contains(Variant.of(69.8));
    ValueObject stored = value(stock.find(fleet("thermo-12")).orElseThrow(), ex("temperature"));
    assertThat(stored.value()).contains(Variant.of(21.0));
    assertThat(stored.unit()).contains(new Iri("http://data.nasa.gov/qudt/owl/unit#DegreeCelsius"));
    assertThat(stored.instant()).contains(Fleet.NOW);
  }

  @Test
  void anEarlierWriteThatComesLaterReplacesNothing() {
    String at =
        "fleet:car-7 ex:speed [ a smartapi:ValueObject ; rdf:value %s ; smartapi:instant \"2026-03-01T%s\"^^xsd:dateTime ]";
    stock.write(at.formatted("7.0E1", "09:59:00Z"));
    Outcome outcome = stock.write(at.formatted("9.0E1", "09:58:59.999Z"));
    assertFailure(outcome, ErrorType.CONFLICT_ERROR);
    assertThat(outcome.changes()).isEmpty();
    assertThat(stock.write(at.formatted("6.0E1", "09:59:00Z")).changes()).hasSize(1);
    ValueObject speed = value(stock.find(fleet("car-7")).orElseThrow(), ex("speed"));
    assertThat(speed.value()).contains(Variant.of(60.0));
  }

  @Test
  void nilRemovesAValue() {
    stock.write("fleet:car-7 ex:speed [ a smartapi:ValueObject ; rdf:value rdf:nil ]");
    ValueObject speed = value(stock.find(fleet("car-7")).orElseThrow(), ex("speed"));
    assertThat(speed.value()).isEmpty();
    assertThat(speed.unit()).isPresent();
  }

  @Test
  void aWriteBeyondTheLimitsChangesNothingOfThatEntity() {
    stock.add(
        """
        fleet:oven-1 a ex:Oven ;
          ex:target [ a smartapi:ValueObject ; qudt:unit unit:DegreeCelsius ; rdf:value 1.0E2 ;
            smartapi:minimum 3.0E1 ; smartapi:maximum 2.5E2 ] ;
          ex:fan [ a smartapi:ValueObject ; rdf:value false ] .
        """);
    Outcome outcome =
        stock.write(
            "[ a ex:Oven ; ex:fan [ a smartapi:ValueObject ; rdf:value true ] ; ex:target [ a"
                + " smartapi:ValueObject ; qudt:unit unit:DegreeCelsius ; rdf:value 3.0E2 ] ]");
    assertFailure(outcome, ErrorType.INVALID_PARAMS);
    assertThat(outcome.failures().get(0).cause())
        .hasMessageContaining("takes values from 3.0E1 to 2.5E2, not 3.0E2");
    assertThat(outcome.changes()).isEmpty();
  }

  private static void assertFailure(Outcome outcome, ErrorType type) {
    assertThat(outcome.failures()).hasSize(1);
    assertThat(outcome.failures().get(0).cause().type()).isEqualTo(type);
    assertThat(outcome.entities()).isEmpty();
  }

  private static List<String> names(Outcome outcome) {
    assertThat(outcome.failures()).isEmpty();
    return outcome.entities().stream().map(TemplatesTest::name).toList();
  }

  private static Map<String, Double> speeds(Outcome outcome) {
    assertThat(outcome.failures()).isEmpty();
    return outcome.entities().stream()
        .collect(
            Collectors.toMap(
                TemplatesTest::name,
                entity -> value(entity, ex("speed")).value().orElseThrow().asDouble()));
  }

  private static String name(Entity entity) {
    return entity.iri().orElseThrow().value().replace("https://fleet.example/id/", "");
  }

  private static ValueObject value(Entity entity, Iri property) {
    return entity.object(property, ValueObject::at).orElseThrow();
  }
}
