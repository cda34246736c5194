package io.mestral.smartapi.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.syntax.multipart.Multipart;
import io.mestral.smartapi.syntax.multipart.MultipartReader;
import io.mestral.smartapi.syntax.multipart.Part;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.Types;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageWriterTest {
  private static final List<String> EXAMPLES =
      List.of(
          "01a-read-request",
          "01b-read-response",
          "06b-call-response",
          "07-error",
          "09b-progress-next",
          "10a-context-request",
          "11b-offer-response",
          "13-gateway-announcement",
          "16b-alive-response");
  private static final Iri CAR = new Iri("https://fleet.example/id/car-7");

  private final MessageReader reader = new MessageReader();
  private final MessageWriter writer = new MessageWriter();

  static Stream<Arguments> examplesInEveryManner() {
    return EXAMPLES.stream()
        .flatMap(
            example ->
                Stream.of(Syntax.values())
                    .filter(Syntax::isWritten)
                    .flatMap(
                        syntax ->
                            Stream.of(QudtFamily.values())
                                .map(family -> Arguments.of(example, syntax, family))));
  }

  @ParameterizedTest
  @MethodSource("examplesInEveryManner")
  void whatIsWrittenIsReadBack(String example, Syntax syntax, QudtFamily family)
      throws IOException {
    for (JsonLdForm form : JsonLdForm.values()) {
      Manner manner = new Manner(syntax, form, family);
      Received first = reader.read(example(example, Syntax.TURTLE), Syntax.TURTLE);
      Document written = writer.write(first.message(), manner);
      assertThat(Syntax.ofMediaType(written.contentType())).contains(syntax);
      Received again = reader.read(written.body(), syntax);
      assertThat(again.message()).hasSameClassAs(first.message());
      assertThat(text(again.original())).isEqualTo(text(writer.inManner(first.message(), manner)));
    }
  }

  @ParameterizedTest
  @EnumSource(QudtFamily.class)
  void unitsAreNamedAsTheAskerNamedThem(QudtFamily family) {
    String unit =
        family == QudtFamily.MODERN
            ? "http://qudt.org/vocab/unit/MI-PER-HR"
            : "http://data.nasa.gov/qudt/owl/unit#MilePerHour";
    Received asked =
        reader.read(
            turtle(
                "smartapi:Request",
                "smartapi:activity [ smartapi:entity [ ex:speed [ qudt:unit <" + unit + "> ] ] ]"),
            Syntax.TURTLE);
    Manner manner = asked.manner(QudtFamily.LEGACY);
    assertThat(manner.qudt()).isEqualTo(family);
    for (String known : List.of("MI-PER-HR", "KiloM-PER-HR")) {
      Received answer =
          reader.read(
              turtle(
                  "smartapi:Response",
                  "ex:speed [ qudt:unit <http://qudt.org/vocab/unit/" + known + "> ]"),
              Syntax.TURTLE);
      Graph written = writer.inManner(answer.message(), manner);
      assertThat(written.triples().filter(t -> t.predicate().equals(Qudt.UNIT)))
          .allSatisfy(
              t ->
                  assertThat(((Iri) t.object()).value())
                      .startsWith(unit.substring(0, unit.indexOf("unit") + 5)));
    }
  }

  @Test
  void whoNamesBothVocabulariesKnowsTodaysAndWhoNamesNoneGetsTheOperatorsChoice() {
    Received both =
        reader.read(
            turtle(
                "smartapi:Request",
                "ex:a <http://data.nasa.gov/qudt/owl/unit#Meter>,"
                    + " <http://qudt.org/vocab/unit/SEC>"),
            Syntax.TURTLE);
    assertThat(both.manner(QudtFamily.LEGACY).qudt()).isEqualTo(QudtFamily.MODERN);
    Received none = reader.read(turtle("smartapi:Request", "ex:a 1"), Syntax.TURTLE);
    for (QudtFamily chosen : QudtFamily.values()) {
      assertThat(none.manner(chosen).qudt()).isEqualTo(chosen);
    }
  }

  @Test
  void anEntityIsSaidToBeOneBesideItsOwnTypes() throws IOException {
    Received response = reader.read(example("01b-read-response", Syntax.TURTLE), Syntax.TURTLE);
    assertThat(response.original().contains(CAR, Rdf.TYPE, Types.ENTITY)).isFalse();
    Graph written = writer.inManner(response.message(), response.manner(QudtFamily.LEGACY));
    assertThat(written.contains(CAR, Rdf.TYPE, Types.ENTITY)).isTrue();
    assertThat(written.contains(CAR, Rdf.TYPE, new Iri("https://example.org/vocab#Car"))).isTrue();
    assertThat(written.size()).isEqualTo(response.original().size() + 2);
  }

  @Test
  void anEntityOfWhichNothingIsSaidStaysAMereName() throws IOException {
    Received request =
        reader.read(
            turtle("smartapi:Request", "smartapi:activity [ smartapi:entity ex:car ]"),
            Syntax.TURTLE);
    assertThat(writer.inManner(request.message(), request.manner(QudtFamily.LEGACY)))
        .isEqualTo(request.original());
  }

  @Test
  void whatIsSignedStaysAsItIs() throws IOException {
    Received signed = reader.read(example("11c-offer-signed", Syntax.TURTLE), Syntax.TURTLE);
    Manner modern = signed.manner(QudtFamily.LEGACY);
    Graph written =
        writer.inManner(
            signed.message(), new Manner(modern.syntax(), modern.jsonLd(), QudtFamily.MODERN));
    assertThat(text(written)).isEqualTo(text(signed.original()));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"https://w3id.org/smartapi-edge/1.0/context.jsonld\"', CONTEXT_NAMED",
    "'[\"https://w3id.org/smartapi-edge/1.0/context.jsonld\",{\"ex\":\"https://example.org/\"}]', CONTEXT_NAMED",
    "'{\"smartapi\":\"http://smart-api.io/ontology/1.0/smartapi#\",\"generatedBy\":{\"@id\":\"smartapi:generatedBy\",\"@type\":\"@id\"}}', CONTEXT_INLINED"
  })
  void theContextIsNamedForWhoNamedIt(String context, JsonLdForm form) {
    String document =
        "{\"@context\":%s,\"@type\":\"http://smart-api.io/ontology/1.0/smartapi#Request\",%s,%s}"
            .formatted(
                context,
                "\"http://smart-api.io/ontology/1.0/smartapi#generatedBy\":{\"@id\":\"urn:app\"}",
                "\"http://smart-api.io/ontology/1.0/smartapi#generatedAt\":{\"@value\":"
                    + "\"2026-03-01T08:00:00Z\",\"@type\":"
                    + "\"http://www.w3.org/2001/XMLSchema#dateTime\"}");
    for (String whole : List.of(document, "[" + document + "]")) {
      Received received = reader.read(whole.getBytes(StandardCharsets.UTF_8), Syntax.JSON_LD);
      assertThat(received.manner(QudtFamily.LEGACY))
          .isEqualTo(new Manner(Syntax.JSON_LD, form, QudtFamily.LEGACY));
    }
  }

  @Test
  void whoWritesRdfXmlIsAnsweredInTurtle() {
    String request =
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
            + " xmlns:s='http://smart-api.io/ontology/1.0/smartapi#'><s:Request>"
            + "<s:generatedBy rdf:resource='urn:app'/><s:generatedAt"
            + " rdf:datatype='http://www.w3.org/2001/XMLSchema#dateTime'>2026-03-01T08:00:00Z"
            + "</s:generatedAt></s:Request></rdf:RDF>";
    Received received = reader.read(request.getBytes(StandardCharsets.UTF_8), Syntax.RDF_XML);
    assertThat(received.manner(QudtFamily.MODERN)).isEqualTo(Manner.unasked(QudtFamily.MODERN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Manner.unasked(QudtFamily.MODERN).in(Syntax.RDF_XML))
        .withMessage("messages aren't written in application/rdf+xml");
  }

  @Test
  void partsGoBesideTheMessage() throws IOException {
    Received request = reader.read(example("01a-read-request", Syntax.TURTLE), Syntax.TURTLE);
    Document alone = writer.write(request.message(), request.manner(QudtFamily.LEGACY));
    assertThat(MessageWriter.withParts(alone, List.of())).isSameAs(alone);
    Part part = new Part(CAR.value(), "application/jose", new byte[] {1, 2, 3});
    Document both = MessageWriter.withParts(alone, List.of(part));
    Multipart read = new MultipartReader(Limits.DEFAULT).read(both.contentType(), both.body());
    assertThat(read.main().bytes()).isEqualTo(alone.body());
    assertThat(read.main().mediaType()).isEqualTo("text/turtle");
    assertThat(read.others()).containsExactly(part);
  }

  private static byte[] turtle(String type, String rest) {
    return ("""
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
        @prefix qudt: <http://data.nasa.gov/qudt/owl/qudt#> .
        @prefix ex: <https://example.org/vocab#> .
        [] a %s ; smartapi:generatedBy ex:app ;
          smartapi:generatedAt "2026-03-01T08:00:00Z"^^xsd:dateTime ; %s .
        """)
        .formatted(type, rest)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Graph graph) {
    return new String(Canonical.form(graph), StandardCharsets.UTF_8);
  }

  private static byte[] example(String name, Syntax syntax) throws IOException {
    String file = name + (syntax == Syntax.TURTLE ? ".ttl" : ".jsonld");
    try (InputStream in =
        MessageWriterTest.class.getResourceAsStream("/io/mestral/smartapi/examples/" + file)) {
      return in.readAllBytes();
    }
  }
}
