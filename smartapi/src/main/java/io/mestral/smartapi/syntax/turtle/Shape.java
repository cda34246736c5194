package io.mestral.smartapi.syntax.turtle;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the blank nodes of a graph can be written: inside of the one that refers to them, as items of
 * a list, or by a label. Found out in time that grows with the graph, by loops alone.
 */
final class Shape {
  private final Graph graph;

  /** Who refers to a blank node; the first one where there are several. */
  private final Map<Blank, Reference> referrers = new LinkedHashMap<>();

  /** Those with several referrers, and one of each cycle. */
  private final Set<Blank> shared = new HashSet<>();

  private final Set<Blank> cells = new HashSet<>();

  private record Reference(Resource subject, Iri predicate) {}

  private Shape(Graph graph) {
    this.graph = graph;
  }

  static Shape of(Graph graph) {
    Shape shape = new Shape(graph);
    shape.refer();
    shape.breakCycles();
    shape.findLists();
    return shape;
  }

  /** Whether a triple refers to the node. */
  boolean isReferredTo(Blank node) {
    return referrers.containsKey(node);
  }

  /** Whether the node stands inside of the only one that refers to it. */
  boolean isNested(Resource node) {
    return node instanceof Blank blank && isReferredTo(blank) && !shared.contains(blank);
  }

  /** Whether a list begins at a nested node that has nothing beside its items. */
  boolean isList(Blank node) {
    return cells.contains(node);
  }

  private void refer() {
    graph
        .triples()
        .forEach(
            triple -> {
              if (triple.object() instanceof Blank blank) {
                Reference reference = new Reference(triple.subject(), triple.predicate());
                if (referrers.putIfAbsent(blank, reference) != null) {
                  shared.add(blank);
                }
              }
            });
  }

  /** Goes up from each node to one that isn't nested; where that comes back is a cycle. */
  private void breakCycles() {
    Set<Blank> grounded = new HashSet<>();
    for (Blank node : referrers.keySet()) {
      Set<Blank> path = new HashSet<>();
      Resource at = node;
      while (at instanceof Blank blank && isNested(blank) && !grounded.contains(blank)) {
        if (!path.add(blank)) {
          shared.add(blank);
          break;
        }
        at = referrers.get(blank).subject();
      }
      grounded.addAll(path);
    }
  }

  /** Goes from the end of each list to its beginning. */
  private void findLists() {
    Deque<Blank> found = new ArrayDeque<>();
    for (Resource subject : graph.subjects()) {
      if (isCell(subject) && graph.contains(subject, Rdf.REST, Rdf.NIL)) {
        found.add((Blank) subject);
      }
    }
    while (!found.isEmpty()) {
      Blank cell = found.remove();
      cells.add(cell);
      Reference reference = referrers.get(cell);
      if (reference.predicate().equals(Rdf.REST) && isCell(reference.subject())) {
        found.add((Blank) reference.subject());
      }
    }
  }

  /** Whether a node has one item, one rest and nothing else, and stands inside of another. */
  private boolean isCell(Resource node) {
    return isNested(node)
        && graph.predicates(node).size() == 2
        && hasOne(node, Rdf.FIRST)
        && hasOne(node, Rdf.REST);
  }

  private boolean hasOne(Resource node, Iri predicate) {
    return graph.objects(node, predicate).size() == 1;
  }

  /** The only value of a property of a cell. */
  Term only(Blank cell, Iri predicate) {
    return graph.object(cell, predicate).orElseThrow();
  }
}
