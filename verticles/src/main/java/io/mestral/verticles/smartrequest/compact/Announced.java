package io.mestral.verticles.smartrequest.compact;

import io.mestral.routing.request.Asker;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a gateway announced, as far as an asker may see it, without values. */
record Announced(EntityDirectory directory, String gateway, Asker asker) implements Stock {
  @Override
  public Optional<Entity> find(Iri iri) {
    return directory.find(iri).filter(this::isOurs).map(this::shown);
  }

  @Override
  public Stream<Entity> all(Set<Iri> types) {
    return directory.all(types).filter(this::isOurs).map(this::shown);
  }

  private boolean isOurs(Entity entity) {
    return directory.managers(entity).contains(gateway);
  }

  private Entity shown(Entity entity) {
    return Described.of(directory.shownTo(asker, entity)).entity();
  }

  @Override
  public boolean allows(Entity entity, Iri method) {
    return directory.allows(asker, entity, method);
  }
}
