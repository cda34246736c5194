package io.mestral.node.tls;

import static io.mestral.broker.TestAuthority.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.broker.TestAuthority;
import io.mestral.broker.TestAuthority.Identity;
import io.mestral.config.TlsOptions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a TLS port is opened with, good and bad: real handshakes on real files. */
class CertificatesTest {
  private static final String ENCRYPTED_AS_BEFORE =
      """
      -----BEGIN RSA PRIVATE KEY-----
      Proc-Type: 4,ENCRYPTED
      DEK-Info: AES-256-CBC,3E9A1D4B0C5F6E7788990A1B2C3D4E5F

      q1n7Q0bX8m1xkq3S4wJ0dGhpcyBpcyBub3QgYSBrZXk=
      -----END RSA PRIVATE KEY-----
      """;

  @TempDir Path folder;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private Vertx vertx;
  private TestAuthority authority;
  private Path cert;
  private Path key;
  private int port;

  @BeforeEach
  void anAuthorityAndAFirstCertificate() throws Exception {
    vertx = Vertx.vertx();
    authority = new TestAuthority("tests");
    cert = folder.resolve("cert.pem");
    key = folder.resolve("key.pem");
    authority.identity("CN=first").write(cert, key);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void keysInEitherFormOfTheirKindAreTaken(String algorithm) throws Exception {
    Identity server = authority.identity("CN=server", keys(algorithm));
    server.write(cert, key);
    assertThat(Files.readString(key)).contains("BEGIN PRIVATE KEY");
    open();
    assertThat(shown()).isEqualTo("CN=server");

    Files.writeString(key, olderForm(server.key()));
    assertThat(Files.readString(key)).contains("BEGIN " + algorithm + " PRIVATE KEY");
    open();
    assertThat(shown()).isEqualTo("CN=server");
  }

  @Test
  void aKeyAfterItsParametersIsTaken() throws Exception {
    Identity server = authority.identity("CN=server");
    server.write(cert, key); // as openssl ecparam writes it, with the name of P-256 before
    Files.writeString(
        key,
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
            + olderForm(server.key()));
    open();
    assertThat(shown()).isEqualTo("CN=server");
  }

  @Test
  void theWholeChainIsShown() throws Exception {
    TestAuthority between = authority.intermediate("between");
    between.identity("CN=server").write(cert, key);
    Files.writeString(cert, Files.readString(cert) + pem(between.certificate()));
    open();
    assertThat(shown()).as("to who trusts the first alone").isEqualTo("CN=server");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cert.pem|text|http.tls.cert",
        "cert.pem|gone|there is no such file",
        "key.pem|text|http.tls.key",
        "key.pem|gone|there is no such file",
        "key.pem|another|it is not the key of the certificate in",
        "key.pem|another kind|private key algorithm does not match",
        "key.pem|encrypted|the key is encrypted",
        "key.pem|encrypted as before|the key is encrypted"
      })
  void aFileThatCannotBeUsedIsNamed(String name, String what, String words) throws Exception {
    Path file = folder.resolve(name);
    spoil(file, what);
    assertThatThrownBy(this::read)
        .isInstanceOf(UnusableTlsFile.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(words);
  }

  @Test
  void whatIsReplacedIsShownFromThenOn() throws Exception {
    open();
    authority.identity("CN=second", keys("RSA")).write(cert, key);
    until(() -> shown().equals("CN=second"));
    until(() -> reads("used") == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "another", "encrypted"})
  void anUnusableNewKeyLeavesTheOldPairInUse(String what) throws Exception {
    open();
    spoil(key, what);
    until(() -> reads("unusable") == 1);
    assertThat(shown()).isEqualTo("CN=first");
    authority.identity("CN=third").write(cert, key);
    until(() -> shown().equals("CN=third"));
  }

  /** As after chmod, which moves no time of what is in it. */
  @Test
  void aFileThatCanBeReadAfterAllIsReadThoughItsTimeIsTheSame() throws Exception {
    open();
    authority.identity("CN=second").write(cert, key);
    String good = Files.readString(key);
    Files.writeString(key, "-".repeat(good.length()));
    FileTime time = Files.getLastModifiedTime(key);
    until(() -> reads("unusable") == 1);
    Files.writeString(key, good);
    Files.setLastModifiedTime(key, time);
    until(() -> shown().equals("CN=second"));
  }

  private void spoil(Path file, String what) throws Exception {
    switch (what) {
      case "gone" -> Files.delete(file);
      case "another" -> Files.writeString(file, pem(authority.identity("CN=x").key()));
      case "another kind" -> Files.writeString(file, pem(keys("RSA").getPrivate()));
      case "encrypted" -> Files.writeString(file, encrypted(keys("EC").getPrivate()));
      case "encrypted as before" -> Files.writeString(file, ENCRYPTED_AS_BEFORE);
      default -> Files.writeString(file, what);
    }
  }

  private TlsOptions files() {
    return new TlsOptions(0, cert, key, Optional.empty());
  }

  private Certificates read() {
    return Certificates.read(vertx, "http.tls", files());
  }

  /** Opens a port with what the files hold. */
  private void open() throws Exception {
    Certificates certificates = read();
    NetServerOptions options = new NetServerOptions().setHost("127.0.0.1").setPort(0);
    options.setSsl(true).setKeyCertOptions(certificates.first().getKeyCertOptions());
    NetServer server = vertx.createNetServer(options).connectHandler(socket -> {});
    server.listen().await(10, TimeUnit.SECONDS);
    certificates.watch(vertx, server::updateSSLOptions, meters);
    port = server.actualPort();
  }

  private String shown() throws Exception {
    try (SSLSocket socket =
        (SSLSocket) authority.trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  private double reads(String result) {
    return meters
        .find("mestral.tls.reads")
        .tags("port", "http.tls", "result", result)
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private static KeyPair keys(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("EC") ? 256 : 2048);
    return generator.generateKeyPair();
  }

  /** PKCS #1 for RSA; SEC 1 for elliptic curves, which openssl writes with the curve's name. */
  private static String olderForm(PrivateKey key) throws Exception {
    if (!(key instanceof ECPrivateKey)) return written(new JcaMiscPEMGenerator(key));
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
    BigInteger number = ((ECPrivateKey) key).getS();
    byte[] named =
        new org.bouncycastle.asn1.sec.ECPrivateKey(
                256, number, info.getPrivateKeyAlgorithm().getParameters())
            .getEncoded();
    return written(new PemObject("EC PRIVATE KEY", named));
  }

  private static String written(PemObjectGenerator form) throws Exception {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(form);
    }
    return text.toString();
  }

  private static String encrypted(PrivateKey key) throws Exception {
    String algorithm = "PBEWithSHA1AndDESede";
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec("secret".toCharArray())));
    byte[] content =
        new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key.getEncoded()))
            .getEncoded();
    return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(content)
        + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void until(Condition condition) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!condition.holds()) {
      assertThat(Instant.now()).as("in time").isBefore(end);
      Thread.onSpinWait();
    }
  }
}
