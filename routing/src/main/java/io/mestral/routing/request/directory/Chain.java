package io.mestral.routing.request.directory;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows {@code smartapi:isManagedBy} from an Entity to those who announced themselves here, step
 * by step, in circles once and no further than sixteen steps (Smart API, section 2.14).
 */
record Chain(Shelf shelf) {
  private static final int LONGEST = 16;

  /** The gateways on the way, the nearest to the Entity first; empty when it has none. */
  List<String> from(Entity entity) {
    Set<String> gateways = new LinkedHashSet<>();
    Set<Resource> seen = new HashSet<>();
    List<Resource> next = List.of(entity.node());
    for (int step = 0; step <= LONGEST && !next.isEmpty(); step++) {
      List<Resource> wider = new ArrayList<>();
      for (Resource node : next) if (seen.add(node)) visit(node, entity, gateways, wider);
      next = wider;
    }
    return List.copyOf(gateways);
  }

  private void visit(
      Resource node, Entity start, Set<String> gateways, Collection<Resource> wider) {
    Optional<Listed> listed = node instanceof Iri iri ? shelf.find(iri) : Optional.empty();
    listed.flatMap(Listed::gateway).ifPresent(gateways::add);
    Entity known = listed.map(Listed::entity).orElse(start);
    for (Term manager : known.graph().objects(node, SmartApi.IS_MANAGED_BY))
      if (manager instanceof Resource resource) wider.add(resource);
  }
}
