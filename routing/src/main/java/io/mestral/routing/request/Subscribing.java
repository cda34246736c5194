package io.mestral.routing.request;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Request;
import io.vertx.core.Future;
import java.util.List;

/** Who keeps Subscriptions (Smart API, section 9, rule 10). */
public interface Subscribing {
  /**
   * Begins one. Succeeds with the Subscription once it is kept. Fails with TooLargeError when there
   * are as many as may be.
   *
   * @param request with one Activity, or with its Entities on itself
   * @param asker who is told of changes, as far as they may see them
   * @param present what there is now, which isn't told
   */
  Future<Entity> begin(Request request, Asker asker, List<Entity> present);
}
