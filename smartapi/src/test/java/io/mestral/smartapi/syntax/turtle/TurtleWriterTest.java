package io.mestral.smartapi.syntax.turtle;

import static io.mestral.smartapi.syntax.turtle.Examples.assertAlike;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TurtleWriterTest {
  private static final Iri A = new Iri("x:a");
  private static final Iri B = new Iri("x:b");
  private static final TurtleReader READER = new TurtleReader(Limits.DEFAULT);

  @Test
  void aMessageIsWrittenAsPeopleWriteIt() {
    Blank activity = new Blank();
    Blank car = new Blank();
    Graph graph =
        Graph.builder()
            .add(new Iri("urn:uuid:1"), SmartApi.ID, Literal.of(1))
            .add(new Iri("urn:uuid:1"), SmartApi.ACTIVITY, activity)
            .add(new Iri("urn:uuid:1"), Rdf.TYPE, Types.REQUEST)
            .add(activity, Rdf.TYPE, Types.ACTIVITY)
            .add(activity, SmartApi.ENTITY, car)
            .add(activity, SmartApi.ENTITY, new Iri("https://fleet.example/id/car-9"))
            .add(car, new Iri("https://example.org/vocab#color"), Literal.inLanguage("red", "en"))
            .build();
    assertThat(write(graph))
        .isEqualTo(
            """
            @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .

            <urn:uuid:1> a smartapi:Request ;
                smartapi:id 1 ;
                smartapi:activity [ a smartapi:Activity ;
                    smartapi:entity [ <https://example.org/vocab#color> "red"@en ] , \
            <https://fleet.example/id/car-9> ] .
            """);
  }

  @Test
  void anEmptyGraphIsAnEmptyDocument() {
    assertThat(write(Graph.empty())).isEmpty();
  }

  @Test
  void sharedNodesHaveALabelAndSoHasOneOfACycle() {
    assertThat(
            written("<x:a> <x:b> _:x , _:x2 , [] . _:x2 <x:b> _:x . _:x <x:b> _:y . _:y <x:b> 1 ."))
        .isEqualTo(
            """

            <x:a> <x:b> _:b1 , [ <x:b> _:b1 ] , [] .

            _:b1 <x:b> [ <x:b> 1 ] .
            """);
    assertThat(written("_:x <x:b> _:y . _:y <x:b> _:z . _:z <x:b> _:y ; <x:c> [ <x:d> 2 ] ."))
        .contains("_:b1 <x:b> [ <x:b> _:b1 ;\n        <x:c> [ <x:d> 2 ] ] .");
    assertThat(written("_:x <x:b> _:x .")).isEqualTo("\n_:b1 <x:b> _:b1 .\n");
  }

  @Test
  void listsAreWrittenAsListsWhereNothingElseIsSaidOfThem() {
    assertThat(written("<x:a> <x:b> ( 1 ( 2 ) [ <x:c> () ] ) ."))
        .contains("<x:a> <x:b> ( 1 ( 2 ) [ <x:c> rdf:nil ] ) .");
    String rdf = "@prefix rdf: <" + Rdf.NAMESPACE + "> . ";
    assertThat(
            written(
                rdf + "<x:a> <x:b> [ rdf:first 1 ; rdf:rest [ rdf:first 2 , 3 ; rdf:rest () ] ] ."))
        .contains("rdf:first 2 , 3");
    assertThat(written(rdf + "<x:a> <x:b> [ rdf:first 1 ; <x:c> 4 ; rdf:rest ( 2 3 ) ] ."))
        .contains("rdf:rest ( 2 3 ) ]");
    assertThat(
            written(rdf + "<x:a> <x:b> _:l , [ <x:c> _:l ] . _:l rdf:first 1 ; rdf:rest ( 2 ) ."))
        .contains("_:b1 rdf:first 1 ;\n    rdf:rest ( 2 ) .");
    assertThat(written(rdf + "_:l rdf:first 1 ; rdf:rest _:l .")).contains("rdf:rest _:b1 .");
  }

  @Test
  void literalsAreBareWhereThatIsTheSameTerm() {
    Graph graph =
        Graph.builder()
            .add(A, B, Literal.of(-5))
            .add(A, B, Literal.of("1.50", Xsd.DECIMAL))
            .add(A, B, Literal.of(21.5))
            .add(A, B, Literal.of(true))
            .add(A, B, Literal.of("1.", Xsd.DECIMAL))
            .add(A, B, Literal.of("1", Xsd.DOUBLE))
            .add(A, B, Literal.of(Double.NaN))
            .add(A, B, Literal.of("TRUE", Xsd.BOOLEAN))
            .add(A, B, Literal.of("1", Xsd.BOOLEAN))
            .build();
    assertThat(write(graph))
        .endsWith(
            "<x:b> -5 , 1.50 , 2.15E1 , true , \"1.\"^^xsd:decimal , \"1\"^^xsd:double , "
                + "\"NaN\"^^xsd:double , \"TRUE\"^^xsd:boolean , \"1\"^^xsd:boolean .\n");
  }

  @Test
  void whatADocumentCannotHoldPlainlyIsEscaped() {
    Graph graph = Graph.builder().add(A, B, Literal.of("a\"\\\n\r\t\b\f\u0000\u007Fé😀'?")).build();
    assertThat(write(graph)).contains("\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u007Fé😀'?\"");
    assertAlike(graph, READER.read(new TurtleWriter().write(graph)), graph);
  }

  @Test
  @Timeout(30)
  void nestingAndListsWithoutEndAreWritten() {
    Graph.Builder nested = Graph.builder();
    Graph.Builder broken = Graph.builder();
    Resource at = A;
    Resource cell = A;
    for (int i = 0; i < 200_000; i++) {
      Blank next = new Blank();
      nested.add(at, B, next);
      at = next;
      broken.add(cell, Rdf.REST, new Blank()).add(cell, Rdf.REST, next);
      cell = next;
    }
    for (Graph graph : new Graph[] {nested.build(), broken.build()}) {
      assertThat(READER.read(new TurtleWriter().write(graph)).size()).isEqualTo(graph.size());
    }
    String list = "<x:a> <x:b> ( " + "[ <x:b> 1 ] ".repeat(100_000) + ") .";
    Graph graph = READER.read(list.getBytes(UTF_8));
    assertThat(READER.read(new TurtleWriter().write(graph)).size()).isEqualTo(graph.size());
  }

  @Test
  @Timeout(30)
  void aRingOfNodesIsCutOnce() {
    Graph.Builder ring = Graph.builder();
    Blank first = new Blank();
    Blank last = first;
    for (int i = 0; i < 1000; i++) {
      Blank next = new Blank();
      ring.add(last, B, next);
      last = next;
    }
    Graph graph = ring.add(last, B, first).build();
    Graph back = READER.read(new TurtleWriter().write(graph));
    assertThat(back.size()).isEqualTo(1001);
    Resource at = back.subjects().iterator().next();
    for (int i = 0; i < 1001; i++) {
      at = (Resource) back.object(at, B).orElseThrow();
    }
    assertThat(at).isEqualTo(back.subjects().iterator().next());
  }

  static Stream<Graph> unwritable() {
    return Stream.of(
        Graph.builder().add(new Iri("x:a b"), B, A).build(),
        Graph.builder().add(A, new Iri("x:a> <x:b"), A).build(),
        Graph.builder().add(A, B, new Iri("relative")).build(),
        Graph.builder().add(A, B, Literal.of("a\uD800")).build(),
        Graph.builder().add(A, B, Literal.of("\uDC00é")).build(),
        Graph.builder().add(A, B, Literal.inLanguage("a", "e n")).build(),
        Graph.builder().add(A, B, Literal.inLanguage("a", "en-")).build(),
        Graph.builder().add(A, B, Literal.inLanguage("a", "1a")).build());
  }

  @ParameterizedTest
  @MethodSource("unwritable")
  void whatNoReaderWouldTakeIsNotWritten(Graph graph) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> new TurtleWriter().write(graph))
        .withMessageEndingWith("No reader would take it, so it isn't written.")
        .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.SERVER_ERROR));
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> new NTriplesWriter().write(graph));
  }

  @Test
  void prefixesAreDeclaredInTheirOrderAndOnlyWhenUsed() {
    Graph graph = Graph.builder().add(new Iri("http://e/c.d"), B, new Iri("http://e/c.")).build();
    assertThat(write(new TurtleWriter(Map.of("e", "http://e/")), graph))
        .isEqualTo("@prefix e: <http://e/> .\n\ne:c.d <x:b> <http://e/c.> .\n");
    assertThatIllegalArgumentException().isThrownBy(() -> new TurtleWriter(Map.of("e f", "x:")));
  }

  private static String written(String document) {
    Graph graph = READER.read(document.getBytes(UTF_8));
    byte[] written = new TurtleWriter().write(graph);
    assertAlike(graph, READER.read(written), document);
    return new String(written, UTF_8);
  }

  private static String write(Graph graph) {
    return write(new TurtleWriter(), graph);
  }

  private static String write(TurtleWriter writer, Graph graph) {
    return new String(writer.write(graph), UTF_8);
  }
}
