package io.mestral.routing.request.directory;

import io.mestral.routing.request.Asker;
import io.mestral.routing.request.call.Offering;
import io.mestral.smartapi.matching.Area;
import io.mestral.smartapi.matching.Span;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.contract.Authorization;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.place.Zone;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Geo;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who may do what with Entities of the directory (Smart API, section 2.13). Owners and
 * administrators may do everything. Anybody may read what no Authorization is asked for: one is
 * asked for where an Authorization stands on the Entity, on a value of it, or on a Zone it belongs
 * to. Whatever changes something takes one in any case. Grants add up. The node that this one is a
 * gateway of was told of the Authorizations, and has looked at them.
 */
final class AccessRules {
  private final Shelf shelf;
  private final Clock clock;

  AccessRules(Shelf shelf, Clock clock) {
    this.shelf = shelf;
    this.clock = clock;
  }

  /** Whether an asker may do something with an Entity, or with some value of it at least. */
  boolean allows(Asker asker, Listed listed, Iri method) {
    return allowsAll(asker, listed, method) || allowsSome(asker, listed, method);
  }

  /** Whether an asker may do something with the Entity as a whole. */
  boolean allowsAll(Asker asker, Listed listed, Iri method) {
    return owns(asker, listed)
        || isOpen(listed.entity(), method)
        || guards(listed.entity()).anyMatch(guard -> grants(guard, asker, listed.entity(), method));
  }

  private boolean allowsSome(Asker asker, Listed listed, Iri method) {
    return guardedValues(listed.entity()).stream()
        .anyMatch(value -> allowsValue(asker, listed.entity(), value, method));
  }

  boolean owns(Asker asker, Listed listed) {
    return asker.isAdmin() || asker.isManager() || asker.is(listed.owner());
  }

  /** Whether an asker may call an Activity that an Entity offers. */
  boolean allowsCall(Asker asker, Listed listed, Iri activity) {
    return owns(asker, listed) || allowsValue(asker, listed.entity(), activity, activity);
  }

  private boolean isOpen(Entity entity, Iri method) {
    return isReading(method)
        && guards(entity)
            .flatMap(guard -> authorizations(guard).stream())
            .noneMatch(one -> covers(one, method) && !isForCalls(one, entity));
  }

  /** The Zone, or else the Entity, that an Authorization would have to be for. */
  Resource guard(Entity entity, Iri method) {
    return guards(entity)
        .filter(
            guard ->
                authorizations(guard).stream()
                    .anyMatch(one -> covers(one, method) && !isForCalls(one, entity)))
        .map(Obj::node)
        .reduce((nearer, wider) -> wider)
        .orElse(entity.node());
  }

  /** The values of an Entity that need an Authorization of their own. */
  Set<Resource> guardedValues(Entity entity) {
    Set<Resource> guarded = new LinkedHashSet<>();
    for (Resource node : entity.graph().subjects())
      if (!node.equals(entity.node()) && !entity.graph().objects(node, Sx.AUTHORIZATION).isEmpty())
        guarded.add(node);
    return guarded;
  }

  /** Whether an asker who doesn't own an Entity may do something with a guarded value of it. */
  boolean allowsValue(Asker asker, Entity entity, Resource value, Iri method) {
    return grants(Obj.at(entity.graph(), value), asker, entity, method)
        || guards(entity).anyMatch(guard -> grants(guard, asker, entity, method));
  }

  private boolean grants(Obj guard, Asker asker, Entity entity, Iri method) {
    return !asker.isVisitor()
        && authorizations(guard).stream()
            .anyMatch(
                one ->
                    covers(one, method)
                        && names(one, asker)
                        && holdsNow(one)
                        && holdsThere(one, entity)
                        && (isFor(one, guard) || isFor(one, Obj.at(entity.graph(), method))));
  }

  /** The Entity, and every Zone it belongs to, from the nearest to the widest. */
  private Stream<Obj> guards(Entity entity) {
    Collection<Term> zones = entity.graph().objects(entity.node(), SmartApi.ZONE);
    List<Zone> areas = shelf.areas();
    if (zones.isEmpty() && areas.isEmpty()) return Stream.of(entity);
    Set<Iri> all = new LinkedHashSet<>();
    Deque<Iri> open = new ArrayDeque<>();
    for (Term zone : zones) if (zone instanceof Iri iri) open.add(iri);
    if (!entity.graph().objects(entity.node(), Geo.LOCATION).isEmpty())
      for (Zone zone : areas)
        if (Area.of(zone, Units.shared()).filter(area -> area.contains(entity)).isPresent())
          zone.iri().ifPresent(open::add);
    while (!open.isEmpty()) {
      Iri next = open.poll();
      if (all.add(next))
        shelf
            .find(next)
            .flatMap(zone -> zone.entity().as(Zone::at).parentZone())
            .flatMap(Obj::iri)
            .ifPresent(open::add);
    }
    return Stream.concat(
        Stream.of(entity),
        all.stream().flatMap(iri -> shelf.find(iri).stream()).map(Listed::entity));
  }

  private static List<Authorization> authorizations(Obj guard) {
    return guard.graph().objects(guard.node(), Sx.AUTHORIZATION).stream()
        .filter(Resource.class::isInstance)
        .map(node -> Authorization.at(guard.graph(), (Resource) node))
        .toList();
  }

  private static boolean covers(Authorization one, Iri method) {
    List<Iri> methods = one.methods();
    Iri asked = method.equals(Individuals.SUBSCRIBE) ? Individuals.READ : method;
    return methods.isEmpty() || methods.contains(asked) || methods.contains(method);
  }

  static boolean isReading(Iri method) {
    return method.equals(Individuals.READ) || method.equals(Individuals.SUBSCRIBE);
  }

  private static boolean names(Authorization one, Asker asker) {
    return one.grantees().stream().anyMatch(who -> who.node().equals(asker.identity()));
  }

  private boolean holdsNow(Authorization one) {
    Instant now = clock.instant();
    return !one.revoked().orElse(false)
        && one.temporalContext()
            .map(context -> Span.of(context, now).contains(now, ZoneOffset.UTC))
            .orElse(true);
  }

  private static boolean holdsThere(Authorization one, Entity entity) {
    return one.geospatialContext()
        .map(context -> Area.of(context, Units.shared()).contains(entity))
        .orElse(true);
  }

  /** An Authorization that names what it is for counts where it stands for that alone. */
  private static boolean isFor(Authorization one, Obj guard) {
    List<Obj> resources = one.resources();
    return resources.isEmpty()
        || resources.stream().anyMatch(resource -> resource.node().equals(guard.node()));
  }

  /** One that is for Activities of the Entity alone says nothing of the rest. */
  private static boolean isForCalls(Authorization one, Entity entity) {
    List<Obj> resources = one.resources();
    if (resources.isEmpty()) return false;
    Set<Iri> offered = Offering.of(entity);
    return resources.stream().allMatch(resource -> offered.contains(resource.node()));
  }

  /** What an Entity looks like to somebody who doesn't own it. */
  Entity shownTo(Asker asker, Listed listed) {
    Entity entity = listed.entity();
    if (owns(asker, listed)) return entity;
    Set<Resource> hidden = new LinkedHashSet<>();
    for (Resource value : guardedValues(entity))
      if (!allowsValue(asker, entity, value, Individuals.READ)) hidden.add(value);
    Set<Resource> grants = grantsIn(entity);
    if (hidden.isEmpty() && grants.isEmpty()) return entity;
    return Trimmed.of(entity, hidden, grants);
  }

  /** Who was granted what is nobody else's business. */
  private static Set<Resource> grantsIn(Entity entity) {
    Set<Resource> grants = new LinkedHashSet<>();
    for (Resource node : entity.graph().subjects())
      for (Term one : entity.graph().objects(node, Sx.AUTHORIZATION))
        if (one instanceof Resource grant && !entity.graph().objects(grant, Sx.GRANTEE).isEmpty())
          grants.add(grant);
    return grants;
  }
}
