package io.mestral.smartapi.security.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.canonical.SecuredGraph;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.security.TestGraphs;
import io.mestral.smartapi.security.key.BouncyCastleEngine;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Who writes to whom in the tests of encryption, with which keys, and what. */
final class Correspondence {
  static final Iri SENDER = new Iri("https://client.example/id/app");
  static final Iri DOOR = new Iri("https://fleet.example/id/door-3");
  static final Iri DOOR_KEY = new Iri("https://fleet.example/id/door-3#key-2");
  static final Iri AUDITOR = new Iri("https://audit.example/id");
  static final Iri AUDITOR_KEY = new Iri("https://audit.example/id#rsa");
  static final Iri THERMO = new Iri("https://fleet.example/id/thermo-12");
  static final ECKey DOOR_JWK = generated();
  static final SecretMultikey DOOR_SECRET =
      SecretMultikey.of(KeyType.P_256, DOOR_JWK.getD().decode());
  static final KeyPair RSA = rsa(2048);
  static final Recipient TO_DOOR = new Recipient.Agreement(DOOR_KEY, DOOR, DOOR_SECRET.publicKey());
  static final Recipient TO_AUDITOR =
      new Recipient.Rsa(AUDITOR_KEY, AUDITOR, (RSAPublicKey) RSA.getPublic());
  static final CryptoEngine ENGINE = new BouncyCastleEngine();
  static final Encryption ENCRYPTION = new Encryption(ENGINE, true);
  static final Decryption OF_DOOR = decryption(DOOR_KEY, doorKey());
  static final Decryption OF_AUDITOR =
      decryption(AUDITOR_KEY, new DecryptionKey.Rsa(RSA.getPrivate()));
  static final String STUB = "The encrypted part " + THERMO + " ";

  static DecryptionKey doorKey() {
    return new DecryptionKey.Agreement(DOOR_SECRET);
  }

  static Decryption decryption(Iri id, DecryptionKey key) {
    return new Decryption(
        ENGINE, kid -> kid.equals(id) ? Optional.of(key) : Optional.empty(), Limits.DEFAULT);
  }

  static ECKey generated() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (Exception e) {
      throw new AssertionError("keys can be made here", e);
    }
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new AssertionError("keys can be made here", e);
    }
  }

  static Graph message() {
    return TestGraphs.turtle("05-notify");
  }

  static String jwe(Encrypted encrypted) {
    return ((Literal) encrypted.message().object(encrypted.reference(), Sx.JWE).orElseThrow())
        .lexical();
  }

  static void assertSame(Graph one, Graph other) {
    assertThat(new String(Canonical.form(one), StandardCharsets.UTF_8))
        .isEqualTo(new String(Canonical.form(other), StandardCharsets.UTF_8));
  }

  static JWEHeader.Builder header(JWEAlgorithm algorithm) {
    return new JWEHeader.Builder(algorithm, EncryptionMethod.A256GCM)
        .contentType("application/n-quads")
        .keyID(DOOR_KEY.value());
  }

  static byte[] plain(Graph graph) {
    return Canonical.form(SecuredGraph.of(graph, THERMO));
  }

  static String made(JWEHeader.Builder header, JWEEncrypter encrypter, byte[] plain)
      throws Exception {
    JWEObject jwe = new JWEObject(header.build(), new Payload(plain));
    jwe.encrypt(encrypter);
    return jwe.serialize();
  }

  static String forDoor(JWEHeader.Builder header, byte[] plain) throws Exception {
    return made(header, new ECDHEncrypter(DOOR_JWK.toECPublicKey()), plain);
  }

  static Graph stub(String jwe) {
    return Graph.builder()
        .add(THERMO, Rdf.TYPE, Types.REFERENCE)
        .add(THERMO, Rdf.TYPE, Types.ENCRYPTED_REFERENCE)
        .add(THERMO, SmartApi.ENCRYPTION_KEY_TYPE, Types.PUBLIC_KEY)
        .add(THERMO, Sx.JWE, Literal.of(jwe))
        .build();
  }

  static void assertRefused(String jwe, String what) {
    assertError(ErrorType.SECURITY_ERROR, () -> OF_DOOR.decrypt(stub(jwe), Map.of()), STUB + what);
  }

  static void assertError(ErrorType type, ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(SmartApiException.class)
        .hasMessage(message)
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(type);
  }

  private Correspondence() {}
}
