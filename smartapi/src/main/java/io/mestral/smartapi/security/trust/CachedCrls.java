package io.mestral.smartapi.security.trust;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Revocation by lists (CRLs, RFC 5280, section 5) that were fetched before.
 *
 * @param lists the lists
 */
public record CachedCrls(List<Fetched> lists) implements Revocation {

  /** Takes a copy of the lists. */
  public CachedCrls {
    lists = List.copyOf(lists);
  }

  /**
   * A list and its age.
   *
   * @param list the list
   * @param at when it was fetched
   */
  public record Fetched(X509CRL list, Instant at) {

    /** Until when what the list says was up to date: fetched, and not over its own end. */
    private Instant asOf() {
      Instant end = list.getNextUpdate() == null ? at : list.getNextUpdate().toInstant();
      return end.isBefore(at) ? end : at;
    }

    private boolean isOf(X509Certificate issuer) {
      if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
        return false;
      }
      try {
        list.verify(issuer.getPublicKey());
        return true;
      } catch (GeneralSecurityException e) {
        return false; // someone else's list under the same name
      }
    }
  }

  @Override
  public Optional<State> state(X509Certificate certificate, X509Certificate issuer) {
    return lists.stream()
        .filter(fetched -> fetched.isOf(issuer))
        .max(Comparator.comparing(Fetched::asOf))
        .map(fetched -> new State(fetched.list().isRevoked(certificate), fetched.asOf()));
  }
}
