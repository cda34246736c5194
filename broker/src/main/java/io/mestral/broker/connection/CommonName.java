package io.mestral.broker.connection;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Who a client's certificate was made out to. */
final class CommonName {
  private CommonName() {}

  /**
   * The common name in the subject of the peer's certificate; empty when it showed none, or one
   * whose subject doesn't have exactly one such name and so leaves open who is meant.
   */
  static Optional<String> shownIn(SSLSession session) {
    try {
      X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
      List<String> names = new ArrayList<>();
      for (Rdn part : new LdapName(shown.getSubjectX500Principal().getName()).getRdns())
        for (Attribute each : Collections.list(part.toAttributes().getAll()))
          if (each.getID().equalsIgnoreCase("CN"))
            for (Object value : Collections.list(each.getAll())) names.add(value.toString());
      return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    } catch (SSLPeerUnverifiedException | NamingException none) {
      return Optional.empty();
    }
  }
}
