package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Writes RDF 1.1 N-Triples: a line for each triple, in the graph's order, in UTF-8. */
public final class NTriplesWriter {

  /** A writer, for any number of graphs and threads. */
  public NTriplesWriter() {}

  /**
   * Writes a graph.
   *
   * @param graph any graph
   * @return the document
   * @throws SmartApiException of type ServerError if there is a term that no document can have
   */
  public byte[] write(Graph graph) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(graph, bytes);
    } catch (IOException e) {
      throw new AssertionError("memory takes everything", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes a graph.
   *
   * @param graph any graph
   * @param out where to; stays open
   * @throws IOException if that doesn't take it
   * @throws SmartApiException of type ServerError if there is a term that no document can have; the
   *     beginning is written by then
   */
  public void write(Graph graph, OutputStream out) throws IOException {
    Escapes escapes = new Escapes(out);
    Map<Blank, String> labels = new HashMap<>();
    for (Iterator<Triple> all = graph.triples().iterator(); all.hasNext(); ) {
      Triple triple = all.next();
      term(triple.subject(), labels, escapes);
      escapes.octet(' ');
      escapes.iri(triple.predicate());
      escapes.octet(' ');
      term(triple.object(), labels, escapes);
      escapes.ascii(" .\n");
    }
    escapes.flush();
  }

  private static void term(Term term, Map<Blank, String> labels, Escapes out) throws IOException {
    if (term instanceof Iri iri) {
      out.iri(iri);
    } else if (term instanceof Blank blank) {
      out.ascii(labels.computeIfAbsent(blank, added -> "_:b" + labels.size()));
    } else {
      Literal literal = (Literal) term;
      out.quoted(literal.lexical());
      if (!out.language(literal) && Escapes.isTyped(literal)) {
        out.ascii("^^");
        out.iri(literal.datatype());
      }
    }
  }
}
