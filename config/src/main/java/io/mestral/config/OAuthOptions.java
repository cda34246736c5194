package io.mestral.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How the node issues tokens to applications, and whose else it takes.
 *
 * @param accessTokenLifetime how long an access token is good
 * @param refreshTokenLifetime how long a refresh token waits to be used
 * @param keyLifetime how long a key signs
 * @param registration who may register applications by the protocol
 * @param external another OpenID provider whose tokens are taken, too
 */
public record OAuthOptions(
    Duration accessTokenLifetime,
    Duration refreshTokenLifetime,
    Duration keyLifetime,
    Registration registration,
    Optional<External> external) {
  /** Who may register applications by the protocol. */
  public enum Registration {
    /** Users who are signed in. */
    USERS,
    /** Everybody; strangers' applications can do nothing in their own name. */
    OPEN,
    /** Nobody. */
    OFF
  }

  /**
   * Another OpenID provider.
   *
   * @param issuer its URL
   * @param clientId what it knows this node as
   * @param clientSecret what this node proves itself with there, where that is asked
   * @param audience what its tokens must be meant for; the client id unless set
   */
  public record External(
      String issuer, String clientId, Optional<Hidden> clientSecret, Optional<String> audience) {}

  /** What a node does when nobody says otherwise. */
  public static final OAuthOptions DEFAULTS =
      new OAuthOptions(
          Duration.ofMinutes(15),
          Duration.ofDays(30),
          Duration.ofDays(30),
          Registration.USERS,
          Optional.empty());
}
