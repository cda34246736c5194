package io.mestral.smartapi.security;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.graph.GraphFactory;

/** The examples, read by Apache Jena. */
public final class TestGraphs {
  private TestGraphs() {}

  /** The Turtle file of an example. */
  public static Graph turtle(String example) {
    return read(example + ".ttl", Lang.TURTLE);
  }

  /** The JSON-LD file of an example. */
  public static Graph jsonLd(String example) {
    return read(example + ".jsonld", Lang.JSONLD);
  }

  private static Graph read(String file, Lang syntax) {
    org.apache.jena.graph.Graph read = GraphFactory.createDefaultGraph();
    InputStream stream =
        TestGraphs.class.getResourceAsStream("/io/mestral/smartapi/examples/" + file);
    RDFDataMgr.read(read, stream, syntax);
    Map<Node, Blank> blanks = new HashMap<>();
    Graph.Builder graph = Graph.builder();
    read.find()
        .forEach(
            t ->
                graph.add(
                    (Resource) term(t.getSubject(), blanks),
                    new Iri(t.getPredicate().getURI()),
                    term(t.getObject(), blanks)));
    return graph.build();
  }

  private static Term term(Node node, Map<Node, Blank> blanks) {
    if (node.isURI()) {
      return new Iri(node.getURI());
    }
    if (node.isBlank()) {
      return blanks.computeIfAbsent(node, added -> new Blank());
    }
    return node.getLiteralLanguage().isEmpty()
        ? Literal.of(node.getLiteralLexicalForm(), new Iri(node.getLiteralDatatypeURI()))
        : Literal.inLanguage(node.getLiteralLexicalForm(), node.getLiteralLanguage());
  }

  /** The graph without a triple. */
  public static Graph without(Graph graph, Triple triple) {
    Graph.Builder rest = Graph.builder();
    graph.triples().filter(t -> !t.equals(triple)).forEach(rest::add);
    return rest.build();
  }

  /** The graph with other values of a property. */
  public static Graph with(Graph graph, Resource subject, Iri predicate, Term... values) {
    Graph.Builder changed = Graph.builder();
    graph
        .triples()
        .filter(t -> !(t.subject().equals(subject) && t.predicate().equals(predicate)))
        .forEach(changed::add);
    for (Term value : values) {
      changed.add(subject, predicate, value);
    }
    return changed.build();
  }
}
