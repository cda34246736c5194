package io.mestral.routing.request.directory;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import java.util.Set;

/** An Entity without some of what belongs to it. */
final class Trimmed {
  private Trimmed() {}

  /** Without these values and grants, and without whatever points to them. */
  static Entity of(Entity entity, Set<Resource> values, Set<Resource> grants) {
    Graph.Builder rest = Graph.builder();
    entity
        .graph()
        .triples()
        .filter(t -> !values.contains(t.subject()) && !grants.contains(t.subject()))
        .filter(t -> !values.contains(t.object()) && !grants.contains(t.object()))
        .forEach(rest::add);
    return OwnDescription.of(Entity.at(rest.build(), entity.node()));
  }
}
