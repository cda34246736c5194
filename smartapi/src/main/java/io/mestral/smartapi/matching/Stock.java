package io.mestral.smartapi.matching;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The candidates of templates: what a receiver knows of Entities. Its answers must not change while
 * an Activity is worked on.
 */
public interface Stock {

  /**
   * Finds an Entity by its name.
   *
   * @param iri its IRI, or one that the receiver knows for the same
   * @return the Entity, visible or not, or nothing when it isn't known
   */
  Optional<Entity> find(Iri iri);

  /**
   * Every Entity that might match, at least those with one of the types.
   *
   * @param types classes of which, or of kinds of which, the Entities are; all Entities are wanted
   *     when there are none
   * @return the Entities, visible or not; more than asked for do no harm
   */
  Stream<Entity> all(Set<Iri> types);

  /**
   * Says whether the sender may do something with an Entity.
   *
   * @param entity the Entity
   * @param method what is to be done, such as {@code smartapi:Read}
   * @return whether it may
   */
  boolean allows(Entity entity, Iri method);

  /**
   * Other names of the same thing that the receiver knows, {@code owl:sameAs}.
   *
   * @param iri a name
   * @return all names of it, the given one included
   */
  default Set<Iri> sameAs(Iri iri) {
    return Set.of(iri);
  }

  /**
   * Where an Entity's clocks are set.
   *
   * @param entity the Entity
   * @return its time zone; UTC when it isn't known
   */
  default ZoneId zone(Entity entity) {
    return ZoneOffset.UTC;
  }
}
