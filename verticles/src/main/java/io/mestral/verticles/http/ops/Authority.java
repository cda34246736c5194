package io.mestral.verticles.http.ops;

import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A certificate that may vouch for others.
 *
 * @param id its fingerprint, {@code sha256:} and hexadecimal digits
 */
record Authority(String id, X509Certificate certificate) {
  private static final int LONGEST = 64 << 10;
  private static final int SIGNS_CERTIFICATES = 5;

  /** Reads one of PEM; ends the request when it is something else. */
  static Authority read(String pem) {
    if (pem.length() > LONGEST) throw refused("has more than " + LONGEST + " characters");
    try {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
      if (all.size() != 1) throw refused("must be one certificate as PEM, not " + all.size());
      X509Certificate one = (X509Certificate) all.iterator().next();
      boolean[] use = one.getKeyUsage();
      if (one.getBasicConstraints() < 0 || use != null && !use[SIGNS_CERTIFICATES])
        throw refused("is that of " + one.getSubjectX500Principal() + ", who is no authority");
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(one.getEncoded());
      return new Authority("sha256:" + HexFormat.of().formatHex(digest), one);
    } catch (GeneralSecurityException unreadable) {
      throw refused("must be a certificate as PEM");
    }
  }

  private static Problem refused(String why) {
    FieldErrors errors = new FieldErrors();
    errors.add("certificate", why);
    return Problem.unprocessable(errors);
  }
}
