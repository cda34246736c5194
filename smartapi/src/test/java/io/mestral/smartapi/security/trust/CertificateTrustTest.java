package io.mestral.smartapi.security.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.security.TestGraphs;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.Sx;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateTrustTest {
  private static final Iri KEY = new Iri("https://client.example/id/app#key-1");
  private static final Iri APP = new Iri("https://client.example/id/app");
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Authority ROOT = new Authority("CN=root", "CN=root", null);
  private static final Authority MIDDLE = new Authority("CN=middle", "CN=root", ROOT);
  private static final Authority STRANGER = new Authority("CN=stranger", "CN=stranger", null);
  private static final KeyPair PAIR = pair("Ed25519");
  private static final Leaf LEAF = new Leaf(PAIR, APP.value(), KeyUsage.digitalSignature, 30);

  private record Leaf(KeyPair pair, String name, int usage, int days) {
    X509Certificate by(Authority issuer) {
      return issuer.issue(this);
    }
  }

  /** Who makes certificates and lists. */
  private static final class Authority {
    private final String name;
    private final KeyPair pair = pair("EC");
    private final X509Certificate certificate;

    Authority(String name, String issuer, Authority by) {
      this.name = name;
      this.certificate = make(name, issuer, by == null ? pair : by.pair);
    }

    private X509Certificate make(String subject, String issuer, KeyPair signer) {
      return made(
          () -> {
            JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                    new X500Name(issuer),
                    BigInteger.valueOf(subject.hashCode() & 0xffff),
                    Date.from(NOW.minus(Duration.ofDays(1))),
                    Date.from(NOW.plus(Duration.ofDays(365))),
                    new X500Name(subject),
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(signer)));
          });
    }

    X509Certificate issue(Leaf leaf) {
      return made(
          () -> {
            JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                    new X500Name(name),
                    BigInteger.TEN,
                    Date.from(NOW.minus(Duration.ofDays(60))),
                    Date.from(NOW.plus(Duration.ofDays(leaf.days()))),
                    new X500Name("CN=app"),
                    leaf.pair().getPublic());
            builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(
                    new GeneralName(GeneralName.uniformResourceIdentifier, leaf.name())));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(leaf.usage()));
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(pair)));
          });
    }

    X509CRL list(BigInteger... revoked) {
      return made(
          () -> {
            X509v2CRLBuilder builder =
                new X509v2CRLBuilder(new X500Name(name), Date.from(NOW.minus(Duration.ofDays(10))));
            builder.setNextUpdate(Date.from(NOW.plus(Duration.ofDays(10))));
            for (BigInteger serial : revoked) {
              builder.addCRLEntry(serial, Date.from(NOW), CRLReason.keyCompromise);
            }
            return new JcaX509CRLConverter().getCRL(builder.build(signer(pair)));
          });
    }
  }

  private interface Making<T> {
    T make() throws Exception;
  }

  private static <T> T made(Making<T> making) {
    try {
      return making.make();
    } catch (Exception e) {
      throw new AssertionError("certificates can be made here", e);
    }
  }

  private static KeyPair pair(String algorithm) {
    return made(() -> KeyPairGenerator.getInstance(algorithm).generateKeyPair());
  }

  private static ContentSigner signer(KeyPair pair) {
    return made(() -> new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
  }

  private static Graph message(Iri controller, X509Certificate... certificates) {
    Graph.Builder graph = Graph.builder();
    Multikey key = Multikey.of(PAIR.getPublic());
    new KeyNode(KEY, controller, key, List.of(certificates)).addTo(graph);
    return graph.build();
  }

  private static Optional<TrustedKey> key(Graph message, Revocation revocation, Instant now) {
    return new CertificateTrust(
            List.of(ROOT.certificate),
            revocation,
            CertificateTrust.DEFAULT_STATE_AGE,
            Clock.fixed(now, ZoneOffset.UTC))
        .key(message, KEY);
  }

  @Test
  void aKeyWithAChainToARootIsItsControllers() {
    TrustedKey expected = new TrustedKey(KEY, APP, Multikey.of(PAIR.getPublic()));
    assertThat(key(message(APP, LEAF.by(ROOT)), Revocation.NEVER, NOW)).contains(expected);
    X509Certificate leaf = LEAF.by(MIDDLE);
    assertThat(key(message(APP, leaf, MIDDLE.certificate), Revocation.NEVER, NOW))
        .contains(expected);
    assertThat(key(message(APP, MIDDLE.certificate, leaf), Revocation.NEVER, NOW))
        .contains(expected);
  }

  @Test
  void aKeyWithoutCertificateIsNotDecidedHere() {
    assertThat(key(message(APP), Revocation.NEVER, NOW)).isEmpty();
    assertThat(key(Graph.empty(), Revocation.NEVER, NOW)).isEmpty();
  }

  @Test
  void aKeyNodeIsReadBack() {
    X509Certificate leaf = LEAF.by(MIDDLE);
    KeyNode node = KeyNode.read(message(APP, leaf, MIDDLE.certificate), KEY);
    assertThat(node.controller()).isEqualTo(APP);
    assertThat(node.certificates()).containsExactly(leaf, MIDDLE.certificate);
    assertThat(node.key().type()).isEqualTo(KeyType.ED25519);
  }

  static Stream<Arguments> untrusted() {
    String noChain = "has a certificate without a valid chain to a root that is configured here.";
    return Stream.of(
        Arguments.of(message(APP, LEAF.by(STRANGER)), noChain),
        Arguments.of(message(APP, LEAF.by(STRANGER), STRANGER.certificate), noChain),
        Arguments.of(message(APP, LEAF.by(MIDDLE)), noChain),
        Arguments.of(
            message(APP, new Leaf(PAIR, APP.value(), KeyUsage.digitalSignature, -1).by(ROOT)),
            noChain),
        Arguments.of(message(APP, MIDDLE.certificate), "is in none of its certificates."),
        Arguments.of(
            message(new Iri("https://bank.example/id"), LEAF.by(ROOT)),
            "has a certificate without its controller, <https://bank.example/id>, as a URI among"
                + " the alternative names."),
        Arguments.of(
            message(APP, new Leaf(PAIR, APP.value(), KeyUsage.keyAgreement, 30).by(ROOT)),
            "has a certificate that doesn't allow signatures."));
  }

  @ParameterizedTest
  @MethodSource("untrusted")
  void aKeyWithoutAGoodCertificateIsRefused(Graph message, String what) {
    assertSecurityError(() -> key(message, Revocation.NEVER, NOW), "The key " + KEY + " " + what);
  }

  @Test
  void withoutRootsNoCertificateIsTrusted() {
    CertificateTrust none =
        new CertificateTrust(List.of(), Revocation.NEVER, Duration.ofHours(1), Clock.systemUTC());
    assertSecurityError(
        () -> none.key(message(APP, LEAF.by(ROOT)), KEY),
        "The key " + KEY + " has a certificate, and no roots are configured here.");
  }

  @Test
  void aRevokedCertificateIsRefused() {
    Graph message = message(APP, LEAF.by(ROOT));
    assertThat(key(message, lists(NOW, ROOT.list()), NOW)).isPresent();
    assertSecurityError(
        () -> key(message, lists(NOW, ROOT.list(BigInteger.TEN)), NOW),
        "The key " + KEY + " has a certificate that was revoked.");
    Graph through = message(APP, LEAF.by(MIDDLE), MIDDLE.certificate);
    Revocation middleRevoked =
        lists(NOW, ROOT.list(MIDDLE.certificate.getSerialNumber()), MIDDLE.list());
    assertSecurityError(
        () -> key(through, middleRevoked, NOW),
        "The key " + KEY + " has a certificate that was revoked.");
  }

  @Test
  void aStateOfADayAgoIsTakenAnOlderOneIsNot() {
    Graph message = message(APP, LEAF.by(ROOT));
    Revocation cached = lists(NOW, ROOT.list());
    assertThat(key(message, cached, NOW.plus(Duration.ofHours(24)))).isPresent();
    assertSecurityError(
        () -> key(message, cached, NOW.plus(Duration.ofHours(25))),
        "The key "
            + KEY
            + " has a certificate whose state is known as of 2026-03-01T08:00:00Z, at most 24 h ago"
            + " are taken.");
  }

  @Test
  void aStateThatIsNotKnownIsNotTakenForGood() {
    Graph message = message(APP, LEAF.by(ROOT));
    String unknown =
        "The key " + KEY + " has a certificate of which isn't known whether it was revoked.";
    assertSecurityError(() -> key(message, lists(NOW), NOW), unknown);
    Authority impostor = new Authority("CN=root", "CN=root", null);
    assertSecurityError(() -> key(message, lists(NOW, impostor.list()), NOW), unknown);
  }

  private static CachedCrls lists(Instant at, X509CRL... lists) {
    return new CachedCrls(Stream.of(lists).map(list -> new CachedCrls.Fetched(list, at)).toList());
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of(Rdf.TYPE, new Term[0], "isn't a sec:Multikey."),
        Arguments.of(Sec.CONTROLLER, new Term[0], "has 0 values of sec:controller, it needs one."),
        Arguments.of(
            Sec.CONTROLLER, new Term[] {new Blank()}, "has a sec:controller that isn't an IRI."),
        Arguments.of(
            Sec.PUBLIC_KEY_MULTIBASE,
            new Term[] {Literal.of("z6Mk")},
            "has a sec:publicKeyMultibase that isn't a literal of sec:multibase."),
        Arguments.of(
            Sx.CERTIFICATE,
            new Term[] {Literal.of("AAAA")},
            "has an sx:certificate that isn't a literal of xsd:base64Binary."),
        Arguments.of(
            Sx.CERTIFICATE,
            new Term[] {Literal.of("AAAA", Xsd.BASE64_BINARY)},
            "has an sx:certificate that isn't an X.509 certificate in DER."),
        Arguments.of(
            Sx.CERTIFICATE,
            Stream.iterate(1, i -> i + 1).limit(11).map(Literal::of).toArray(Term[]::new),
            "has 11 certificates, at most 10 are taken."),
        Arguments.of(
            Sx.CERTIFICATE,
            new Term[] {Literal.of("A".repeat(65_537), Xsd.BASE64_BINARY)},
            "has a certificate of more than 65536 characters."));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aMalformedKeyIsRefused(Iri predicate, Term[] values, String what) {
    Graph changed = TestGraphs.with(message(APP, LEAF.by(ROOT)), KEY, predicate, values);
    assertSecurityError(() -> key(changed, Revocation.NEVER, NOW), "The key " + KEY + " " + what);
  }

  @Test
  void theTrustStoreIsAskedBeforeTheMessageAndTheServerLast() {
    TrustedKey stored = known("https://store.example/");
    TrustedKey served = known("https://server.example/");
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    CertificateTrust certificates =
        new CertificateTrust(
            List.of(ROOT.certificate), Revocation.NEVER, Duration.ofHours(1), clock);
    Graph message = message(APP, LEAF.by(ROOT));
    KeyServer server = id -> Optional.of(served);
    assertThat(new KeyResolver(store(Optional.of(stored)), certificates, server))
        .extracting(resolver -> resolver.resolve(message, KEY))
        .isEqualTo(stored);
    KeyResolver withoutStore = new KeyResolver(store(Optional.empty()), certificates, server);
    assertThat(withoutStore.resolve(message, KEY).controller()).isEqualTo(APP);
    assertThat(withoutStore.resolve(message(APP), KEY)).isEqualTo(served);
  }

  private static TrustedKey known(String controller) {
    Multikey key = SecretMultikey.generate(KeyType.P_256, new SecureRandom()).publicKey();
    return new TrustedKey(KEY, new Iri(controller), key);
  }

  private static TrustStore store(Optional<TrustedKey> key) {
    return new TrustStore() {
      @Override
      public Optional<TrustedKey> key(Iri id) {
        return key;
      }

      @Override
      public boolean maySpeakFor(Iri controller, Iri sender) {
        return false;
      }
    };
  }

  private static void assertSecurityError(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(SmartApiException.class)
        .hasMessage(message)
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(ErrorType.SECURITY_ERROR);
  }
}
