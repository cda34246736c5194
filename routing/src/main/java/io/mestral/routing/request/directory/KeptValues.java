package io.mestral.routing.request.directory;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway told of values stays known when it announces what it manages again, without them.
 */
final class KeptValues {
  private KeptValues() {}

  /** What is announced, with the values that its properties had, where each has one. */
  static Entity of(Entity before, Entity announced) {
    Graph.Builder graph = Graph.builder().addAll(announced.graph());
    boolean isAny = false;
    for (Iri property : announced.graph().predicates(announced.node())) {
      Optional<Resource> now = value(announced, property);
      Optional<Resource> then = value(before, property);
      if (now.isEmpty() || then.isEmpty() || !isSameKept(announced, now.get(), before, then.get()))
        continue;
      for (Iri said : List.of(Rdf.VALUE, SmartApi.INSTANT))
        for (Term term : before.graph().objects(then.get(), said)) graph.add(now.get(), said, term);
      isAny = true;
    }
    return isAny ? Entity.at(graph.build(), announced.node()) : announced;
  }

  /** The one ValueObject at a property. */
  private static Optional<Resource> value(Entity entity, Iri property) {
    List<Resource> values =
        entity.graph().objects(entity.node(), property).stream()
            .filter(Resource.class::isInstance)
            .map(Resource.class::cast)
            .filter(one -> Ontology.core().isA(entity.graph(), one, Types.VALUE_OBJECT))
            .toList();
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  private static boolean isSameKept(Entity announced, Resource now, Entity before, Resource then) {
    return announced.graph().object(now, Rdf.VALUE).isEmpty()
        && before.graph().object(then, Rdf.VALUE).filter(Resource.class::isInstance).isEmpty()
        && before.graph().object(then, Rdf.VALUE).isPresent()
        && announced.graph().object(now, Qudt.UNIT).equals(before.graph().object(then, Qudt.UNIT));
  }
}
