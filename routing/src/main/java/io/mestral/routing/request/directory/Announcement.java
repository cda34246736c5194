package io.mestral.routing.request.directory;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a gateway's announcement speaks of: the gateway, what it manages, and whatever says that it
 * is managed by one of these (Smart API, section 2.14).
 */
final class Announcement {
  private Announcement() {}

  static List<Entity> entities(Message message) {
    Graph graph = message.graph();
    Map<Iri, Iri> managers = new LinkedHashMap<>();
    for (Entity announced : message.entities())
      announced
          .iri()
          .ifPresent(
              gateway -> {
                managers.putIfAbsent(gateway, gateway);
                for (Term one : graph.objects(gateway, SmartApi.MANAGES))
                  if (one instanceof Iri iri) managers.putIfAbsent(iri, gateway);
              });
    for (Resource node : graph.subjects())
      for (Term manager : graph.objects(node, SmartApi.IS_MANAGED_BY))
        if (node instanceof Iri iri && manager instanceof Iri by && managers.containsKey(by))
          managers.putIfAbsent(iri, by);
    List<Entity> entities = new ArrayList<>();
    managers.forEach((iri, manager) -> entities.add(entity(graph, iri, manager)));
    return entities;
  }

  /** Of what was only named nothing is known but who manages it. */
  private static Entity entity(Graph graph, Iri iri, Iri manager) {
    boolean isDescribed = graph.describes(iri);
    boolean isManaged =
        iri.equals(manager) || !graph.objects(iri, SmartApi.IS_MANAGED_BY).isEmpty();
    if (isDescribed && isManaged) return Entity.at(graph, iri);
    Graph.Builder more = Graph.builder();
    graph.triplesOf(iri).forEach(more::add);
    if (!isDescribed) more.add(iri, Rdf.TYPE, Types.ENTITY);
    if (!isManaged) more.add(iri, SmartApi.IS_MANAGED_BY, manager);
    graph.triples().filter(t -> !t.subject().equals(iri)).forEach(more::add);
    return Entity.at(more.build(), iri);
  }
}
