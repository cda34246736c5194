package io.mestral.routing.request.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.Units;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Smart API, section 2.7: what an Activity says that it takes, and what it is called with. */
class SignatureTest {
  private static final Iri COST = new Iri("https://fleet.example/id/route-cost");
  private static final String PREFIXES =
      """
      @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
      @prefix quantity: <http://data.nasa.gov/qudt/owl/quantity#> .
      @prefix unit: <http://data.nasa.gov/qudt/owl/unit#> .
      """;
  private static final String ROUTE_COST =
      "smartapi:hasInput [ a smartapi:Input ; smartapi:parameter "
          + parameter(
              "distance",
              "[ a smartapi:ValueObject ; smartapi:dataType xsd:double ; qudt:quantityKind"
                  + " quantity:Length ; qudt:unit unit:Kilometer ; smartapi:minimum 0 ;"
                  + " smartapi:maximum 100 ]")
          + " , [ a smartapi:Parameter ; smartapi:key \"night\" ; smartapi:dataType xsd:boolean ]"
          + " , "
          + parameter(
              "stops", "[ a smartapi:ValueObject ; smartapi:dataType xsd:int ; sx:required false ]")
          + " , "
          + parameter("currency", "\"EUR\"")
          + " , "
          + parameter(
              "weight",
              "[ a smartapi:ValueObject ; qudt:quantityKind quantity:Mass ; sx:required false ]")
          + " , "
          + parameter(
              "start",
              "[ a smartapi:ValueObject ; smartapi:dataType xsd:dateTime ; sx:required false ;"
                  + " smartapi:minimum \"2026-01-01T00:00:00Z\"^^xsd:dateTime ]")
          + " ]";

  private static String parameter(String key, String value) {
    return "[ a smartapi:Parameter ; smartapi:key \"" + key + "\" ; rdf:value " + value + " ]";
  }

  private static Activity activity(String says) {
    String turtle = PREFIXES + "<" + COST.value() + "> a smartapi:Activity ; " + says + " .";
    Graph graph = new MessageReader().graph(turtle.getBytes(StandardCharsets.UTF_8), Syntax.TURTLE);
    return Activity.at(graph, COST);
  }

  private static void call(String offered, String parameters) {
    new Signature(activity(offered), Units.shared())
        .check(
            activity(
                "smartapi:hasInput [ a smartapi:Input "
                    + (parameters.isEmpty() ? "" : "; smartapi:parameter " + parameters)
                    + " ]"));
  }

  private static String distanceAnd(String more) {
    return parameter("distance", "12.5E0") + " , " + parameter("night", "true") + more;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12.5E0",
        "100",
        "\"12.5\"^^xsd:decimal",
        "[ a smartapi:ValueObject ; rdf:value 12.5E0 ]",
        "[ a smartapi:ValueObject ; rdf:value 1.0E5 ; qudt:unit unit:Meter ]",
        "[ a smartapi:ValueObject ; rdf:value 12 ; qudt:quantityKind quantity:Length ]"
      })
  void whatFitsIsTaken(String distance) {
    assertThatCode(
            () ->
                call(
                    ROUTE_COST,
                    parameter("distance", distance) + " , " + parameter("night", "false")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "distance | \"far\"                                     | INVALID_PARAMS | XMLSchema#double",
        "distance | 101                                         | INVALID_PARAMS | up to 100",
        "distance | -1.0E0                                      | INVALID_PARAMS | from 0",
        "distance | [ a smartapi:ValueObject ; rdf:value 1.1E5 ; qudt:unit unit:Meter ] | INVALID_PARAMS | up to 100",
        "distance | [ a smartapi:ValueObject ; rdf:value 1.0E0 ; qudt:unit unit:DegreeCelsius ] | UNIT_ERROR | Kilometer",
        "distance | [ a smartapi:ValueObject ; rdf:value 1.0E0 ; qudt:quantityKind quantity:Mass ] | UNIT_ERROR | Kilometer",
        "distance | [ a smartapi:ValueObject ]                  | INVALID_PARAMS | has no value",
        "distance | <https://fleet.example/id/far>              | INVALID_PARAMS | XMLSchema#double",
        "night    | 1                                           | INVALID_PARAMS | XMLSchema#boolean",
        "stops    | 1.5E0                                       | INVALID_PARAMS | XMLSchema#int",
        "weight   | [ a smartapi:ValueObject ; rdf:value 1.0E0 ; qudt:unit unit:Meter ] | UNIT_ERROR | Mass",
        "start    | \"2025-12-31T00:00:00Z\"^^xsd:dateTime      | INVALID_PARAMS | from 2026-01-01",
        "speed    | 5                                           | INVALID_PARAMS | \"distance\""
      })
  void whatDoesNotFitIsRefusedWithItsNameAndWhatIsAllowed(
      String name, String value, String error, String allowed) {
    String parameters =
        switch (name) {
          case "distance" -> parameter(name, value) + " , " + parameter("night", "true");
          case "night" -> parameter(name, value) + " , " + parameter("distance", "1");
          default -> distanceAnd(" , " + parameter(name, value));
        };
    SmartApiException refused =
        catchThrowableOfType(SmartApiException.class, () -> call(ROUTE_COST, parameters));
    assertThat(refused.type().name()).isEqualTo(error);
    assertThat(refused).hasMessageContaining("\"" + name + "\"").hasMessageContaining(allowed);
  }

  @Test
  void whatIsMissingIsNamedUnlessItNeedNotBeThere() {
    SmartApiException refused =
        catchThrowableOfType(SmartApiException.class, () -> call(ROUTE_COST, ""));
    assertThat(refused)
        .hasMessageContaining("\"distance\"")
        .hasMessageContaining("\"night\"")
        .hasMessageNotContaining("stops")
        .hasMessageNotContaining("currency");
  }

  @Test
  void anActivityThatSaysNothingOfInputsTakesAnyAndOneWithAnEmptyInputNone() {
    assertThatCode(() -> call("smartapi:category sx:Any", parameter("speed", "5")))
        .doesNotThrowAnyException();
    SmartApiException refused =
        catchThrowableOfType(
            SmartApiException.class,
            () -> call("smartapi:hasInput [ a smartapi:Input ]", parameter("speed", "5")));
    assertThat(refused).hasMessageContaining("takes none");
  }

  @ParameterizedTest
  @CsvSource({"Joule, true", "Kilowatthour, true", "Meter, false", "Nonsense, false"})
  void outputsAreAskedForInUnitsThatTheyCanBeGivenIn(String unit, boolean isTaken) {
    String heat = "smartapi:hasOutput [ a smartapi:Output ; smartapi:parameter %s ]";
    Signature signature =
        new Signature(
            activity(
                heat.formatted(
                    parameter("heat", "[ a smartapi:ValueObject ; qudt:unit unit:Joule ]"))),
            Units.shared());
    Activity call =
        activity(
            heat.formatted(
                parameter("heat", "[ a smartapi:ValueObject ; qudt:unit unit:" + unit + " ]")));
    if (isTaken) assertThatCode(() -> signature.check(call)).doesNotThrowAnyException();
    else
      assertThat(catchThrowableOfType(SmartApiException.class, () -> signature.check(call)))
          .hasMessageContaining("\"heat\"")
          .extracting(SmartApiException::type)
          .isEqualTo(ErrorType.UNIT_ERROR);
  }

  @Test
  void whatHasAMethodIsCalledWithIt() {
    Signature signature = new Signature(activity("smartapi:method smartapi:Read"), Units.shared());
    assertThatCode(() -> signature.check(activity("smartapi:method smartapi:Read")))
        .doesNotThrowAnyException();
    for (String other : List.of("smartapi:method smartapi:Write", "smartapi:category sx:Any"))
      assertThat(
              catchThrowableOfType(SmartApiException.class, () -> signature.check(activity(other))))
          .hasMessageContaining("smartapi#Read");
  }

  @Test
  void argumentsByReferenceAreThereWithoutBeingLookedAt() {
    Activity call =
        activity(
            "smartapi:hasRefInput [ a smartapi:Input ; smartapi:parameter "
                + parameter("distance", "<https://fleet.example/id/odometer>")
                + " , "
                + parameter("night", "<https://fleet.example/id/clock>")
                + " ]");
    assertThatCode(() -> new Signature(activity(ROUTE_COST), Units.shared()).check(call))
        .doesNotThrowAnyException();
  }
}
