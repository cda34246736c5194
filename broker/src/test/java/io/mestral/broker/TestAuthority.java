package io.mestral.broker;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates for tests; nobody else trusts it. */
public final class TestAuthority {
  private final KeyPair keys = newKeys();
  private final X509Certificate certificate;

  public TestAuthority(String name) throws Exception {
    this.certificate = sign("CN=" + name, keys.getPublic(), "CN=" + name, true);
  }

  private TestAuthority(String name, TestAuthority above) throws Exception {
    this.certificate = above.sign("CN=" + name, keys.getPublic(), above.name(), true);
  }

  /** One that this one vouches for. */
  public TestAuthority intermediate(String name) throws Exception {
    return new TestAuthority(name, this);
  }

  private String name() {
    return certificate.getSubjectX500Principal().getName();
  }

  /** A certificate with its key. */
  public record Identity(X509Certificate certificate, PrivateKey key) {
    public void write(Path cert, Path keyFile) throws IOException {
      Files.writeString(cert, pem(certificate));
      Files.writeString(keyFile, pem(key));
    }
  }

  /** For a server at 127.0.0.1, or a client that goes by this distinguished name. */
  public Identity identity(String distinguishedName) throws Exception {
    return identity(distinguishedName, newKeys());
  }

  /** The same for keys of another kind. */
  public Identity identity(String distinguishedName, KeyPair own) throws Exception {
    return new Identity(sign(distinguishedName, own.getPublic(), name(), false), own.getPrivate());
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public void write(Path file) throws IOException {
    Files.writeString(file, pem(certificate));
  }

  /** For clients that trust this authority alone. */
  public SSLContext trusting(KeyManager... own) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, trust().getTrustManagers(), null);
    return context;
  }

  public TrustManagerFactory trust() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("authority", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  /** For clients that show this certificate, whatever the server would like to see. */
  public SSLContext trusting(Identity shown) throws Exception {
    return trusting(new Insistent(shown));
  }

  static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  public static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      if (object instanceof PrivateKey key) writer.writeObject(new JcaPKCS8Generator(key, null));
      else writer.writeObject(object);
    }
    return text.toString();
  }

  private X509Certificate sign(String subject, PublicKey own, String issuer, boolean authority)
      throws Exception {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            new BigInteger(64, new SecureRandom()),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(30))),
            new X500Name(subject),
            own);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!authority)
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static final class Insistent extends X509ExtendedKeyManager {
    private final Identity shown;

    Insistent(Identity shown) {
      this.shown = shown;
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      throw new UnsupportedOperationException("a client's");
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {shown.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return shown.key();
    }
  }
}
