package io.mestral.smartapi.security.trust;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/** What is known about certificates that were taken back before their end. */
@FunctionalInterface
public interface Revocation {
  /** For roots that never take anything back: every certificate is good at any time. */
  Revocation NEVER = (certificate, issuer) -> Optional.of(new State(false, Instant.MAX));

  /**
   * The state of a certificate, of what is held here; nothing is fetched.
   *
   * @param certificate which one
   * @param issuer who made it
   * @return its state, or nothing when none is known
   */
  Optional<State> state(X509Certificate certificate, X509Certificate issuer);

  /**
   * What was found out about a certificate.
   *
   * @param revoked whether it was taken back
   * @param asOf when that was found out
   */
  record State(boolean revoked, Instant asOf) {}
}
