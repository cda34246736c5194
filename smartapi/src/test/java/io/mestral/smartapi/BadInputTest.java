package io.mestral.smartapi;

import static io.mestral.smartapi.error.ErrorType.INVALID_PARAMS;
import static io.mestral.smartapi.error.ErrorType.INVALID_REQUEST;
import static io.mestral.smartapi.error.ErrorType.PARSE_ERROR;
import static io.mestral.smartapi.error.ErrorType.TOO_LARGE_ERROR;
import static io.mestral.smartapi.error.ErrorType.UNIT_ERROR;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mestral.smartapi.condition.Condition;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Dictionary;
import io.mestral.smartapi.value.Variant;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of sections 1 to 6 by which input is refused, with what a person is told. Templates
 * (section 3) are in {@code TemplatesTest}, proofs and encryption (section 7) in {@code
 * ProofsTest}, {@code CertificateTrustTest} and {@code DecryptionRefusalsTest}, the limits of lists
 * in {@code ListWriterTest}.
 */
class BadInputTest {
  private static final String ENVELOPE =
      "smartapi:generatedBy <urn:app> ;"
          + " smartapi:generatedAt \"2026-03-01T08:00:00Z\"^^xsd:dateTime";
  private static final Iri NODE = new Iri("urn:n");
  private static final MessageReader READER = new MessageReader();

  static Stream<Arguments> rules() {
    return Stream.of(messages(), documents(), lists(), values(), conditions(), units())
        .flatMap(some -> some);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void inputThatBreaksARuleIsRefusedWithTheReason(
      String rule, ErrorType type, ThrowingCallable input, String reason) {
    assertThatExceptionOfType(SmartApiException.class)
        .as(rule)
        .isThrownBy(input)
        .withMessageContaining(reason)
        .returns(type, SmartApiException::type);
  }

  private static Stream<Arguments> messages() {
    return Stream.of(
        rule("2.1 no message", PARSE_ERROR, () -> read("<urn:a> a <urn:B>"), "has no message"),
        rule(
            "2.1 two messages",
            PARSE_ERROR,
            () -> read("[] a smartapi:Request . [] a smartapi:Response"),
            "has 2 messages"),
        rule(
            "2.1 no sender",
            INVALID_REQUEST,
            () ->
                read(
                    "[] a smartapi:Request ; smartapi:generatedAt"
                        + " \"2026-03-01T08:00:00Z\"^^xsd:dateTime"),
            "exactly one is wanted, the sender's IRI"),
        rule(
            "2.1 no time",
            INVALID_REQUEST,
            () -> read("[] a smartapi:Request ; smartapi:generatedBy <urn:app>"),
            "when the message was made"),
        rule(
            "2.1 Entities and Inputs",
            INVALID_PARAMS,
            () ->
                read(
                    "[] a smartapi:Request ; smartapi:activity [ smartapi:entity <urn:e> ;"
                        + " smartapi:hasInput [ a smartapi:Input ] ] ; "
                        + ENVELOPE),
            "has Entities and Inputs"),
        rule(
            "2.1 unknown context",
            PARSE_ERROR,
            () -> json("{\"@context\":\"https://schema.org\",\"@type\":\"Thing\"}"),
            "https://schema.org"));
  }

  private static Stream<Arguments> documents() {
    return Stream.of(
        rule("2 no Turtle", PARSE_ERROR, () -> read("<urn:a> a"), "line"),
        rule("2 no JSON", PARSE_ERROR, () -> json("{\"@id\":"), "line"),
        rule(
            "9.27 nested too deep",
            TOO_LARGE_ERROR,
            () -> read("<urn:a> <urn:b> " + "[ <urn:b> ".repeat(65) + "1" + " ]".repeat(65)),
            "64"),
        rule(
            "9.27 an IRI too long",
            TOO_LARGE_ERROR,
            () -> read("<urn:" + "a".repeat(2048) + "> a <urn:B>"),
            "at most 2048"),
        rule(
            "9.27 a literal too long",
            TOO_LARGE_ERROR,
            () -> read("<urn:a> <urn:b> \"" + "a".repeat((1 << 20) + 1) + "\""),
            "at most 1048576"));
  }

  private static Stream<Arguments> lists() {
    return Stream.of(
        rule("4.3 an index twice", PARSE_ERROR, () -> list(ordered(2, 0, 0)), "index"),
        rule("4.3 an index outside", PARSE_ERROR, () -> list(ordered(2, 0, 2)), "index"),
        rule("4.3 an index below zero", PARSE_ERROR, () -> list(ordered(2, -1)), "index"),
        rule(
            "4.3 a cell visited twice",
            PARSE_ERROR,
            () -> list("<urn:c> . <urn:c> rdf:first 1 ; rdf:rest <urn:c>"),
            "comes back to a cell that it has passed"),
        rule(
            "4.3 two firsts",
            PARSE_ERROR,
            () -> list("[ rdf:first 1, 2 ; rdf:rest rdf:nil ]"),
            "2 values of"),
        rule("4.4 mixed kinds", PARSE_ERROR, () -> list(nude("[1,\\\"a\\\"]")), "kind"),
        rule("4.4 no array", PARSE_ERROR, () -> list(nude("{}")), "array"),
        rule(
            "4.4 tuples of different length",
            PARSE_ERROR,
            () -> list(nude("[[1,2],[1]]")),
            "tuple"),
        rule(
            "4.6 a key twice",
            PARSE_ERROR,
            () ->
                Dictionary.read(
                    graph(
                        "<urn:n> a smartapi:Map ; smartapi:entry [ smartapi:key \"a\" ; rdf:value 1"
                            + " ], [ smartapi:key \"a\" ; rdf:value 2 ] ."),
                    NODE),
            "key"));
  }

  private static Stream<Arguments> values() {
    return Stream.of(
        rule("5.1 no number", INVALID_PARAMS, () -> Variant.of("warm").asDouble(), "warm"),
        rule("5.1 a lost fraction", INVALID_PARAMS, () -> Variant.of(1.5).asLong(), "1.5"),
        rule(
            "5.1 no moment",
            INVALID_PARAMS,
            () -> Variant.of(Literal.of("noon", Xsd.DATE_TIME)).asInstant(),
            "noon"),
        rule("5.1 no truth", INVALID_PARAMS, () -> Variant.of("yes").asBoolean(), "yes"),
        rule(
            "5.1 two values where one may be",
            INVALID_PARAMS,
            () -> Obj.at(graph("<urn:n> <urn:p> 1, 2 ."), NODE).value(new Iri("urn:p")),
            "2 values"));
  }

  private static Stream<Arguments> conditions() {
    return Stream.of(
        rule(
            "5.3 too deep",
            INVALID_PARAMS,
            () -> condition("smartapi:not [ ".repeat(33) + "sx:less 1" + " ]".repeat(33)),
            "32"),
        rule("5.3 a circle", INVALID_PARAMS, () -> condition("smartapi:not <urn:n>"), "itself"),
        rule(
            "5.3 two limits",
            INVALID_PARAMS,
            () -> condition("sx:less 1, 2"),
            "has 2 operands; it works on one"),
        rule("5.3 xor of one", INVALID_PARAMS, () -> condition("smartapi:xor 1"), "xor"),
        rule(
            "5.3 a back reference",
            INVALID_PARAMS,
            () -> condition("smartapi:regex \"(a)\\\\1\""),
            "regular expression"),
        rule(
            "5.3 present is a truth",
            INVALID_PARAMS,
            () -> condition("sx:present \"often\""),
            "sx:present"));
  }

  private static Stream<Arguments> units() {
    return Stream.of(
        rule("6 another dimension", UNIT_ERROR, () -> convert("DEG_C", "M"), "DEG_C"),
        rule("6 an unknown unit", UNIT_ERROR, () -> convert("DEG_C", "WARMTH"), "WARMTH"),
        rule("6 a logarithmic unit", UNIT_ERROR, () -> convert("DeciB", "B"), "DeciB"),
        rule("6 pH", UNIT_ERROR, () -> convert("PH", "PERCENT"), "PH"),
        rule(
            "6 an integer that isn't exact",
            UNIT_ERROR,
            () ->
                Units.shared()
                    .convert(
                        new BigDecimal("1.5"),
                        Measure.in(unit("M")),
                        Measure.in(unit("M")),
                        Xsd.INTEGER),
            "1.5"),
        rule(
            "6 another kind of the same dimension",
            UNIT_ERROR,
            () ->
                Units.shared()
                    .convert(
                        BigDecimal.ONE,
                        new Measure(Optional.of(unit("N-M")), Optional.of(kind("Torque"))),
                        new Measure(Optional.of(unit("J")), Optional.of(kind("Energy")))),
            "Torque"));
  }

  private static Arguments rule(
      String rule, ErrorType type, ThrowingCallable input, String reason) {
    return Arguments.of(rule, type, input, reason);
  }

  private static void read(String turtle) {
    READER.read(document(turtle), Syntax.TURTLE);
  }

  private static void json(String document) {
    READER.read(document.getBytes(StandardCharsets.UTF_8), Syntax.JSON_LD);
  }

  private static void list(String node) {
    Graph graph = graph("<urn:n> smartapi:list " + node + " .");
    Iri list = new Iri("http://smart-api.io/ontology/1.0/smartapi#list");
    RdfList.read(graph, graph.object(NODE, list).orElseThrow()).orElseThrow().terms().size();
  }

  private static String ordered(int size, int... indexes) {
    StringBuilder entries = new StringBuilder();
    for (int at = 0; at < indexes.length; at++) {
      entries
          .append(at == 0 ? "" : ", ")
          .append("[ smartapi:index %d ; rdf:value %d ]".formatted(indexes[at], at));
    }
    return "[ rdf:first [ smartapi:size %d ; smartapi:indexedArray [ smartapi:entry %s ] ] ]"
        .formatted(size, entries);
  }

  private static String nude(String json) {
    return "[ rdf:first [ smartapi:rawArray [ rdf:value \"%s\"^^rdf:JSON ] ] ]".formatted(json);
  }

  private static void condition(String operators) {
    Condition.read(graph("<urn:n> a smartapi:Condition ; " + operators + " ."), NODE);
  }

  private static void convert(String from, String to) {
    Units.shared().convert(BigDecimal.ONE, Measure.in(unit(from)), Measure.in(unit(to)));
  }

  private static Iri unit(String name) {
    return new Iri("http://qudt.org/vocab/unit/" + name);
  }

  private static Iri kind(String name) {
    return new Iri("http://qudt.org/vocab/quantitykind/" + name);
  }

  private static Graph graph(String turtle) {
    return READER.graph(document(turtle.replaceAll("[.]$", "")), Syntax.TURTLE);
  }

  private static byte[] document(String statements) {
    return ("""
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
        @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
        """
            + statements
            + " .\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
