package io.mestral.routing.request;

import io.mestral.smartapi.matching.Change;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.contract.Authorization;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Authorizations that are created on something that exists already (Smart API, section 2.13): they
 * are added to what it has; one that is revoked takes away those of the same grantees, methods and
 * resources.
 */
final class Grants {
  private static final Set<Iri> OF_GRANTS = Set.of(Rdf.TYPE, Sx.AUTHORIZATION);

  private Grants() {}

  /** Whether an Entity of a Create has nothing but a type and Authorizations. */
  static boolean isGrant(Entity template) {
    return template.iri().isPresent()
        && template.properties().contains(Sx.AUTHORIZATION)
        && OF_GRANTS.containsAll(template.properties());
  }

  /** What a grant makes of what it is for. */
  static Change change(Entity before, Entity template) {
    Set<Resource> revoked = new HashSet<>();
    Graph.Builder added = Graph.builder();
    for (Authorization one : authorizations(template))
      if (one.revoked().orElse(false))
        authorizations(before).stream()
            .filter(other -> isSame(other, one))
            .map(Obj::node)
            .forEach(revoked::add);
      else {
        added.add(before.node(), Sx.AUTHORIZATION, one.node());
        parts(one).forEach(added::add);
      }
    Graph.Builder after = Graph.builder();
    before
        .graph()
        .triples()
        .filter(t -> !revoked.contains(t.subject()) && !revoked.contains(t.object()))
        .forEach(after::add);
    after.addAll(added.build());
    return new Change(Optional.of(before), Optional.of(Entity.at(after.build(), before.node())));
  }

  private static List<Authorization> authorizations(Entity entity) {
    return entity.graph().objects(entity.node(), Sx.AUTHORIZATION).stream()
        .filter(Resource.class::isInstance)
        .map(node -> Authorization.at(entity.graph(), (Resource) node))
        .toList();
  }

  private static List<Triple> parts(Authorization one) {
    return one.closure().triples().toList();
  }

  private static boolean isSame(Authorization one, Authorization other) {
    return List.of(Sx.GRANTEE, Sx.GRANTED_METHOD, Sx.RESOURCE).stream()
        .allMatch(property -> set(one, property).equals(set(other, property)));
  }

  private static Set<Term> set(Authorization one, Iri property) {
    Collection<Term> terms = one.graph().objects(one.node(), property);
    return new HashSet<>(terms);
  }
}
