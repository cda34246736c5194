package io.mestral.verticles.auth;

import io.mestral.model.access.Principal;
import io.vertx.core.Future;

/** Who may read which Entity of the Smart API. */
@FunctionalInterface
public interface EntityRights {
  /**
   * Succeeds with whether the principal may read the Entity with this IRI, what its credentials
   * carry aside; of one that nobody knows it is answered the same as of one that it may not. Fails
   * only when that can't be found out now.
   */
  Future<Boolean> mayRead(Principal principal, String iri);
}
