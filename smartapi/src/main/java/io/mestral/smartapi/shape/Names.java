package io.mestral.smartapi.shape;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names of nodes for people: those without an IRI by the way that leads to them. */
final class Names {
  private static final int MOST_STEPS = 64;

  private final Map<Resource, Triple> waysIn = new HashMap<>();

  Names(Graph graph) {
    graph
        .triples()
        .filter(triple -> triple.object() instanceof Blank)
        .forEach(triple -> waysIn.putIfAbsent((Blank) triple.object(), triple));
  }

  /** The way to a node from the nearest one that has an IRI, or that nothing leads to. */
  String place(Resource node) {
    Deque<String> way = new ArrayDeque<>();
    Set<Resource> passed = new HashSet<>();
    Resource at = node;
    while (at instanceof Blank && waysIn.containsKey(at) && passed.add(at)) {
      Triple in = waysIn.get(at);
      if (way.size() == MOST_STEPS) {
        break;
      }
      way.push(compact(in.predicate()));
      at = in.subject();
    }
    way.push(at instanceof Iri iri ? iri.toString() : "the message");
    return String.join(" ", way);
  }

  /** An IRI as Turtle would write it with the usual prefixes; other terms as they are. */
  static String compact(Term term) {
    if (term instanceof Iri iri) {
      for (Map.Entry<String, String> prefix : Namespaces.prefixes().entrySet()) {
        if (iri.value().startsWith(prefix.getValue())) {
          return prefix.getKey() + ":" + iri.value().substring(prefix.getValue().length());
        }
      }
    }
    return term.toString();
  }
}
