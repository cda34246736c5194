package io.mestral.smartapi.rdf.jena;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Limits;
import org.apache.jena.graph.GraphMemFactory;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.impl.LiteralLabelFactory;
import org.apache.jena.sys.JenaSystem;

/** Graphs as Apache Jena has them. Lexical forms stay what they are, both ways. */
public final class JenaGraphs {
  static {
    JenaSystem.init();
  }

  private final Datatypes datatypes = new Datatypes();
  private final org.apache.jena.graph.Graph target = GraphMemFactory.createDefaultGraphSameTerm();

  private JenaGraphs() {}

  /**
   * Makes a Jena graph of ours.
   *
   * @param graph any graph
   * @return a new graph of the same triples, where terms are equal as in RDF 1.1; a blank node has
   *     {@link Blank#label()} as its label
   */
  public static org.apache.jena.graph.Graph toJena(Graph graph) {
    JenaGraphs jena = new JenaGraphs();
    graph.triples().forEach(jena::add);
    return jena.target;
  }

  /**
   * Makes one of our graphs of Jena's.
   *
   * @param graph any graph
   * @param limits what is refused as too large
   * @return a new graph of the same triples, with new blank nodes
   * @throws SmartApiException of type TooLargeError over a limit, of type ParseError for what RDF
   *     1.1 doesn't have (triple terms, text with a direction, a literal as subject) and for IRIs
   *     that aren't absolute
   */
  public static Graph fromJena(org.apache.jena.graph.Graph graph, Limits limits) {
    FromJena ours = new FromJena(limits);
    graph.stream().forEach(ours::add);
    return ours.build();
  }

  private void add(Triple triple) {
    target.add(node(triple.subject()), node(triple.predicate()), node(triple.object()));
  }

  private Node node(Term term) {
    if (term instanceof Iri iri) {
      return NodeFactory.createURI(iri.value());
    }
    if (term instanceof Blank blank) {
      return NodeFactory.createBlankNode(blank.label());
    }
    return literal((Literal) term);
  }

  private Node literal(Literal literal) {
    if (!literal.language().isEmpty()) {
      return inLanguage(literal.lexical(), literal.language());
    }
    if (literal.datatype().equals(Xsd.STRING)) {
      return NodeFactory.createLiteralString(literal.lexical());
    }
    return NodeFactory.createLiteralDT(literal.lexical(), datatypes.of(literal.datatype().value()));
  }

  /**
   * A text whose tag stays as it is written. Jena's own way would rewrite it ({@code en-gb} becomes
   * {@code en-GB}), and a signature would no longer fit what was signed.
   */
  @SuppressWarnings("deprecation") // nothing else takes a tag as it is
  static Node inLanguage(String text, String tag) {
    return NodeFactory.createLiteral(LiteralLabelFactory.createLang(text, tag));
  }
}
