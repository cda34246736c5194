package io.mestral.broker.session;

import io.mestral.model.access.Principal;

/**
 * Whose session it is. The principal belongs to it, so that nobody takes over another's session by
 * guessing a client identifier.
 */
public record SessionKey(String principal, String clientId) {
  /** The key of a client that speaks for this principal. */
  public static SessionKey of(Principal principal, String clientId) {
    return new SessionKey(principal.name(), clientId);
  }
}
