package io.mestral.verticles.smartrequest.outgoing;

import io.mestral.routing.request.OwnWay;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * HTTP interfaces that Entities of the directory have themselves: where one property is asked for
 * that has one, that counts; else the Entity's (Smart API, section 2.14, rule 1). Those of gateways
 * are gateways' affair, and a sender's own Entity says where it wants to be told.
 */
record OwnInterfaces(EntityDirectory directory) {

  /** The ways to an Entity, the best first; empty when it has no interface that can be called. */
  List<String> of(Entity entity, Set<Resource> values) {
    if (!hasOne(entity, entity.node()) && values.stream().noneMatch(one -> hasOne(entity, one)))
      return List.of(); // as most have none
    Optional<Iri> name = entity.iri().filter(one -> isItself(entity, one));
    if (name.isEmpty()) return List.of();
    List<String> ways = new ArrayList<>();
    if (values.size() == 1)
      property(entity, values.iterator().next())
          .map(property -> new OwnWay(name.get(), Optional.of(property)))
          .filter(way -> target(entity, way).isPresent())
          .ifPresent(way -> ways.add(way.name()));
    OwnWay whole = new OwnWay(name.get(), Optional.empty());
    if (target(entity, whole).isPresent()) ways.add(whole.name());
    return ways;
  }

  private static boolean hasOne(Entity entity, Resource node) {
    return entity.graph().object(node, SmartApi.INTERFACE).isPresent();
  }

  /** Whether the interface is one of a thing, and not of a gateway or of who sends messages. */
  private boolean isItself(Entity entity, Iri name) {
    return !entity.types().contains(Types.GATEWAY)
        && !entity.types().contains(Types.NODE)
        && directory.find(name).isPresent()
        && directory.owner(name).filter(name::equals).isEmpty();
  }

  private static Optional<Iri> property(Entity entity, Resource value) {
    return entity.graph().predicates(entity.node()).stream()
        .filter(one -> entity.graph().contains(entity.node(), one, value))
        .findFirst();
  }

  /** Where a way leads to now; empty when the Entity has no such interface any more. */
  Optional<Target> target(OwnWay way) {
    return directory.find(way.entity()).flatMap(one -> target(one, way));
  }

  private static Optional<Target> target(Entity entity, OwnWay way) {
    if (way.property().isEmpty()) return Target.of(entity.interfaces());
    for (Term value : entity.graph().objects(entity.node(), way.property().get()))
      if (value instanceof Resource node) {
        Optional<Target> found = Target.of(ValueObject.at(entity.graph(), node).interfaces());
        if (found.isPresent()) return found;
      }
    return Optional.empty();
  }

  /** Who answers for an Entity. */
  Optional<Iri> owner(OwnWay way) {
    return directory.owner(way.entity());
  }
}
