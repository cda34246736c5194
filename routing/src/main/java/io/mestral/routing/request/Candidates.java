package io.mestral.routing.request;

import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What templates are held against for one asker: the outlines of all that the sources know. */
final class Candidates implements Stock {
  private final List<EntitySource> sources;
  private final Asker asker;
  private final Till till;
  private final Map<Resource, EntitySource> homes = new HashMap<>();

  Candidates(List<EntitySource> sources, Asker asker) {
    this(sources, asker, Till.OPEN);
  }

  /**
   * @param till keeps values from who hasn't paid for them
   */
  Candidates(List<EntitySource> sources, Asker asker, Till till) {
    this.sources = sources;
    this.asker = asker;
    this.till = till;
  }

  @Override
  public Optional<Entity> find(Iri iri) {
    for (EntitySource source : sources) {
      Optional<Entity> found = source.find(iri);
      if (found.isPresent()) {
        homes.put(iri, source);
        return found.map(this::outline);
      }
    }
    return Optional.empty();
  }

  @Override
  public Stream<Entity> all(Set<Iri> types) {
    return sources.stream()
        .flatMap(source -> source.all(types).peek(one -> homes.put(one.node(), source)))
        .map(this::outline);
  }

  /** Nobody finds out about values by asking for Entities that have them. */
  private Entity outline(Entity known) {
    return isClosed(known) ? till.trade().withoutValues(known) : known;
  }

  /** Whether the values of an Entity are kept from the asker. */
  boolean isClosed(Entity entity) {
    return till.isClosed(entity, asker);
  }

  @Override
  public boolean allows(Entity entity, Iri method) {
    EntitySource home = homes.get(entity.node());
    return home == null || home.allows(asker, entity, method);
  }

  /** Where an Entity came from that was found here. */
  EntitySource home(Entity entity) {
    return homes.get(entity.node());
  }

  /** Who asks. */
  Asker asker() {
    return asker;
  }

  /** What of these Entities the asker may see. */
  List<Entity> shown(List<Entity> entities) {
    return entities.stream().map(one -> home(one).shownTo(asker, one)).toList();
  }

  /** These Entities alone, with the values they have now; what else is asked for isn't here. */
  Stock filled(List<Entity> entities, Set<Resource> elsewhere) {
    Map<Resource, Entity> byNode = new HashMap<>();
    entities.forEach(one -> byNode.put(one.node(), one));
    return new Stock() {
      @Override
      public Optional<Entity> find(Iri iri) {
        return elsewhere.contains(iri) ? Optional.empty() : Optional.ofNullable(byNode.get(iri));
      }

      @Override
      public Stream<Entity> all(Set<Iri> types) {
        return entities.stream();
      }

      @Override
      public boolean allows(Entity entity, Iri method) {
        return Candidates.this.allows(entity, method);
      }
    };
  }
}
