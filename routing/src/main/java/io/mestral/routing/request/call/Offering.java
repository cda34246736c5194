package io.mestral.routing.request.call;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which Activities an Entity offers: those with an IRI at {@code smartapi:hasCapability} or {@code
 * smartapi:activity}.
 */
public final class Offering {
  private static final Set<Iri> LINKS = Set.of(SmartApi.HAS_CAPABILITY, SmartApi.ACTIVITY);

  private Offering() {}

  /** Whether what stands at a property of an Entity is an Activity that it offers. */
  public static boolean isLink(Iri property) {
    return LINKS.contains(property);
  }

  /** The Activities that can be called at an Entity by their IRIs. */
  public static Set<Iri> of(Entity entity) {
    Set<Iri> offered = new LinkedHashSet<>();
    for (Iri link : LINKS)
      for (Term one : entity.graph().objects(entity.node(), link))
        if (one instanceof Iri iri) offered.add(iri);
    return offered;
  }

  /** The Entity as if it didn't offer these. */
  public static Entity without(Entity entity, Set<Iri> activities) {
    if (activities.isEmpty()) return entity;
    Graph.Builder rest = Graph.builder();
    entity
        .graph()
        .triples()
        .filter(
            t ->
                !t.subject().equals(entity.node())
                    || !isLink(t.predicate())
                    || !(t.object() instanceof Iri iri && activities.contains(iri)))
        .forEach(rest::add);
    return Entity.at(rest.build(), entity.node());
  }
}
