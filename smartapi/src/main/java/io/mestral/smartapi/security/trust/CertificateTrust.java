package io.mestral.smartapi.security.trust;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.Multikey;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges keys that a message carries by their certificates (PKIX, RFC 5280): a chain to a
 * configured root that holds now, nothing in it taken back, and the key's controller as a URI among
 * the alternative names of its certificate. Nothing is fetched.
 */
public final class CertificateTrust {
  /** How old the state of a certificate may be where nothing else is configured. */
  public static final Duration DEFAULT_STATE_AGE = Duration.ofHours(24);

  private static final int URI_NAME = 6;
  private static final int LONGEST_PATH = 5;
  private static final int DIGITAL_SIGNATURE = 0;

  private final Set<TrustAnchor> roots;
  private final Revocation revocation;
  private final Duration stateAge;
  private final Clock clock;

  /**
   * Trust in some roots.
   *
   * @param roots certificates at the end of chains; without any nothing is trusted
   * @param revocation what is known about certificates that were taken back
   * @param stateAge how old that may be
   * @param clock tells the time
   */
  public CertificateTrust(
      Collection<X509Certificate> roots, Revocation revocation, Duration stateAge, Clock clock) {
    this.roots =
        roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
    this.revocation = revocation;
    this.stateAge = stateAge;
    this.clock = clock;
  }

  /**
   * Finds a key in a message.
   *
   * @param message the message
   * @param id the key's IRI
   * @return the key with its controller, or nothing when the message has no certificate for it
   * @throws SmartApiException of type SecurityError if it has one that isn't trusted
   */
  public Optional<TrustedKey> key(Graph message, Iri id) {
    if (!message.describes(id)) {
      return Optional.empty();
    }
    KeyNode node = KeyNode.read(message, id);
    if (node.certificates().isEmpty()) {
      return Optional.empty();
    }
    check(node);
    return Optional.of(new TrustedKey(id, node.controller(), node.key()));
  }

  private void check(KeyNode node) {
    X509Certificate leaf =
        node.certificates().stream()
            .filter(certificate -> isOf(certificate, node.key()))
            .findFirst()
            .orElseThrow(() -> wrong(node, "is in none of its certificates"));
    if (!names(leaf, node).contains(node.controller().value())) {
      throw wrong(
          node,
          "has a certificate without its controller, "
              + node.controller()
              + ", as a URI among the alternative names");
    }
    boolean[] usage = leaf.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      throw wrong(node, "has a certificate that doesn't allow signatures");
    }
    checkRevocation(node, path(node, leaf));
  }

  private static boolean isOf(X509Certificate certificate, Multikey key) {
    String algorithm = certificate.getPublicKey().getAlgorithm();
    boolean comparable = List.of("EC", "EdDSA", "Ed25519").contains(algorithm);
    try {
      return comparable && Multikey.of(certificate.getPublicKey()).equals(key);
    } catch (SmartApiException e) {
      return false; // a key on a curve that isn't used here
    }
  }

  private static Set<String> names(X509Certificate leaf, KeyNode node) {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream()
              .filter(name -> name.get(0).equals(URI_NAME))
              .map(name -> (String) name.get(1))
              .collect(Collectors.toSet());
    } catch (CertificateParsingException e) {
      throw wrong(node, "has a certificate with unreadable alternative names");
    }
  }

  /** The chain, without the root, and the root. */
  private PKIXCertPathBuilderResult path(KeyNode node, X509Certificate leaf) {
    if (roots.isEmpty()) {
      throw wrong(node, "has a certificate, and no roots are configured here");
    }
    try {
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(leaf);
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(roots, target);
      parameters.setDate(Date.from(clock.instant()));
      parameters.setRevocationEnabled(false); // checked below, of what is held here
      parameters.setMaxPathLength(LONGEST_PATH);
      parameters.addCertStore(
          CertStore.getInstance(
              "Collection", new CollectionCertStoreParameters(node.certificates())));
      return (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    } catch (CertPathBuilderException e) {
      throw new SmartApiException(
          ErrorType.SECURITY_ERROR,
          "The key "
              + node.id()
              + " has a certificate without a valid chain to a root that is configured here.",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("certificates can't be checked on this platform", e);
    }
  }

  private void checkRevocation(KeyNode node, PKIXCertPathBuilderResult path) {
    X509Certificate issuer = path.getTrustAnchor().getTrustedCert();
    List<? extends Certificate> chain = path.getCertPath().getCertificates();
    for (int at = chain.size() - 1; at >= 0; at--) {
      X509Certificate certificate = (X509Certificate) chain.get(at);
      Revocation.State state =
          revocation
              .state(certificate, issuer)
              .orElseThrow(
                  () ->
                      wrong(node, "has a certificate of which isn't known whether it was revoked"));
      if (state.revoked()) {
        throw wrong(node, "has a certificate that was revoked");
      }
      Instant now = clock.instant();
      if (state.asOf().isBefore(now.minus(stateAge))) {
        throw wrong(
            node,
            "has a certificate whose state is known as of "
                + state.asOf()
                + ", at most "
                + stateAge.toHours()
                + " h ago are taken");
      }
      issuer = certificate;
    }
  }

  private static SmartApiException wrong(KeyNode node, String what) {
    return new SmartApiException(
        ErrorType.SECURITY_ERROR, "The key " + node.id() + " " + what + ".", node.id());
  }
}
