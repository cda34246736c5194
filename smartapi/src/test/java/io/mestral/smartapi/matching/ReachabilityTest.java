package io.mestral.smartapi.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.Units;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Smart API, section 2.20. */
class ReachabilityTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-03-03T08:00:00Z");
  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix gr: <http://purl.org/goodrelations/v1#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix ex: <https://example.org/vocab#> .
      @prefix fleet: <https://fleet.example/id/> .
      """;
  private static final String ON_MONDAYS =
      "smartapi:hasAvailability [ a smartapi:TemporalAvailability ; smartapi:temporalContext [ a"
          + " smartapi:TemporalContext ; smartapi:during gr:Monday ] ]";
  private static final String NOT_WHEN_EMPTY =
      "smartapi:restriction [ a sx:Restriction ; smartapi:hasCondition [ a smartapi:Condition ;"
          + " sx:onProperty ex:batteryLevel ; sx:less [ a smartapi:ValueObject ; qudt:unit"
          + " unit:Percent ; rdf:value 1.0E1 ] ] ]";

  private static boolean isAvailable(String says, Instant moment) {
    byte[] turtle =
        (PREFIXES + "fleet:thermo-12 a smartapi:Device ; " + says + " .")
            .getBytes(StandardCharsets.UTF_8);
    Iri name = new Iri("https://fleet.example/id/thermo-12");
    Entity entity = Entity.at(new MessageReader().graph(turtle, Syntax.TURTLE), name);
    return new Reachability(Units.shared(), ZoneOffset.UTC).isAvailable(entity, moment);
  }

  private static String battery(String percent) {
    return "ex:batteryLevel [ a smartapi:ValueObject ; qudt:unit unit:Percent ; rdf:value %s ]"
        .formatted(percent);
  }

  @Test
  void whoeverSaysNothingIsAvailable() {
    assertThat(isAvailable("ex:room 5", TUESDAY)).isTrue();
  }

  @Test
  void oneOfSeveralAvailabilitiesIsEnough() {
    assertThat(isAvailable(ON_MONDAYS, MONDAY)).isTrue();
    assertThat(isAvailable(ON_MONDAYS, TUESDAY)).isFalse();
    String tuesdays = ON_MONDAYS.replace("gr:Monday", "gr:Tuesday");
    assertThat(isAvailable(ON_MONDAYS + " ; " + tuesdays, TUESDAY)).isTrue();
    assertThat(isAvailable(ON_MONDAYS + " ; " + tuesdays, TUESDAY.plusSeconds(86_400))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"5.0E0, false", "1.0E1, true", "8.0E1, true"})
  void aRestrictionHoldsByItsCondition(String percent, boolean expected) {
    assertThat(isAvailable(NOT_WHEN_EMPTY + " ; " + battery(percent), MONDAY)).isEqualTo(expected);
  }

  @Test
  void aRestrictionThatCannotBeEvaluatedHolds() {
    assertThat(isAvailable(NOT_WHEN_EMPTY, MONDAY)).isFalse();
    assertThat(isAvailable("smartapi:restriction [ a sx:Restriction ]", MONDAY)).isFalse();
  }

  @Test
  void bothAreLookedAt() {
    String both = ON_MONDAYS + " ; " + NOT_WHEN_EMPTY + " ; " + battery("8.0E1");
    assertThat(isAvailable(both, MONDAY)).isTrue();
    assertThat(isAvailable(both, TUESDAY)).isFalse();
    assertThat(isAvailable(both.replace("8.0E1", "1.0E0"), MONDAY)).isFalse();
  }
}
