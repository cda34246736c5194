package io.mestral.smartapi.rdf.jena;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.syntax.BoundedGraph;
import io.mestral.smartapi.syntax.Limits;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;

/** Takes Jena's triples one by one; what RDF 1.1 doesn't have is refused. For one thread. */
final class FromJena {
  private static final int KNOWN = 4096;

  private final BoundedGraph graph;
  private final Map<Node, Blank> blanks = new HashMap<>();
  private final Map<String, Iri> iris = new HashMap<>();

  FromJena(Limits limits) {
    graph = new BoundedGraph(limits);
  }

  void add(Triple triple) {
    Node predicate = triple.getPredicate();
    if (!predicate.isURI()) {
      throw error("A predicate has to be an IRI, it is " + Excerpt.of(predicate.toString()));
    }
    graph.add(resource(triple.getSubject()), iri(predicate.getURI()), term(triple.getObject()));
  }

  Graph build() {
    return graph.build();
  }

  private Resource resource(Node node) {
    Term term = term(node);
    if (term instanceof Resource resource) {
      return resource;
    }
    throw error("A subject is an IRI or a blank node, not " + Excerpt.of(node.toString()));
  }

  private Term term(Node node) {
    if (node.isURI()) {
      return iri(node.getURI());
    }
    if (node.isBlank()) {
      return blanks.computeIfAbsent(node, added -> new Blank());
    }
    if (node.isLiteral()) {
      return literal(node);
    }
    throw error("A term is an IRI, a blank node or a literal, not " + Excerpt.of(node.toString()));
  }

  private Iri iri(String text) {
    Iri known = iris.get(text);
    if (known != null) {
      return known;
    }
    String fault = IriSyntax.fault(text);
    if (!fault.isEmpty()) {
      throw error(fault);
    }
    Iri iri = new Iri(text);
    if (iris.size() < KNOWN) {
      iris.put(text, iri);
    }
    return iri;
  }

  private Literal literal(Node node) {
    if (node.getLiteralBaseDirection() != null) {
      throw error("Text with a direction isn't allowed: " + Excerpt.of(node.toString()));
    }
    String language = node.getLiteralLanguage();
    if (language != null && !language.isEmpty()) {
      return Literal.inLanguage(node.getLiteralLexicalForm(), language);
    }
    Iri datatype = iri(node.getLiteralDatatypeURI());
    if (datatype.equals(Rdf.LANG_STRING)) {
      throw error("A literal of rdf:langString needs a language: " + Excerpt.of(node.toString()));
    }
    return Literal.of(node.getLiteralLexicalForm(), datatype);
  }

  private static SmartApiException error(String message) {
    return new SmartApiException(ErrorType.PARSE_ERROR, message);
  }
}
