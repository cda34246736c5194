package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes RDF 1.1 Turtle for people: prefixes that are used, types first, blank nodes inside of the
 * one that refers to them and lists in parentheses where that can be. The same graph, its triples
 * added in the same order, is written the same.
 */
public final class TurtleWriter {
  private final Map<String, String> prefixes;

  /** A writer with the prefixes of {@link Namespaces}, for any number of graphs and threads. */
  public TurtleWriter() {
    this(Namespaces.prefixes());
  }

  /**
   * A writer, for any number of graphs and threads.
   *
   * @param prefixes prefix to namespace, which ends with {@code #} or {@code /}; they are declared
   *     in this order
   * @throws IllegalArgumentException if a prefix isn't made of letters and digits, a letter first
   */
  public TurtleWriter(Map<String, String> prefixes) {
    this.prefixes = new LinkedHashMap<>(prefixes);
    for (String prefix : prefixes.keySet()) {
      if (!prefix.matches("[A-Za-z][A-Za-z0-9]*")) {
        throw new IllegalArgumentException(
            "a prefix is letters and digits, a letter first, not \"" + prefix + "\"");
      }
    }
  }

  /**
   * Writes a graph.
   *
   * @param graph any graph
   * @return the document, in UTF-8
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
   * @param out where to, in UTF-8; stays open
   * @throws IOException if that doesn't take it
   * @throws SmartApiException of type ServerError if there is a term that no document can have;
   *     nothing is written then
   */
  public void write(Graph graph, OutputStream out) throws IOException {
    Names names = new Names(prefixes);
    ByteArrayOutputStream statements = new ByteArrayOutputStream();
    new Statements(graph, names, statements).write();
    Escapes head = new Escapes(out);
    names.declare(head);
    head.flush();
    statements.writeTo(out);
  }
}
