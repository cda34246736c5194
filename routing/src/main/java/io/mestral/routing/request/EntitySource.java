package io.mestral.routing.request;

import io.mestral.model.reading.TimeRange;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where Entities come from that a node answers for itself. */
public interface EntitySource {
  /**
   * An Entity by its IRI as far as it is known without looking values up: values that stores hold
   * are ValueObjects without value.
   */
  Optional<Entity> find(Iri iri);

  /** Every such outline that has, or might have, one of the types (all when there are none). */
  Stream<Entity> all(Set<Iri> types);

  /** Whether an asker may do something with an Entity of this source. */
  boolean allows(Asker asker, Entity outline, Iri method);

  /**
   * The same Entities with their values: the newest ones, or with a span all of that time as
   * TimeSeries.
   *
   * @param wanted which ValueObject nodes (IRIs) of them are of interest; empty for all
   */
  Future<List<Entity>> complete(List<Entity> outlines, Set<Iri> wanted, Optional<TimeRange> span);
}
