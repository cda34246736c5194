package io.mestral.routing.request;

import io.mestral.model.reading.TimeRange;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Change;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where Entities come from that this node knows. What is known of one without looking values up is
 * its outline: values that stores hold are ValueObjects without value there.
 */
public interface EntitySource {
  /** The outline of the Entity with this IRI, whoever may see it. */
  Optional<Entity> find(Iri iri);

  /**
   * The outlines of all Entities that have, or might have, one of the types; of all when there are
   * none.
   */
  Stream<Entity> all(Set<Iri> types);

  /** Whether an asker may do something, such as {@code smartapi:Read}, with an Entity of this. */
  boolean allows(Asker asker, Entity outline, Iri method);

  /**
   * The Entities with their values: the newest ones, or with a span those of all that time as
   * TimeSeries. Fails with TooLargeError when these are too many.
   *
   * @param wanted which named ValueObjects of them are of interest; empty for all
   */
  Future<List<Entity>> complete(List<Entity> outlines, Set<Iri> wanted, Optional<TimeRange> span);

  /**
   * What an Authorization would have to be for, so that an asker may do something with an Entity:
   * the Entity itself, or a Zone it belongs to.
   */
  default Resource guard(Entity outline, Iri method) {
    return outline.node();
  }

  /** What of an Entity an asker may see: all of it, unless some values need more than the rest. */
  default Entity shownTo(Asker asker, Entity entity) {
    return entity;
  }

  /**
   * Carries changes out, all of them or none, and succeeds when they are kept. Fails with what
   * stands against them; sources whose Entities are changed by other ways refuse with
   * InvalidParams.
   */
  default Future<Void> apply(List<Change> changes, Asker asker) {
    return Future.failedFuture(
        new SmartApiException(
            ErrorType.INVALID_PARAMS,
            "This Entity isn't changed by the Smart API: its owner changes it where it was made."));
  }
}
