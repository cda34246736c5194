package io.mestral.model.access;

import io.vertx.core.Future;
import java.util.Optional;

/** Who is behind a name that was kept when no connection can say it any more. */
@FunctionalInterface
public interface Principals {
  /**
   * Succeeds with whom a {@linkplain Principal#name name} means now, with the rights they have now;
   * empty when that is nobody any more. Fails when it can't be found out now.
   */
  Future<Optional<Principal>> named(String name);
}
