package io.mestral.routing.request.directory;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.NTriplesReader;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.mestral.storage.StoredEntity;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;

/**
 * An Entity of the directory.
 *
 * @param entity its own description
 * @param owner whose it is
 * @param gateway who announced it; empty when nobody else is asked about it
 * @param registeredAt when it was said last that it is there
 * @param changedAt when it was changed last
 */
record Listed(
    Entity entity, Iri owner, Optional<String> gateway, Instant registeredAt, Instant changedAt) {

  Iri iri() {
    return entity.iri().orElseThrow();
  }

  Listed as(Entity changed, Instant now) {
    return new Listed(changed, owner, gateway, registeredAt, now);
  }

  StoredEntity stored() {
    return new StoredEntity(
        iri().value(),
        owner.value(),
        gateway,
        Buffer.buffer(new NTriplesWriter().write(entity.graph())),
        registeredAt,
        changedAt);
  }

  static Listed of(StoredEntity stored) {
    Resource node = new Iri(stored.iri());
    return new Listed(
        Entity.at(new NTriplesReader(Limits.DEFAULT).read(stored.document().getBytes()), node),
        new Iri(stored.owner()),
        stored.gateway(),
        stored.registeredAt(),
        stored.changedAt());
  }
}
