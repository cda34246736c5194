package io.mestral.smartapi.security.encryption;

import static io.mestral.smartapi.security.encryption.Correspondence.DOOR;
import static io.mestral.smartapi.security.encryption.Correspondence.DOOR_JWK;
import static io.mestral.smartapi.security.encryption.Correspondence.DOOR_KEY;
import static io.mestral.smartapi.security.encryption.Correspondence.ENCRYPTION;
import static io.mestral.smartapi.security.encryption.Correspondence.ENGINE;
import static io.mestral.smartapi.security.encryption.Correspondence.OF_AUDITOR;
import static io.mestral.smartapi.security.encryption.Correspondence.OF_DOOR;
import static io.mestral.smartapi.security.encryption.Correspondence.RSA;
import static io.mestral.smartapi.security.encryption.Correspondence.SENDER;
import static io.mestral.smartapi.security.encryption.Correspondence.THERMO;
import static io.mestral.smartapi.security.encryption.Correspondence.TO_AUDITOR;
import static io.mestral.smartapi.security.encryption.Correspondence.TO_DOOR;
import static io.mestral.smartapi.security.encryption.Correspondence.assertError;
import static io.mestral.smartapi.security.encryption.Correspondence.assertSame;
import static io.mestral.smartapi.security.encryption.Correspondence.doorKey;
import static io.mestral.smartapi.security.encryption.Correspondence.header;
import static io.mestral.smartapi.security.encryption.Correspondence.jwe;
import static io.mestral.smartapi.security.encryption.Correspondence.made;
import static io.mestral.smartapi.security.encryption.Correspondence.message;
import static io.mestral.smartapi.security.encryption.Correspondence.plain;
import static io.mestral.smartapi.security.encryption.Correspondence.rsa;
import static io.mestral.smartapi.security.encryption.Correspondence.stub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.util.Base64URL;
import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.canonical.SecuredGraph;
import io.mestral.smartapi.canonical.WorkBudget;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.security.key.CorrettoEngine;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multihash;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncryptionTest {
  static Stream<CryptoEngine> engines() {
    List<CryptoEngine> engines = new ArrayList<>(List.of(ENGINE));
    CorrettoEngine.AVAILABLE.ifPresent(engines::add);
    return engines.stream();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatIsEncryptedComesBack(CryptoEngine engine) {
    Encrypted encrypted =
        new Encryption(engine, true).encrypt(message(), THERMO, SENDER, List.of(TO_DOOR));
    assertThat(encrypted.part()).isEmpty();
    Decryption decryption = new Decryption(engine, kid -> Optional.of(doorKey()), Limits.DEFAULT);
    assertSame(decryption.decrypt(encrypted.message(), Map.of()), message());
    assertSame(OF_DOOR.decrypt(encrypted.message(), Map.of()), message());
  }

  @Test
  void aStubTellsNoMoreThanItHasTo() {
    Graph stubbed = ENCRYPTION.encrypt(message(), THERMO, SENDER, List.of(TO_DOOR)).message();
    assertThat(stubbed.objects(THERMO, Rdf.TYPE))
        .containsExactlyInAnyOrder(Types.DEVICE, Types.REFERENCE, Types.ENCRYPTED_REFERENCE);
    assertThat(stubbed.predicates(THERMO))
        .containsExactlyInAnyOrder(
            Rdf.TYPE, SmartApi.ENCRYPTION_KEY_TYPE, SmartApi.HASH_CODE, Sx.JWE);
    assertThat(stubbed.object(THERMO, SmartApi.HASH_CODE))
        .contains(Literal.of(Multihash.of(Canonical.form(SecuredGraph.of(message(), THERMO)))));
    assertThat(stubbed.triples().map(t -> t.object().toString()))
        .noneMatch(object -> object.contains("1.925E1"));
  }

  @Test
  void anotherLibraryReadsWhatIsWritten() throws Exception {
    Encrypted encrypted = ENCRYPTION.encrypt(message(), THERMO, SENDER, List.of(TO_DOOR));
    JWEObject jwe = JWEObject.parse(jwe(encrypted));
    jwe.decrypt(new ECDHDecrypter(DOOR_JWK));
    assertThat(jwe.getPayload().toBytes())
        .isEqualTo(Canonical.form(SecuredGraph.of(message(), THERMO)));
    JWEHeader header = jwe.getHeader();
    assertThat(header.getAlgorithm()).isEqualTo(JWEAlgorithm.ECDH_ES_A256KW);
    assertThat(header.getKeyID()).isEqualTo(DOOR_KEY.value());
    assertThat(header.getContentType()).isEqualTo("application/n-quads");
    assertThat(header.getType()).hasToString("smartapi+jwe");
    assertThat(header.getAgreementPartyUInfo().decodeToString()).isEqualTo(SENDER.value());
    assertThat(header.getAgreementPartyVInfo().decodeToString()).isEqualTo(DOOR.value());
    assertThat(header.getCompressionAlgorithm()).isNull(); // it has less than 1 KiB

    Encrypted forRsa = ENCRYPTION.encrypt(message(), THERMO, SENDER, List.of(TO_AUDITOR));
    JWEObject rsa = JWEObject.parse(jwe(forRsa));
    rsa.decrypt(new RSADecrypter(RSA.getPrivate()));
    assertThat(rsa.getPayload().toBytes()).isEqualTo(jwe.getPayload().toBytes());
  }

  @Test
  void whatAnotherLibraryWritesIsRead() throws Exception {
    for (JWEAlgorithm algorithm : List.of(JWEAlgorithm.ECDH_ES, JWEAlgorithm.ECDH_ES_A256KW)) {
      JWEHeader.Builder header = header(algorithm).compressionAlgorithm(CompressionAlgorithm.DEF);
      String jwe = made(header, new ECDHEncrypter(DOOR_JWK.toECPublicKey()), plain(message()));
      assertSame(OF_DOOR.decrypt(stub(jwe), Map.of()), SecuredGraph.of(message(), THERMO));
    }
  }

  @Test
  void longTextIsCompressed() throws Exception {
    Graph.Builder longer = Graph.builder().addAll(message());
    for (int i = 0; i < 40; i++) {
      longer.add(THERMO, new Iri("urn:note"), Literal.of("the same text, number " + i));
    }
    Graph message = longer.build();
    Encrypted encrypted = ENCRYPTION.encrypt(message, THERMO, SENDER, List.of(TO_DOOR));
    assertThat(JWEObject.parse(jwe(encrypted)).getHeader().getCompressionAlgorithm())
        .isEqualTo(CompressionAlgorithm.DEF);
    assertThat(jwe(encrypted).length())
        .isLessThan(Canonical.form(SecuredGraph.of(message, THERMO)).length / 2);
    assertSame(OF_DOOR.decrypt(encrypted.message(), Map.of()), message);
  }

  @Test
  void severalRecipientsReadTheSameJwe() {
    Encrypted encrypted =
        ENCRYPTION.encrypt(message(), THERMO, SENDER, List.of(TO_DOOR, TO_AUDITOR));
    assertThat(jwe(encrypted)).startsWith("{\"protected\":");
    assertSame(OF_DOOR.decrypt(encrypted.message(), Map.of()), message());
    assertSame(OF_AUDITOR.decrypt(encrypted.message(), Map.of()), message());
  }

  @Test
  void whatIsForOthersStaysAsItIs() {
    Graph stubbed = ENCRYPTION.encrypt(message(), THERMO, SENDER, List.of(TO_AUDITOR)).message();
    assertThat(OF_DOOR.decrypt(stubbed, Map.of())).isSameAs(stubbed);
  }

  @Test
  void aLongJweGoesBesideTheMessageWhereItMay() {
    Graph.Builder longer = Graph.builder().addAll(message());
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    longer.add(THERMO, new Iri("urn:noise"), Literal.of(Base64URL.encode(noise).toString()));
    Graph message = longer.build();
    Encrypted beside = ENCRYPTION.encrypt(message, THERMO, SENDER, List.of(TO_DOOR));
    assertThat(beside.message().objects(THERMO, Sx.JWE)).isEmpty();
    assertThat(beside.message().objects(THERMO, Rdf.TYPE)).contains(Types.MULTIPART_REFERENCE);
    Map<Iri, byte[]> parts = Map.of(beside.reference(), beside.part().orElseThrow());
    assertSame(OF_DOOR.decrypt(beside.message(), parts), message);

    Encrypted inside =
        new Encryption(ENGINE, false).encrypt(message, THERMO, SENDER, List.of(TO_DOOR));
    assertThat(inside.part()).isEmpty();
    assertSame(OF_DOOR.decrypt(inside.message(), Map.of()), message);
  }

  @Test
  void whatIsSignedFirstIsStillSignedAfterDecryption() {
    SecretMultikey key = SecretMultikey.generate(KeyType.ED25519, new SecureRandom());
    Proofs proofs = new Proofs(ENGINE, WorkBudget.DEFAULT);
    Graph signed =
        proofs.sign(message(), THERMO, new Signer(new Iri("urn:key"), key), Instant.EPOCH);
    Iri notification = new Iri("urn:uuid:00000000-0000-4000-8000-000000000009");
    Graph both =
        proofs.sign(signed, notification, new Signer(new Iri("urn:key"), key), Instant.EPOCH);
    Graph stubbed = ENCRYPTION.encrypt(both, THERMO, SENDER, List.of(TO_DOOR)).message();
    assertSame(OF_DOOR.decrypt(stubbed, Map.of()), both);
  }

  @Test
  void aNodeWithoutIriGetsOneUnlessItIsSigned() {
    Resource activity =
        (Resource)
            message()
                .object(new Iri("urn:uuid:00000000-0000-4000-8000-000000000009"), SmartApi.ACTIVITY)
                .orElseThrow();
    assertThat(activity).isInstanceOf(Blank.class);
    Graph message = message();
    Blank node =
        message.subjects().stream()
            .filter(s -> message.contains(s, Rdf.TYPE, Types.ACTIVITY))
            .map(Blank.class::cast)
            .findFirst()
            .orElseThrow();
    Encrypted encrypted = ENCRYPTION.encrypt(message, node, SENDER, List.of(TO_DOOR));
    assertThat(encrypted.reference().value()).startsWith("urn:uuid:");
    Graph decrypted = OF_DOOR.decrypt(encrypted.message(), Map.of());
    assertThat(decrypted.contains(encrypted.reference(), Rdf.TYPE, Types.ACTIVITY)).isTrue();
    assertThat(decrypted.size()).isEqualTo(message.size());

    SecretMultikey key = SecretMultikey.generate(KeyType.ED25519, new SecureRandom());
    Graph signed =
        new Proofs(ENGINE, WorkBudget.DEFAULT)
            .sign(message, node, new Signer(new Iri("urn:key"), key), Instant.EPOCH);
    assertError(
        ErrorType.SECURITY_ERROR,
        () -> ENCRYPTION.encrypt(signed, node, SENDER, List.of(TO_DOOR)),
        "The node to encrypt needs an IRI before anything is signed: it would change with it.");
  }

  @Test
  void aBlankNodeCannotBeInsideAndOutside() {
    Blank shared = new Blank();
    Graph message =
        Graph.builder()
            .addAll(message())
            .add(THERMO, new Iri("urn:p"), shared)
            .add(DOOR, new Iri("urn:p"), shared)
            .build();
    assertError(
        ErrorType.SECURITY_ERROR,
        () -> ENCRYPTION.encrypt(message, THERMO, SENDER, List.of(TO_DOOR)),
        "A blank node is used both inside and outside of what is to be encrypted; give it an IRI.");
  }

  @Test
  void keysThatCannotEncryptAreRefused() {
    SecretMultikey edwards = SecretMultikey.generate(KeyType.ED25519, new SecureRandom());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Recipient.Agreement(DOOR_KEY, DOOR, edwards.publicKey()));
    assertThatIllegalArgumentException().isThrownBy(() -> new DecryptionKey.Agreement(edwards));
    RSAPublicKey weak = (RSAPublicKey) rsa(1024).getPublic();
    assertThatIllegalArgumentException().isThrownBy(() -> new Recipient.Rsa(DOOR_KEY, DOOR, weak));
    assertThat(new DecryptionKey.Rsa(RSA.getPrivate())).hasToString("a private key of RSA");
  }
}
