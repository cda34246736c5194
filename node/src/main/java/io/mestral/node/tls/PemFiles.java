package io.mestral.node.tls;

import io.mestral.config.TlsOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** Reads the files of a TLS port, and says so when they are not what they must be. Blocks. */
final class PemFiles {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

  private final TlsOptions options;
  private final String certKey;
  private final String keyKey;
  private final String caKey;

  /**
   * @param port what the configuration calls it
   */
  PemFiles(String port, TlsOptions options) {
    this.options = options;
    this.certKey = port + ".cert";
    this.keyKey = port + ".key";
    this.caKey = port + ".client-ca";
  }

  /** What stands in the files, as the server takes it. */
  ServerSSLOptions read(Vertx vertx) {
    Buffer cert = content(certKey, options.cert());
    Buffer key = content(keyKey, options.key());
    X509Certificate shown = certificates(certKey, options.cert(), cert).get(0);
    PemKeyCertOptions pair = new PemKeyCertOptions().setCertValue(cert).setKeyValue(key);
    refuseEncrypted(key);
    requirePair(shown.getPublicKey(), pair, vertx);
    ServerSSLOptions ssl =
        new ServerSSLOptions()
            .setKeyCertOptions(pair)
            .setEnabledSecureTransportProtocols(PROTOCOLS)
            .setClientAuth(ClientAuth.NONE);
    options.clientCa().ifPresent(file -> trust(ssl, file));
    return ssl;
  }

  /** Changes when a file does; blank where one can't be looked at. */
  String fingerprint() {
    StringBuilder all = new StringBuilder();
    List<Path> files = new ArrayList<>(List.of(options.cert(), options.key()));
    options.clientCa().ifPresent(files::add);
    for (Path file : files) all.append(fingerprint(file)).append(' ');
    return all.toString();
  }

  /** What may be read changes with the rights to it: chmod moves the one time and not the other. */
  private static String fingerprint(Path file) {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      Object changed = unix ? Files.getAttribute(file, "unix:ctime") : seen.lastModifiedTime();
      return seen.fileKey() + "," + seen.size() + "," + changed;
    } catch (IOException away) {
      return "";
    }
  }

  /** Clients are asked for a certificate but need not have one: most log in with a password. */
  private void trust(ServerSSLOptions ssl, Path file) {
    Buffer ca = content(caKey, file);
    certificates(caKey, file, ca);
    ssl.setTrustOptions(new PemTrustOptions().addCertValue(ca)).setClientAuth(ClientAuth.REQUEST);
  }

  private static Buffer content(String name, Path file) {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw UnusableTlsFile.because(name, file, "", e);
    }
  }

  private static List<X509Certificate> certificates(String name, Path file, Buffer pem) {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) return found;
      throw UnusableTlsFile.because(name, file, "there is no PEM certificate in it");
    } catch (CertificateException e) {
      throw UnusableTlsFile.because(name, file, "not a PEM certificate: ", e);
    }
  }

  /**
   * Of either form: PKCS #8, or the older ones with a line that says so. Nobody is asked for a
   * password.
   */
  private void refuseEncrypted(Buffer pem) {
    String text = pem.toString(StandardCharsets.US_ASCII);
    if (text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("4,ENCRYPTED"))
      throw UnusableTlsFile.because(
          keyKey, options.key(), "the key is encrypted; give one without a password");
  }

  /** A key that isn't the certificate's would let the node start and every handshake fail. */
  private void requirePair(PublicKey shown, PemKeyCertOptions pair, Vertx vertx) {
    PrivateKey key;
    try {
      KeyManager[] managers = pair.getKeyManagerFactory(vertx).getKeyManagers();
      X509KeyManager manager = (X509KeyManager) managers[0];
      String[] aliases = manager.getServerAliases(shown.getAlgorithm(), null);
      if (aliases == null || aliases.length == 0)
        throw UnusableTlsFile.because(keyKey, options.key(), notThePair());
      key = manager.getPrivateKey(aliases[0]);
    } catch (UnusableTlsFile known) {
      throw known;
    } catch (Exception e) { // whatever Vert.x' reader of PEM ran into
      throw UnusableTlsFile.because(keyKey, options.key(), "not a usable PEM private key: ", e);
    }
    try {
      if (belong(shown, key)) return;
    } catch (GeneralSecurityException e) {
      throw UnusableTlsFile.because(keyKey, options.key(), notThePair() + ": ", e);
    }
    throw UnusableTlsFile.because(keyKey, options.key(), notThePair());
  }

  private String notThePair() {
    return "it is not the key of the certificate in " + options.cert() + " (" + certKey + ")";
  }

  private static boolean belong(PublicKey shown, PrivateKey key) throws GeneralSecurityException {
    String algorithm = shown.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    byte[] anything = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(anything);
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(shown);
    checking.update(anything);
    return checking.verify(signing.sign());
  }
}
