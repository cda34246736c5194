package io.mestral.routing.request;

import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What exists already, and whether an asker may add to it, for Entities that are to be made. */
record Creating(Candidates candidates, EntitySource home) implements Stock {
  @Override
  public Optional<Entity> find(Iri iri) {
    return candidates.find(iri);
  }

  @Override
  public Stream<Entity> all(Set<Iri> types) {
    return Stream.empty();
  }

  @Override
  public boolean allows(Entity entity, Iri method) {
    return home.allows(candidates.asker(), entity, method);
  }
}
