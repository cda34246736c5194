package io.mestral.routing.request;

import io.mestral.smartapi.model.entity.Entity;
import io.vertx.core.Future;
import java.util.List;

/** The source that new Entities come into. */
public interface EntityHome extends EntitySource {
  /**
   * Makes Entities known that are there already, in place of what was known of them. Succeeds with
   * their names and types once they are kept. Fails with InvalidParams when one has no IRI, with
   * NotAuthorizedError when one is somebody else's.
   */
  Future<List<Entity>> register(List<Entity> entities, Asker asker);
}
