package io.mestral.smartapi.syntax.jsonld;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.syntax.BoundedGraph;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.vocabulary.Sec;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes the triples of a document while it is read, and makes a graph of them in the end. */
final class TripleSink {
  /** What stands for something that is no term: triples with it are dropped. */
  static final Blank NOTHING = new Blank();

  /** The property that {@code @type} stands for. */
  static final Property TYPE = Property.plain(Optional.of(Rdf.TYPE));

  private final Limits limits;
  private final Map<Term, List<Term>> lists = new HashMap<>();
  private final Map<Resource, Resource> renamed = new HashMap<>();
  private final Map<Resource, Graph> named = new LinkedHashMap<>();
  private BoundedGraph graph;

  /** Reads the nodes of a graph. */
  interface Nodes {
    /**
     * Reads them.
     *
     * @return the nodes
     * @throws IOException if this isn't JSON
     */
    List<Resource> read() throws IOException;
  }

  /**
   * A sink without triples.
   *
   * @param limits what the graph may grow to
   */
  TripleSink(Limits limits) {
    this.limits = limits;
    this.graph = new BoundedGraph(limits);
  }

  /**
   * Adds a triple, and the cells of the list that its object may be.
   *
   * @param subject a node or {@link #NOTHING}
   * @param property a property, perhaps without IRI
   * @param object a term or {@link #NOTHING}
   */
  void add(Resource subject, Property property, Term object) {
    if (property.iri().isPresent()) {
      add(subject, property.iri().get(), object);
    }
  }

  private void add(Resource subject, Iri property, Term object) {
    if (subject == NOTHING || object == NOTHING) {
      return;
    }
    graph.add(subject, property, object);
    if (!lists.isEmpty() && object instanceof Blank head) {
      List<Term> items = lists.remove(head);
      if (items != null) {
        cells(head, items);
      }
    }
  }

  private void cells(Blank head, List<Term> items) {
    Blank cell = head;
    for (int at = 0; at < items.size(); at++) {
      add(cell, Rdf.FIRST, items.get(at));
      Blank next = new Blank();
      graph.add(cell, Rdf.REST, at + 1 < items.size() ? next : Rdf.NIL);
      cell = next;
    }
  }

  /**
   * A list. Its triples are added with the one that it is the object of.
   *
   * @param items its items
   * @return its first cell, or {@code rdf:nil}
   */
  Resource list(List<Term> items) {
    if (items.isEmpty()) {
      return Rdf.NIL;
    }
    Blank head = new Blank();
    lists.put(head, items);
    return head;
  }

  /**
   * Says that a node which was blank so far has a name.
   *
   * @param blank the node
   * @param name its name
   */
  void rename(Blank blank, Resource name) {
    renamed.put(blank, name);
  }

  /**
   * Reads a graph within the document.
   *
   * @param nodes reads it, adding its triples here
   * @return the graph, which isn't among the document's triples
   * @throws IOException if this isn't JSON
   */
  Graph inner(Nodes nodes) throws IOException {
    BoundedGraph outer = graph;
    graph = new BoundedGraph(limits);
    nodes.read();
    Graph inner = graph.build();
    graph = outer;
    return inner;
  }

  /**
   * Names a graph within the document.
   *
   * @param name its name
   * @param triples its triples; those of a name that was given before are kept too
   */
  void name(Resource name, Graph triples) {
    named.merge(name, triples, (a, b) -> Graph.builder().addAll(a).addAll(b).build());
  }

  /**
   * Ends the document.
   *
   * @return its graph, with the triples of graphs that are proofs
   * @throws SmartApiException of type ParseError if it has other graphs
   */
  Graph build() {
    Graph built = graph.build();
    if (!renamed.isEmpty()) {
      BoundedGraph target = new BoundedGraph(limits);
      built.triples().forEach(t -> target.add(name(t.subject()), t.predicate(), name(t.object())));
      built = target.build();
    }
    return named.isEmpty() ? built : withProofs(built);
  }

  private Resource name(Resource node) {
    return renamed.getOrDefault(node, node);
  }

  private Term name(Term term) {
    return term instanceof Resource node ? name(node) : term;
  }

  /** Moves proofs into the graph, and links to them instead of to the graphs they were in. */
  private Graph withProofs(Graph built) {
    BoundedGraph target = new BoundedGraph(limits);
    Set<Term> proofs =
        built
            .triples()
            .filter(t -> t.predicate().equals(Sec.PROOF) && named.containsKey(t.object()))
            .map(Triple::object)
            .collect(Collectors.toSet());
    for (Resource name : named.keySet()) {
      if (!proofs.contains(name)) {
        throw new SmartApiException(
            ErrorType.PARSE_ERROR,
            "The document has a graph within its graph that is no value of sec:proof; a message is one graph.",
            name);
      }
    }
    built
        .triples()
        .filter(t -> !t.predicate().equals(Sec.PROOF) || !named.containsKey(t.object()))
        .forEach(t -> target.add(t.subject(), t.predicate(), t.object()));
    built
        .triples()
        .filter(t -> t.predicate().equals(Sec.PROOF) && named.containsKey(t.object()))
        .forEach(t -> link(t.subject(), named.get(t.object()), target));
    named.values().stream()
        .flatMap(Graph::triples)
        .forEach(t -> target.add(t.subject(), t.predicate(), t.object()));
    return target.build();
  }

  private static void link(Resource subject, Graph proof, BoundedGraph target) {
    List<Resource> proofs =
        proof.subjects().stream()
            .filter(node -> proof.contains(node, Rdf.TYPE, Sec.DATA_INTEGRITY_PROOF))
            .toList();
    if (proofs.isEmpty()) {
      throw new SmartApiException(
          ErrorType.PARSE_ERROR,
          "The graph that is a value of sec:proof has no sec:DataIntegrityProof in it.",
          subject);
    }
    proofs.forEach(node -> target.add(subject, Sec.PROOF, node));
  }
}
