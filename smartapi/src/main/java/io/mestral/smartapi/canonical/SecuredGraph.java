package io.mestral.smartapi.canonical;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Dct;
import io.mestral.smartapi.vocabulary.Owl;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The part of a message that a proof on one of its nodes secures (Smart API, section 7.2): the
 * node, and what is reached from it, but not through predicates that only refer to something. Terms
 * are taken as they are written; dialects aren't translated before.
 */
public final class SecuredGraph {
  private static final Set<Iri> REFERENCES =
      Set.of(
          SmartApi.IS_MANAGED_BY,
          SmartApi.MANAGES,
          SmartApi.ZONE,
          SmartApi.OWNER,
          SmartApi.GENERATED_BY,
          SmartApi.TARGET,
          SmartApi.SYSTEM_OF_INTEREST,
          Sx.IN_REPLY_TO,
          Sx.VIA,
          Owl.SAME_AS,
          Dct.CREATOR);

  private static final Set<Iri> OUTSIDE = Set.of(Sx.VIA, Sx.HOP_LIMIT);
  private static final Set<Iri> OUTSIDE_A_PROOF = Set.of(Sec.PROOF, Sx.VIA, Sx.HOP_LIMIT);
  private static final Set<Iri> OUTSIDE_AN_ENTRY_HASH =
      Set.of(Sx.ENTRY_HASH, Sec.PROOF, Sx.VIA, Sx.HOP_LIMIT);

  private SecuredGraph() {}

  /**
   * What a proof on a node is made over: without the node's own proofs, {@code sx:via} and {@code
   * sx:hopLimit}. Proofs on inner nodes are part of it.
   *
   * @param graph the message
   * @param subject the node
   * @return its secured graph
   * @throws SmartApiException of type SecurityError if nothing is stated about the node
   */
  public static Graph of(Graph graph, Resource subject) {
    return reached(graph, subject, OUTSIDE_A_PROOF);
  }

  /**
   * What the hash of a message is made over, and what is encrypted: the secured graph with the
   * node's proofs (Smart API, sections 7.5 and 7.6).
   *
   * @param graph the message
   * @param subject the node
   * @return its secured graph and its proofs
   * @throws SmartApiException of type SecurityError if nothing is stated about the node
   */
  public static Graph withProofs(Graph graph, Resource subject) {
    return reached(graph, subject, OUTSIDE);
  }

  /**
   * What the hash of a ledger's entry is made over: without its proofs and the hash itself (Smart
   * API, section 7.6).
   *
   * @param graph a graph with the entry in it
   * @param entry the entry
   * @return its secured graph
   * @throws SmartApiException of type SecurityError if nothing is stated about the node
   */
  public static Graph ofLedgerEntry(Graph graph, Resource entry) {
    return reached(graph, entry, OUTSIDE_AN_ENTRY_HASH);
  }

  private static Graph reached(Graph graph, Resource subject, Set<Iri> outside) {
    if (!graph.describes(subject)) {
      throw new SmartApiException(
          ErrorType.SECURITY_ERROR, "Nothing is stated about " + subject + ".", subject);
    }
    Graph.Builder secured = Graph.builder();
    Set<Resource> seen = new HashSet<>();
    Deque<Resource> left = new ArrayDeque<>();
    seen.add(subject);
    left.add(subject);
    while (!left.isEmpty()) {
      Resource node = left.remove();
      for (Iri predicate : graph.predicates(node)) {
        if (node.equals(subject) && outside.contains(predicate)) {
          continue;
        }
        boolean refers = REFERENCES.contains(predicate);
        for (Term object : graph.objects(node, predicate)) {
          secured.add(node, predicate, object);
          if (!refers && object instanceof Resource next && graph.describes(next)) {
            if (seen.add(next)) {
              left.add(next);
            }
          }
        }
      }
    }
    return secured.build();
  }
}
