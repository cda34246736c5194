package io.mestral.verticles.auth;

import io.mestral.model.access.Principal;
import java.util.function.Predicate;

/** What was granted to clients that are connected, or that left a session behind. */
public interface GrantedAccess {
  /** Ends every live connection whose principal fits. */
  void sendAway(Predicate<Principal> whom);

  /** Takes from the principal with this name what it would not be granted now. */
  void review(String principal);
}
