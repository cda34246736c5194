package io.mestral.smartapi.rdf.jena;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.irix.IRIException;
import org.apache.jena.irix.IRIx;
import org.apache.jena.riot.system.ParserProfileWrapper;
import org.apache.jena.riot.system.RiotLib;
import org.apache.jena.riot.tokens.Token;

/**
 * How Jena's readers make terms for us: absolute IRIs stay as they are written (Smart API, section
 * 9, item 26), relative ones are resolved against a base that the document itself names and are
 * errors otherwise, datatypes aren't remembered, and there is nothing newer than RDF 1.1.
 */
final class StrictProfile extends ParserProfileWrapper {
  private final Faults faults;
  private final Datatypes datatypes = new Datatypes();
  private final Map<String, Node> blanks = new HashMap<>();
  private IRIx base;

  StrictProfile(Faults faults) {
    super(RiotLib.createParserProfile(RiotLib.factoryRDF(), faults, false));
    this.faults = faults;
  }

  @Override
  public String resolveIRI(String text, long line, long column) {
    String iri = base == null || Iri.isAbsolute(text) ? text : resolved(text, line, column);
    String fault = IriSyntax.fault(iri);
    if (!fault.isEmpty()) {
      throw faults.at(fault, line, column);
    }
    return iri;
  }

  private String resolved(String text, long line, long column) {
    try {
      return base.resolve(text).str();
    } catch (IRIException e) {
      throw faults.at("The IRI <" + Excerpt.of(text) + "> is none.", line, column);
    }
  }

  @Override
  public void setBaseIRI(String iri) {
    try {
      base = IRIx.create(iri);
    } catch (IRIException e) {
      throw faults.at("The base <" + Excerpt.of(iri) + "> is no IRI.", -1, -1);
    }
  }

  @Override
  public Triple createTriple(Node subject, Node predicate, Node object, long line, long column) {
    if (!subject.isURI() && !subject.isBlank() || !predicate.isURI()) {
      throw faults.at(
          "A triple begins with an IRI or a blank node and goes on with an IRI, this one with "
              + Excerpt.of(subject + " " + predicate),
          line,
          column);
    }
    return Triple.create(subject, predicate, object);
  }

  @Override
  public Node createURI(String text, long line, long column) {
    return NodeFactory.createURI(resolveIRI(text, line, column));
  }

  @Override
  public Node createURI(IRIx iri, long line, long column) {
    return createURI(iri.str(), line, column);
  }

  @Override
  public Node createTypedLiteral(String lexical, RDFDatatype datatype, long line, long column) {
    resolveIRI(datatype.getURI(), line, column);
    Datatypes.forget(datatype);
    if (datatype.getURI().equals(Rdf.LANG_STRING.value())) {
      throw faults.at("A literal of rdf:langString needs a language (@…).", line, column);
    }
    return NodeFactory.createLiteralDT(lexical, datatype);
  }

  @Override
  public Node createLangLiteral(String lexical, String tag, long line, long column) {
    return JenaGraphs.inLanguage(lexical, tag);
  }

  @Override
  public Node createLangDirLiteral(
      String lexical, String tag, String direction, long line, long column) {
    throw faults.at("Text with a direction isn't allowed: @" + Excerpt.of(tag), line, column);
  }

  @Override
  public Node createStringLiteral(String lexical, long line, long column) {
    return NodeFactory.createLiteralString(lexical);
  }

  @Override
  public Node createBlankNode(Node scope, String label, long line, long column) {
    return blanks.computeIfAbsent(label, added -> NodeFactory.createBlankNode());
  }

  @Override
  public Node createBlankNode(Node scope, long line, long column) {
    return NodeFactory.createBlankNode();
  }

  @Override
  public Node createTripleTerm(Node subject, Node predicate, Node object, long line, long column) {
    throw faults.at("Triples about triples aren't allowed.", line, column);
  }

  @Override
  public Node createTripleTerm(Triple triple, long line, long column) {
    throw faults.at("Triples about triples aren't allowed.", line, column);
  }

  @Override
  public Node create(Node graph, Token token) {
    long line = token.getLine();
    long column = token.getColumn();
    String text = token.getImage();
    return switch (token.getType()) {
      case BNODE -> createBlankNode(graph, text, line, column);
      case IRI -> createURI(text, line, column);
      case PREFIXED_NAME -> createURI(expanded(token), line, column);
      case INTEGER -> createTypedLiteral(text, XSDDatatype.XSDinteger, line, column);
      case DECIMAL -> createTypedLiteral(text, XSDDatatype.XSDdecimal, line, column);
      case DOUBLE -> createTypedLiteral(text, XSDDatatype.XSDdouble, line, column);
      case STRING -> createStringLiteral(text, line, column);
      case LITERAL_DT -> createTypedLiteral(text, datatype(token.getSubToken2()), line, column);
      case LITERAL_LANG -> inLanguage(text, token.getImage2(), line, column);
      default -> throw faults.at("Not a term: " + Excerpt.of(token.toString()), line, column);
    };
  }

  private RDFDatatype datatype(Token token) {
    String iri =
        switch (token.getType()) {
          case IRI -> token.getImage();
          case PREFIXED_NAME -> expanded(token);
          default ->
              throw faults.at(
                  "A datatype is an IRI, not " + Excerpt.of(token.toString()),
                  token.getLine(),
                  token.getColumn());
        };
    return datatypes.of(resolveIRI(iri, token.getLine(), token.getColumn()));
  }

  private Node inLanguage(String text, String tag, long line, long column) {
    int direction = tag.indexOf("--");
    return direction < 0
        ? createLangLiteral(text, tag, line, column)
        : createLangDirLiteral(text, tag, tag.substring(direction), line, column);
  }

  private String expanded(Token name) {
    String iri = getPrefixMap().expand(name.getImage(), name.getImage2());
    if (iri == null) {
      throw faults.at(
          "The prefix \"" + Excerpt.of(name.getImage()) + ":\" isn't declared.",
          name.getLine(),
          name.getColumn());
    }
    return iri;
  }

  @Override
  public boolean isStrictMode() {
    return true;
  }

  @Override
  public String getBaseURI() {
    return base == null ? null : base.str();
  }
}
