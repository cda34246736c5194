package io.mestral.routing.request.directory;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an owner granted on an Entity stays when a gateway announces it again, which it does
 * whenever it comes back. A gateway that says itself who is granted what is asked for that alone.
 */
final class KeptGrants {
  private KeptGrants() {}

  /** What is announced, with the Authorizations that stood on the Entity before. */
  static Entity of(Entity before, Entity announced) {
    List<Resource> grants = grants(before);
    if (grants.isEmpty() || !grants(announced).isEmpty()) return announced;
    Graph.Builder graph = Graph.builder().addAll(announced.graph());
    Deque<Resource> open = new ArrayDeque<>(grants);
    grants.forEach(one -> graph.add(announced.node(), Sx.AUTHORIZATION, one));
    Set<Resource> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Resource next = open.pop();
      if (!seen.add(next)) continue;
      for (Triple triple : (Iterable<Triple>) before.graph().triplesOf(next)::iterator) {
        graph.add(triple);
        if (triple.object() instanceof Blank part) open.push(part);
      }
    }
    return Entity.at(graph.build(), announced.node());
  }

  private static List<Resource> grants(Entity entity) {
    return entity.graph().objects(entity.node(), Sx.AUTHORIZATION).stream()
        .filter(one -> isGrant(entity.graph(), one))
        .map(Resource.class::cast)
        .toList();
  }

  private static boolean isGrant(Graph graph, Term one) {
    return one instanceof Resource node && !graph.objects(node, Sx.GRANTEE).isEmpty();
  }
}
