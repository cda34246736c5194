package io.mestral.routing.request;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;
import java.util.List;

/** The source that new Entities come into. */
public interface EntityHome extends EntitySource {
  /**
   * Makes Entities known that are there already, in place of what was known of them. Succeeds with
   * their names and types once they are kept. Fails with InvalidParams when one has no IRI, with
   * NotAuthorizedError when one is somebody else's, with ConflictError when an Activity that one
   * offers is.
   */
  Future<List<Entity>> register(List<Entity> entities, Asker asker);

  /** What its Entities offer to be called. */
  Offers offers();

  /**
   * A gateway says that it is there, and what it manages (Smart API, section 2.14). What belongs to
   * somebody else already isn't taken from them. With the method Delete it says what it doesn't
   * manage any more.
   *
   * @param owner who answers for the gateway
   */
  Future<Void> announced(String gateway, Iri owner, Message announcement);

  /** A gateway tells values of what it manages; they are in memory alone. */
  void notified(String gateway, Message notification);
}
