package io.mestral.smartapi.syntax;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;

/** A graph under construction that refuses what is over its {@link Limits}. For one thread. */
public final class BoundedGraph {
  private final Limits limits;
  private final Graph.Builder graph = Graph.builder();

  /**
   * An empty graph.
   *
   * @param limits what it may grow to
   */
  public BoundedGraph(Limits limits) {
    this.limits = limits;
  }

  /**
   * The bounds.
   *
   * @return what the graph may grow to
   */
  public Limits limits() {
    return limits;
  }

  /**
   * Adds a triple.
   *
   * @param subject the subject
   * @param predicate the predicate
   * @param object the object
   * @throws SmartApiException of type TooLargeError if it is over a limit
   */
  public void add(Resource subject, Iri predicate, Term object) {
    check(subject);
    checkIri(predicate);
    check(object);
    graph.add(subject, predicate, object);
    if (graph.size() > limits.triples()) {
      throw tooLarge("The document has more than " + limits.triples() + " triples.");
    }
  }

  /**
   * Ends the building.
   *
   * @return the graph
   */
  public Graph build() {
    return graph.build();
  }

  private void check(Term term) {
    if (term instanceof Iri iri) {
      checkIri(iri);
    } else if (term instanceof Literal literal) {
      checkLiteral(literal);
    }
  }

  private void checkIri(Iri iri) {
    if (iri.value().length() > limits.iriLength()) {
      throw tooLarge(
          "An IRI has %d characters, at most %d are allowed: %s…"
              .formatted(
                  iri.value().length(),
                  limits.iriLength(),
                  iri.value().substring(0, Math.min(60, limits.iriLength()))));
    }
  }

  private void checkLiteral(Literal literal) {
    int length = literal.lexical().length();
    if (length <= limits.literalLength()) {
      return;
    }
    int most = mayBeList(literal) ? limits.listLiteralLength() : limits.literalLength();
    if (length > most) {
      throw tooLarge(
          "A literal has %d characters, at most %d are allowed.".formatted(length, most));
    }
  }

  /**
   * A list in one literal is {@code rdf:JSON}, or the plain string that the published SDK writes.
   */
  private static boolean mayBeList(Literal literal) {
    return literal.datatype().equals(Rdf.JSON)
        || literal.datatype().equals(Xsd.STRING) && literal.lexical().startsWith("[");
  }

  private static SmartApiException tooLarge(String message) {
    return new SmartApiException(ErrorType.TOO_LARGE_ERROR, message);
  }
}
