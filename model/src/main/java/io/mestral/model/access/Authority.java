package io.mestral.model.access;

import java.util.Set;

/**
 * How much of a user's rights a credential carries, and what those rights stand on.
 *
 * @param isDelegated whether the user gave it away, to an application or for one purpose, rather
 *     than acting in person
 * @param standsOn names of what may be taken back, no secrets: when one of them is, this is over
 */
public record Authority(Set<Scope> scopes, boolean isDelegated, Set<String> standsOn) {
  /** Of the user in person. */
  public static final Authority OWN = new Authority(Scope.ALL, false, Set.of());

  /** Keeps the sets as they are. */
  public Authority {
    scopes = Set.copyOf(scopes);
    standsOn = Set.copyOf(standsOn);
  }

  /** Of the user in person, as long as this isn't taken back. */
  public static Authority own(String standsOn) {
    return new Authority(Scope.ALL, false, Set.of(standsOn));
  }

  /** Of whom the user gave these rights. */
  public static Authority delegated(Set<Scope> scopes, Set<String> standsOn) {
    return new Authority(scopes, true, standsOn);
  }

  /** Whether it carries this right. */
  public boolean allows(Scope scope) {
    return scopes.contains(scope);
  }
}
