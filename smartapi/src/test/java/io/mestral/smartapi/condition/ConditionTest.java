package io.mestral.smartapi.condition;

import static io.mestral.smartapi.error.ErrorType.INVALID_PARAMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.TurtleText;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.Refused;
import io.mestral.smartapi.value.UnitConversion;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  private static final String EX = "https://example.org/vocab#";
  private static final Iri S = new Iri(EX + "s");
  private static final Iri C = new Iri(EX + "c");
  private static final Iri P = new Iri(EX + "p");

  /** Metres and kilometres. */
  private static final UnitConversion UNITS =
      (value, from, to) ->
          from.value().endsWith("Kilometer") && to.value().endsWith("Meter")
              ? Optional.of(value.movePointRight(3))
              : from.value().endsWith("Meter") && to.value().endsWith("Kilometer")
                  ? Optional.of(value.movePointLeft(3))
                  : Optional.<BigDecimal>empty();

  private static Truth evaluate(String subject, String condition) {
    Graph graph = TurtleText.graph(subject + "\nex:c " + condition + " .");
    return Condition.read(graph, C).evaluate(new GraphScope(graph, S, UNITS), Optional.of(P));
  }

  private static Condition read(String turtle) {
    return Condition.read(TurtleText.graph(turtle), C);
  }

  private static void refused(String turtle, String... texts) {
    Refused.as(INVALID_PARAMS, () -> read(turtle), texts);
  }

  @ParameterizedTest(name = "p = {0}: {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'red' | sx:equal 'red' | TRUE",
        "'red' | sx:equal 'blue' | FALSE",
        "'red' | sx:equal 'blue', 'red' | TRUE",
        "'red' | sx:notEqual 'blue' | TRUE",
        "'red' | sx:notEqual 'blue', 'red' | FALSE",
        "'red' | sx:equal 5 | UNKNOWN",
        "'red' | sx:notEqual 5 | UNKNOWN",
        "'red', 7 | sx:equal 5 | UNKNOWN",
        "'red', 5 | sx:equal 5 | TRUE",
        "'red', 'blue' | sx:notEqual 'red' | TRUE",
        "ex:a | sx:equal ex:a | TRUE",
        "ex:a | sx:equal ex:b | FALSE",
        "ex:a | sx:notEqual ex:b | TRUE",
        "ex:a | sx:less ex:b | UNKNOWN",
        "5 | sx:less 5.5 | TRUE",
        "5 | sx:less 5.0 | FALSE",
        "5 | sx:lessOrEqual 5.0E0 | TRUE",
        "5 | sx:lessOrEqual 4 | FALSE",
        "5 | sx:greater 4 | TRUE",
        "5 | sx:greater 5 | FALSE",
        "5 | sx:greaterOrEqual 5 | TRUE",
        "5 | sx:greaterOrEqual 6 | FALSE",
        "5, 7 | sx:greater 6 | TRUE",
        "'a' | sx:less 'b' | TRUE",
        "'PT1H'^^xsd:duration | sx:less 'P1D'^^xsd:duration | TRUE",
        "'P1M'^^xsd:duration | sx:less 'P2M'^^xsd:duration | UNKNOWN",
        "true | sx:less false | UNKNOWN",
        "'NaN'^^xsd:double | sx:less 5 | UNKNOWN",
        "'2026-03-01T08:00:00Z'^^xsd:dateTime | sx:less '2026-03-01T10:00:00+01:00'^^xsd:dateTime | TRUE",
        "'red' | smartapi:regex '^r' | TRUE",
        "'blue' | smartapi:regex '^r' | FALSE",
        "'Blue' | smartapi:regex '^r', '(?i)^b' | TRUE",
        "ex:red | smartapi:regex 'vocab#r' | TRUE",
        "5 | smartapi:regex '^5$' | TRUE",
        "[ ex:q 1 ] | smartapi:regex 'a' | UNKNOWN",
        "5 | sx:present true | TRUE",
        "5 | sx:present false | FALSE",
        "'red' | smartapi:not 'red' | FALSE",
        "'blue' | smartapi:not 'red' | TRUE",
        "'blue' | smartapi:not 'red', 'blue' | FALSE",
        "5 | smartapi:not 'red' | UNKNOWN",
        "5 | sx:greater 1 ; sx:less 10 | TRUE",
        "5 | sx:greater 1 ; sx:less 3 | FALSE",
        "5 | smartapi:or [ sx:less 3 ], [ sx:greater 4 ] | TRUE",
        "5 | smartapi:and [ sx:less 6 ], [ sx:greater 5 ] | FALSE",
        "5 | smartapi:xor 5, 5.0, 6 | FALSE",
        "5 | smartapi:xor 5, 6 | TRUE",
        "5 | smartapi:xor 5, 'a' | UNKNOWN",
        "[ rdf:value 1.5 ; qudt:unit unit:Kilometer ] | sx:equal [ rdf:value 1500 ; qudt:unit unit:Meter ] | TRUE",
        "[ rdf:value 1.5 ; qudt:unit unit:Kilometer ] | sx:less [ rdf:value 1499 ; qudt:unit unit:Meter ] | FALSE",
        "[ rdf:value 1.5 ; qudt:unit unit:Kilometer ] | sx:less [ rdf:value 9 ; qudt:unit unit:Gram ] | UNKNOWN",
        "[ rdf:value 1.5 ; qudt:unit unit:Kilometer ] | sx:less 2 | TRUE",
        "[ rdf:value 1.5 ; qudt:unit unit:Kilometer ] | smartapi:not [ rdf:value 1500.0 ; qudt:unit unit:Meter ] | FALSE",
        "[ rdf:value 'red' ] | smartapi:regex '^r' | TRUE",
        "2 | sx:less [ a smartapi:ValueObject ; rdf:value 3 ; qudt:unit unit:Meter ] | TRUE"
      })
  void aConditionOnValuesIs(String values, String condition, Truth truth) {
    assertThat(evaluate("ex:s ex:p " + values + " .", condition)).isEqualTo(truth);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sx:equal 5 | UNKNOWN",
        "sx:notEqual 5 | UNKNOWN",
        "sx:less 5 | UNKNOWN",
        "smartapi:regex 'a' | UNKNOWN",
        "smartapi:not 5 | UNKNOWN",
        "sx:present true | FALSE",
        "sx:present false | TRUE",
        "smartapi:and [ sx:less 5 ], [ sx:present true ] | FALSE",
        "smartapi:or [ sx:less 5 ], [ sx:present false ] | TRUE",
        "smartapi:xor [ sx:less 5 ], [ sx:present false ] | UNKNOWN"
      })
  void aMissingValueIsUnknown(String condition, Truth truth) {
    assertThat(evaluate("", condition)).isEqualTo(truth);
  }

  /** Operands of the three truths: true as present, false as absent, unknown as incomparable. */
  @ParameterizedTest(name = "{0}: and {1}, or {2}, xor {3}, not {4}")
  @CsvSource({
    "TT, TRUE, TRUE, FALSE, FALSE",
    "TF, FALSE, TRUE, TRUE, FALSE",
    "TU, UNKNOWN, TRUE, UNKNOWN, FALSE",
    "FF, FALSE, FALSE, FALSE, TRUE",
    "FU, FALSE, UNKNOWN, UNKNOWN, UNKNOWN",
    "UU, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN",
    "TTT, TRUE, TRUE, FALSE, FALSE",
    "TFF, FALSE, TRUE, TRUE, FALSE",
    "TFU, FALSE, TRUE, UNKNOWN, FALSE",
    "TTU, UNKNOWN, TRUE, UNKNOWN, FALSE",
    "FFU, FALSE, UNKNOWN, UNKNOWN, UNKNOWN",
    "FFF, FALSE, FALSE, FALSE, TRUE"
  })
  void operatorsJoinByThreeValuedLogic(String truths, Truth and, Truth or, Truth xor, Truth not) {
    String operands =
        truths
            .chars()
            .mapToObj(
                c -> c == 'T' ? "[ sx:less 9 ]" : c == 'F' ? "[ sx:less 1 ]" : "[ sx:less 'a' ]")
            .collect(Collectors.joining(", "));
    String subject = "ex:s ex:p 5 .";
    assertThat(evaluate(subject, "smartapi:and " + operands)).isEqualTo(and);
    assertThat(evaluate(subject, "smartapi:or " + operands)).isEqualTo(or);
    assertThat(evaluate(subject, "smartapi:xor " + operands)).isEqualTo(xor);
    assertThat(evaluate(subject, "smartapi:not " + operands)).isEqualTo(not);
  }

  @Test
  void thePropertyIsThatOfTheNearestConditionThatNamesOne() {
    String subject = "ex:s ex:p 5 ; ex:q 7 .";
    assertThat(evaluate(subject, "sx:onProperty ex:q ; sx:equal 7")).isEqualTo(Truth.TRUE);
    assertThat(
            evaluate(
                subject,
                "sx:onProperty ex:q ; smartapi:and [ sx:equal 7 ],"
                    + " [ sx:onProperty ex:p ; sx:equal 5 ]"))
        .isEqualTo(Truth.TRUE);
    Graph graph = TurtleText.graph("ex:c sx:equal 7 .");
    Condition condition = Condition.read(graph, C);
    Refused.as(
        INVALID_PARAMS,
        () -> condition.holds(new GraphScope(graph, S, UNITS), Optional.empty()),
        "sx:onProperty");
  }

  @Test
  void thePricesOfTheExampleApplyByDistance() {
    Graph prices = TurtleText.example("20-conditional-price");
    for (String distance : new String[] {"10.0", "10.1"}) {
      Graph trip =
          TurtleText.graph(
              "ex:s ex:distance [ rdf:value %s ; qudt:unit unit:Kilometer ] .".formatted(distance));
      GraphScope scope = new GraphScope(trip, S, UNITS);
      String applying =
          prices
              .triples()
              .filter(triple -> triple.predicate().equals(SmartApi.HAS_CONDITION))
              .filter(
                  triple ->
                      Condition.read(prices, (Resource) triple.object())
                          .holds(scope, Optional.empty()))
              .map(Triple::subject)
              .map(price -> prices.object(price, SmartApi.INDEX).orElseThrow().toString())
              .collect(Collectors.joining());
      assertThat(applying).startsWith(distance.equals("10.0") ? "\"0\"" : "\"1\"");
    }
  }

  @Test
  void aMalformedConditionIsRefused() {
    refused("ex:c a smartapi:Condition .", "no operator", "lessOrEqual");
    refused("ex:c smartapi:xor 1 .", "xor", "1 operands", "2 or more");
    refused("ex:c sx:less 1, 2 .", "less", "2 operands", "one");
    refused("ex:c sx:less [ sx:less 1 ] .", "less", "a Condition");
    refused("ex:c sx:equal [ a smartapi:ValueObject ] .", "with a value");
    refused("ex:c sx:present 5 .", "sx:present", "xsd:boolean");
    refused("ex:c smartapi:regex 5 .", "xsd:string");
    refused("ex:c smartapi:regex '(a' .", "(a", "RE2");
    refused("ex:c sx:onProperty 'speed' ; sx:less 1 .", "sx:onProperty", "one IRI");
    refused("ex:c sx:onProperty ex:p, ex:q ; sx:less 1 .", "2 values");
    refused("ex:c sx:equal [ rdf:value 1, 2 ] .", "2 values");
  }

  @Test
  void aConditionThatContainsItselfIsRefused() {
    refused("ex:c smartapi:not ex:c .", "contains itself");
    refused("ex:c smartapi:not ex:d . ex:d smartapi:and ex:c, 1 .", "contains itself");
  }

  @Test
  void depthIsBounded() {
    assertThat(read("ex:c " + nested(31) + " .")).isNotNull();
    refused("ex:c " + nested(32) + " .", "32");
    refused("ex:c " + nested(5_000) + " .", "32");
    Condition condition = Condition.builder().with(Operator.EQUAL, Operand.of("a")).build();
    for (int depth = 1; depth < 32; depth++) {
      condition = Condition.builder().with(Operator.NOT, condition).build();
    }
    Condition deepest = condition;
    Refused.as(
        INVALID_PARAMS,
        () -> Condition.builder().with(Operator.NOT, deepest).build(),
        "deeper than 32");
  }

  /** So many Conditions below the first. */
  private static String nested(int depth) {
    return IntStream.range(0, depth)
        .mapToObj(level -> "smartapi:not ex:c" + level + " . ex:c" + level + " ")
        .collect(Collectors.joining("", "", "sx:equal 1"));
  }

  @Test
  void lengthIsBoundedWhereNodesAreSharedToo() {
    String numbers =
        IntStream.range(0, 999).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    assertThat(read("ex:c sx:equal " + numbers + " .")).isNotNull();
    refused("ex:c sx:equal " + numbers + ", 999 .", "1000 Conditions");
    String doubling =
        IntStream.range(0, 30)
            .mapToObj(
                level ->
                    "ex:c%1$d smartapi:and [ smartapi:not ex:c%2$d ], [ smartapi:not ex:c%2$d ] .\n"
                        .formatted(level, level + 1))
            .collect(Collectors.joining());
    refused("ex:c smartapi:not ex:c0 . " + doubling + "ex:c30 sx:equal 1 .", "allowed are");
  }

  @Property
  void aConditionIsReadAsItWasWritten(@ForAll("conditions") Condition condition) {
    Graph.Builder builder = Graph.builder();
    Resource node = condition.write(builder);
    Graph graph = builder.build();
    assertThat(Condition.isCondition(graph, node)).isTrue();
    Condition back = Condition.read(graph, node);
    assertThat(back).isEqualTo(condition).hasSameHashCodeAs(condition);
    Graph subject =
        TurtleText.graph("ex:s ex:p 5 ; ex:q 'red', [ rdf:value 1.5 ; qudt:unit unit:Meter ] .");
    GraphScope scope = new GraphScope(subject, S, UNITS);
    assertThat(back.evaluate(scope, Optional.of(P)))
        .isEqualTo(condition.evaluate(scope, Optional.of(P)));
  }

  @Provide
  Arbitrary<Condition> conditions() {
    return conditions(3);
  }

  private static Arbitrary<Condition> conditions(int depth) {
    Arbitrary<Condition> leaves =
        Combinators.combine(
                Arbitraries.of(P, new Iri(EX + "q")).optional(),
                Arbitraries.of(
                    Operator.EQUAL, Operator.NOT_EQUAL, Operator.LESS, Operator.GREATER_OR_EQUAL),
                Arbitraries.of(
                    Operand.of("red"),
                    Operand.of(5),
                    Operand.of(P),
                    Operand.of(
                        new Quantity(
                            Literal.of(1.5),
                            Optional.of(new Iri("http://data.nasa.gov/qudt/owl/unit#Meter"))))),
                Arbitraries.of(true, false).optional())
            .as(
                (property, operator, operand, present) -> {
                  ConditionBuilder builder = Condition.builder().with(operator, operand);
                  property.ifPresent(builder::on);
                  present.ifPresent(wanted -> builder.present(wanted).regex("^r", "d$"));
                  return builder.build();
                });
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Condition> joined =
        Combinators.combine(
                Arbitraries.of(Operator.AND, Operator.OR, Operator.XOR, Operator.NOT),
                conditions(depth - 1).list().ofMinSize(2).ofMaxSize(3))
            .as(
                (operator, operands) ->
                    Condition.builder().with(operator, operands.toArray(Operand[]::new)).build());
    return Arbitraries.oneOf(leaves, joined);
  }
}
