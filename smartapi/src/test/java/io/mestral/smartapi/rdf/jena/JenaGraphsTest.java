package io.mestral.smartapi.rdf.jena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.util.stream.Stream;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.GraphMemFactory;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JenaGraphsTest {
  private static final Iri A = new Iri("x:a");
  private static final Iri B = new Iri("x:b");
  private static final Node NODE = NodeFactory.createURI("x:a");

  @Test
  void lexicalFormsStayWhatTheyAre() {
    Graph graph =
        Graph.builder()
            .add(A, B, Literal.of("1", Xsd.INTEGER))
            .add(A, B, Literal.of("01", Xsd.INTEGER))
            .add(A, B, Literal.of("none", Xsd.INTEGER))
            .add(A, B, Literal.of("1.0E0", Xsd.DOUBLE))
            .add(A, B, Literal.of("1", Xsd.DOUBLE))
            .add(A, B, Literal.of("[1]", Rdf.JSON))
            .add(A, B, Literal.of("1", new Iri("x:type")))
            .add(A, B, Literal.of("1"))
            .add(A, B, Literal.inLanguage("1", "en-GB"))
            .build();
    org.apache.jena.graph.Graph jena = JenaGraphs.toJena(graph);
    assertThat(jena.size()).isEqualTo(9);
    assertThat(JenaGraphs.fromJena(jena, Limits.DEFAULT)).isEqualTo(graph);
    assertThat(TypeMapper.getInstance().getTypeByName("x:type")).isNull();
  }

  @Test
  void aBlankNodeHasItsLabelThereAndIsANewOneHere() {
    Blank node = new Blank();
    Graph graph = Graph.builder().add(node, B, node).build();
    org.apache.jena.graph.Graph jena = JenaGraphs.toJena(graph);
    assertThat(jena.contains(NodeFactory.createBlankNode(node.label()), Node.ANY, Node.ANY))
        .isTrue();
    Graph back = JenaGraphs.fromJena(jena, Limits.DEFAULT);
    Resource other = back.subjects().iterator().next();
    assertThat(other).isInstanceOf(Blank.class).isNotEqualTo(node);
    assertThat(back.object(other, B)).contains(other);
  }

  static Stream<Arguments> foreign() {
    Node literal = NodeFactory.createLiteralString("c");
    Triple plain = Triple.create(NODE, NODE, NODE);
    return Stream.of(
        Arguments.of(Triple.create(literal, NODE, NODE), "A subject is an IRI or a blank node"),
        Arguments.of(Triple.create(NODE, literal, NODE), "A predicate has to be an IRI"),
        Arguments.of(
            Triple.create(NODE, NODE, NodeFactory.createTripleTerm(plain)), "A term is an IRI"),
        Arguments.of(
            Triple.create(NODE, NODE, NodeFactory.createLiteralDirLang("c", "en", "ltr")),
            "Text with a direction isn't allowed"),
        Arguments.of(
            Triple.create(NODE, NODE, NodeFactory.createURI("d")), "The IRI <d> is relative"),
        Arguments.of(
            Triple.create(NODE, NODE, NodeFactory.createURI("x: ")), "The IRI <x: > has the"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("foreign")
  void whatRdf11HasNotIsRefused(Triple triple, String message) {
    org.apache.jena.graph.Graph jena = GraphMemFactory.createDefaultGraphSameTerm();
    jena.add(triple);
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> JenaGraphs.fromJena(jena, Limits.DEFAULT))
        .withMessageStartingWith(message)
        .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.PARSE_ERROR));
  }

  @Test
  void aGraphOverItsLimitsIsRefused() {
    Graph graph = Graph.builder().add(A, B, A).add(B, A, B).build();
    Limits one = new Limits(1, 1, 1, 1000, 1, 1);
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> JenaGraphs.fromJena(JenaGraphs.toJena(graph), one))
        .satisfies(e -> assertThat(e.type()).isEqualTo(ErrorType.TOO_LARGE_ERROR));
  }
}
