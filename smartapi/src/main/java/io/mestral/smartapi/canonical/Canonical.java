package io.mestral.smartapi.canonical;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;

/**
 * The canonical form of a graph: the same bytes for the same triples, whatever their order, their
 * syntax and the labels of their blank nodes (RDFC-1.0). They are canonical N-Quads of a default
 * graph in UTF-8, one line per triple, every line ended by LF, in code point order.
 */
public final class Canonical {
  private Canonical() {}

  /**
   * A graph's canonical form, made with SHA-256 and the default budget.
   *
   * @param graph any graph
   * @return its lines; no bytes for the graph without triples
   * @throws SmartApiException of type SecurityError if the budget isn't enough, or if an IRI or
   *     language tag has characters that N-Quads can't write
   */
  public static byte[] form(Graph graph) {
    return form(graph, HashAlgorithm.SHA_256, WorkBudget.DEFAULT.start());
  }

  /**
   * A graph's canonical form.
   *
   * @param graph any graph
   * @param hash the hash inside of the algorithm, which has a say in the order of blank nodes
   * @param meter what is left of the budget, and is used up
   * @return its lines; no bytes for the graph without triples
   * @throws SmartApiException of type SecurityError if the budget isn't enough, or if an IRI or
   *     language tag has characters that N-Quads can't write
   */
  public static byte[] form(Graph graph, HashAlgorithm hash, WorkBudget.Meter meter) {
    return new Canonicalization(graph, hash, meter).form();
  }
}
