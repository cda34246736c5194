package io.mestral.routing.request;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.model.access.Scope;
import io.mestral.smartapi.rdf.Iri;

/**
 * Who asks.
 *
 * @param identity the IRI that its messages are made under; a visitor's is what it says it is
 * @param principal who it is to the platform
 */
public record Asker(Iri identity, Principal principal) {
  /** Whether it showed nothing, so that its identity proves nothing. */
  public boolean isVisitor() {
    return principal instanceof Principal.Anonymous;
  }

  /** Whether everything is allowed to it. */
  public boolean isAdmin() {
    return principal.isAdmin()
        || principal instanceof Principal.User user
            && user.role() == Role.ADMIN
            && user.authority().allows(Scope.SMARTAPI_ADMIN);
  }

  /** Whether the node asks that this one is a gateway of, which saw to it who may do what. */
  public boolean isManager() {
    return principal instanceof Principal.Manager;
  }

  /** Whether it is proven to be the one with this IRI. */
  public boolean is(Iri other) {
    return !isVisitor() && identity.equals(other);
  }

  /** Whether it showed credentials of the one with this IRI, and not a proof alone. */
  public boolean hasCredentialsOf(Iri other) {
    return is(other) && !(principal instanceof Principal.Keyholder);
  }

  /** Whether its credentials carry this right; those of machines carry all. */
  public boolean carries(Scope scope) {
    return !(principal instanceof Principal.User user) || user.authority().allows(scope);
  }

  /** Whether it may send messages that others made: administrators may, where that was granted. */
  public boolean routesForOthers() {
    return isAdmin()
        || principal instanceof Principal.User user
            && user.role() == Role.ADMIN
            && user.authority().allows(Scope.SMARTAPI_ROUTE);
  }

  /** The same asker in a message that somebody else made, which it only passes on. */
  public Asker inTheNameOf(Iri sender) {
    return new Asker(sender, principal);
  }
}
