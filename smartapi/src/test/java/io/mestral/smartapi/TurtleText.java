package io.mestral.smartapi;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;

/** Graphs of Turtle for tests, read by Apache Jena. */
public final class TurtleText {
  private TurtleText() {}

  /** A graph of Turtle in which the usual prefixes and {@code ex:} are declared. */
  public static Graph graph(String turtle) {
    String prefixes =
        Namespaces.prefixes().entrySet().stream()
            .map(entry -> "PREFIX " + entry.getKey() + ": <" + entry.getValue() + ">\n")
            .collect(Collectors.joining("", "PREFIX ex: <https://example.org/vocab#>\n", ""));
    return read(RDFParser.fromString(prefixes + turtle, Lang.TURTLE));
  }

  /** The graph of one of the examples. */
  public static Graph example(String name) {
    InputStream file = TurtleText.class.getResourceAsStream("examples/" + name + ".ttl");
    return read(RDFParser.source(file).lang(Lang.TURTLE));
  }

  private static Graph read(org.apache.jena.riot.RDFParserBuilder parser) {
    org.apache.jena.graph.Graph read = GraphFactory.createDefaultGraph();
    parser.parse(read);
    Map<Node, Resource> blanks = new HashMap<>();
    Graph.Builder graph = Graph.builder();
    read.find()
        .forEachRemaining(
            triple ->
                graph.add(
                    (Resource) term(triple.getSubject(), blanks),
                    new Iri(triple.getPredicate().getURI()),
                    term(triple.getObject(), blanks)));
    return graph.build();
  }

  private static Term term(Node node, Map<Node, Resource> blanks) {
    if (node.isURI()) {
      return new Iri(node.getURI());
    }
    if (node.isBlank()) {
      return blanks.computeIfAbsent(node, first -> new Blank());
    }
    return node.getLiteralLanguage().isEmpty()
        ? Literal.of(node.getLiteralLexicalForm(), new Iri(node.getLiteralDatatypeURI()))
        : Literal.inLanguage(node.getLiteralLexicalForm(), node.getLiteralLanguage());
  }
}
