package io.mestral.routing.request.directory;

import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a gateway may tell values of: named Entities that it announced. */
record Told(Shelf shelf, String gateway) implements Stock {
  @Override
  public Optional<Entity> find(Iri iri) {
    return shelf
        .find(iri)
        .filter(one -> one.gateway().equals(Optional.of(gateway)))
        .map(Listed::entity);
  }

  @Override
  public Stream<Entity> all(Set<Iri> types) {
    return Stream.empty();
  }

  @Override
  public boolean allows(Entity entity, Iri method) {
    return true;
  }
}
