package io.mestral.routing.request.directory;

import io.mestral.routing.request.call.Offering;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a graph describes one Entity, and not another that it leads to: its own properties, and
 * those of values, addresses, Activities it offers and what has no name of its own.
 */
final class OwnDescription {
  private static final List<Iri> PARTS =
      List.of(
          Types.VALUE_OBJECT,
          Types.TIME_SERIES,
          Types.INTERFACE_ADDRESS,
          Types.AUTHORIZATION,
          Types.TEMPORAL_CONTEXT,
          Gr.OFFERING,
          Gr.PRICE_SPECIFICATION,
          Gr.UNIT_PRICE_SPECIFICATION);

  private OwnDescription() {}

  static Entity of(Entity entity) {
    Graph whole = entity.graph();
    Graph.Builder own = Graph.builder();
    Set<Resource> seen = new HashSet<>();
    Deque<Resource> open = new ArrayDeque<>(List.of(entity.node()));
    while (!open.isEmpty()) {
      Resource next = open.pop();
      if (!seen.add(next)) continue;
      for (Triple triple : (Iterable<Triple>) whole.triplesOf(next)::iterator) {
        own.add(triple);
        if (belongs(whole, triple.object()) || isOffered(whole, triple))
          open.push((Resource) triple.object());
      }
    }
    return Entity.at(own.build(), entity.node());
  }

  private static boolean isOffered(Graph graph, Triple triple) {
    return Offering.isLink(triple.predicate())
        && triple.object() instanceof Iri iri
        && graph.describes(iri);
  }

  private static boolean belongs(Graph graph, Term term) {
    return term instanceof Blank
        || term instanceof Iri iri
            && graph.describes(iri)
            && PARTS.stream().anyMatch(part -> Ontology.core().isA(graph, iri, part));
  }
}
