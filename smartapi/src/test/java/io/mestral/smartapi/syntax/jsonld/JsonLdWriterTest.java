package io.mestral.smartapi.syntax.jsonld;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.random.RandomGraphs;
import io.mestral.smartapi.random.RandomTerms;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.io.IOException;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.jena.rdf.model.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonLdWriterTest {
  private static final Iri ROOT = new Iri("urn:uuid:1");
  private static final Iri SPEED = new Iri("https://example.org/vocab#speed");

  private final JsonLdReader reader = new JsonLdReader(Limits.DEFAULT);
  private final JsonLdWriter writer = new JsonLdWriter(Limits.DEFAULT);

  static Stream<Arguments> examples() throws IOException {
    return JsonLdExamplesTest.names()
        .flatMap(name -> Stream.of(JsonLdForm.values()).map(form -> Arguments.of(name, form)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleComesBack(String name, JsonLdForm form) throws Exception {
    Graph graph = reader.read(JsonLdExamplesTest.jsonLd(name));
    byte[] written = writer.write(graph, message(graph), form);
    assertThat(JenaModels.of(reader.read(written)).isIsomorphicWith(JenaModels.of(graph)))
        .as(new String(written, UTF_8))
        .isTrue();
    Model library = JenaModels.library(written).getDefaultModel();
    assertThat(library.isIsomorphicWith(JenaModels.of(graph)))
        .as(new String(written, UTF_8))
        .isTrue();
  }

  /** The node that the example is about: the first that nothing else refers to. */
  private static Resource message(Graph graph) {
    return graph.subjects().stream()
        .filter(node -> graph.triples().noneMatch(t -> t.object().equals(node)))
        .findFirst()
        .orElseThrow();
  }

  @Property
  void everyGraphComesBack(@ForAll("graphs") Graph graph, @ForAll JsonLdForm form) {
    Resource root = graph.subjects().stream().findFirst().orElse(ROOT);
    byte[] written = writer.write(graph, root, form);
    assertThat(JenaModels.of(reader.read(written)).isIsomorphicWith(JenaModels.of(graph)))
        .as("%s%n%s", new String(written, UTF_8), JenaModels.of(graph))
        .isTrue();
  }

  @Provide
  Arbitrary<Graph> graphs() {
    return RandomGraphs.graphs(RandomTerms.portableLiterals());
  }

  @ParameterizedTest
  @CsvSource({
    "double, 2.15E1, 21.5",
    "double, 4.0E3, '{\"@type\":\"xsd:double\",\"@value\":\"4.0E3\"}'",
    "double, 21.5, '{\"@type\":\"xsd:double\",\"@value\":\"21.5\"}'",
    "double, INF, '{\"@type\":\"xsd:double\",\"@value\":\"INF\"}'",
    "double, 1.15E-7, 0.000000115",
    "double, 1.5E-300, 1.5E-300",
    "double, 1.2345678901234567E-1, '{\"@type\":\"xsd:double\",\"@value\":\"1.2345678901234567E-1\"}'",
    "integer, 17, 17",
    "integer, +17, '{\"@type\":\"xsd:integer\",\"@value\":\"+17\"}'",
    "integer, 9007199254740992, '{\"@type\":\"xsd:integer\",\"@value\":\"9007199254740992\"}'",
    "boolean, true, true",
    "boolean, 1, '{\"@type\":\"xsd:boolean\",\"@value\":\"1\"}'",
    "string, red, '\"red\"'",
    "date, 2026-03-01, '{\"@type\":\"xsd:date\",\"@value\":\"2026-03-01\"}'"
  })
  void aLiteralIsAsShortAsItMayBe(String datatype, String lexical, String json) {
    Literal literal = Literal.of(lexical, new Iri(Xsd.NAMESPACE + datatype));
    assertThat(named(Graph.builder().add(ROOT, SPEED, literal).build()))
        .endsWith("\"https://example.org/vocab#speed\":" + json + "}");
  }

  @Test
  void aJsonLiteralThatIsNotCanonicalKeepsItsForm() {
    Graph graph =
        Graph.builder()
            .add(ROOT, Rdf.VALUE, Literal.of("[1,2]", Rdf.JSON))
            .add(ROOT, SPEED, Literal.of("[1, 2]", Rdf.JSON))
            .build();
    assertThat(named(graph))
        .contains("\"rdf:value\":{\"@type\":\"@json\",\"@value\":[1,2]}")
        .contains("{\"@type\":\"rdf:JSON\",\"@value\":\"[1, 2]\"}");
    assertThat(reader.read(named(graph).getBytes(UTF_8))).isEqualTo(graph);
  }

  @Test
  void theContextIsCutDownToWhatIsUsed() {
    Graph graph =
        Graph.builder()
            .add(ROOT, Rdf.TYPE, Types.REQUEST)
            .add(ROOT, SmartApi.GENERATED_BY, new Iri("https://client.example/id/app"))
            .build();
    assertThat(new String(writer.write(graph, ROOT, JsonLdForm.CONTEXT_INLINED), UTF_8))
        .isEqualTo(
            "{\"@context\":{\"smartapi\":\"http://smart-api.io/ontology/1.0/smartapi#\","
                + "\"smartapi:generatedBy\":{\"@id\":\"smartapi:generatedBy\",\"@type\":\"@id\"}},"
                + "\"@id\":\"urn:uuid:1\",\"@type\":\"smartapi:Request\","
                + "\"smartapi:generatedBy\":\"https://client.example/id/app\"}");
  }

  @Test
  void anIriThatThePrefixesWouldChangeIsWrittenWithoutThem() {
    Iri place = new Iri("geo:60.2,24.9");
    Graph graph = Graph.builder().add(ROOT, SPEED, place).build();
    byte[] written = writer.write(graph, ROOT, JsonLdForm.CONTEXT_NAMED);
    assertThat(new String(written, UTF_8)).doesNotContain("@context");
    assertThat(reader.read(written)).isEqualTo(graph);
  }

  @Test
  void whatTheRootDoesNotReachStandsBeside() {
    Graph graph =
        Graph.builder()
            .add(ROOT, SPEED, Literal.of(1))
            .add(new Iri("urn:uuid:2"), SPEED, ROOT)
            .build();
    assertThat(named(graph))
        .contains("\"@graph\":[{\"@id\":\"urn:uuid:1\"")
        .contains(
            "{\"@id\":\"urn:uuid:2\",\"https://example.org/vocab#speed\":{\"@id\":\"urn:uuid:1\"}}");
  }

  @Test
  void aListOfAnyLengthIsWrittenAndRead() {
    Graph graph = chain(100_000, Rdf.REST, true);
    byte[] written = writer.write(graph, ROOT, JsonLdForm.CONTEXT_NAMED);
    assertThat(new String(written, 0, 200, UTF_8)).contains("{\"@list\":[0,1,2,");
    assertThat(reader.read(written).size()).isEqualTo(graph.size());
  }

  @Test
  void aChainThatIsNoListIsCutAtTheLimitOfNesting() {
    Graph graph = chain(1_000, SPEED, false);
    byte[] written = writer.write(graph, ROOT, JsonLdForm.CONTEXT_NAMED);
    assertThat(JenaModels.of(reader.read(written)).isIsomorphicWith(JenaModels.of(graph))).isTrue();
  }

  private static Graph chain(int length, Iri next, boolean closed) {
    Graph.Builder graph = Graph.builder();
    Resource cell = new Blank();
    graph.add(ROOT, SmartApi.LIST, cell);
    for (int at = 0; at < length; at++) {
      graph.add(cell, Rdf.FIRST, Literal.of(at));
      Resource after = closed && at + 1 == length ? Rdf.NIL : new Blank();
      graph.add(cell, next, after);
      cell = after;
    }
    return graph.build();
  }

  static Stream<Term> unwritable() {
    return Stream.of(
        new Iri("http://x.example/a b"),
        new Iri("relative"),
        Literal.of("x", new Iri("http://[")),
        Literal.of("\ud800"));
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void whatJsonLdCannotSayIsRefused(Term term) {
    Graph graph = Graph.builder().add(ROOT, SPEED, term).build();
    for (JsonLdForm form : JsonLdForm.values()) {
      assertThatThrownBy(() -> writer.write(graph, ROOT, form))
          .isInstanceOfSatisfying(
              SmartApiException.class, e -> assertThat(e.type()).isEqualTo(ErrorType.SERVER_ERROR))
          .hasMessageContaining("JSON-LD");
    }
  }

  private String named(Graph graph) {
    return new String(writer.write(graph, ROOT, JsonLdForm.CONTEXT_NAMED), UTF_8);
  }
}
