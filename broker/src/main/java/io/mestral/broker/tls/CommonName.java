package io.mestral.broker.tls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Who a client's certificate was made out to. */
public final class CommonName {
  private CommonName() {}

  /**
   * The common name in the subject of the peer's certificate; empty when it showed none, or one
   * whose subject doesn't have exactly one such name and so leaves open who is meant.
   */
  public static Optional<String> shownIn(SSLSession session) {
    try {
      X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
      List<String> names =
          new LdapName(shown.getSubjectX500Principal().getName())
              .getRdns().stream()
                  .filter(part -> part.getType().equalsIgnoreCase("CN"))
                  .map(Rdn::getValue)
                  .map(String::valueOf)
                  .toList();
      return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    } catch (SSLPeerUnverifiedException | InvalidNameException none) {
      return Optional.empty();
    }
  }
}
