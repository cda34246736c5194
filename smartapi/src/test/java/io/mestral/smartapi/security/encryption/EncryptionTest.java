package io.mestral.smartapi.security.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.canonical.SecuredGraph;
import io.mestral.smartapi.canonical.WorkBudget;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.security.TestGraphs;
import io.mestral.smartapi.security.key.BouncyCastleEngine;
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
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncryptionTest {
  private static final Iri SENDER = new Iri("https://client.example/id/app");
  private static final Iri DOOR = new Iri("https://fleet.example/id/door-3");
  private static final Iri DOOR_KEY = new Iri("https://fleet.example/id/door-3#key-2");
  private static final Iri AUDITOR = new Iri("https://audit.example/id");
  private static final Iri AUDITOR_KEY = new Iri("https://audit.example/id#rsa");
  private static final Iri THERMO = new Iri("https://fleet.example/id/thermo-12");
  private static final ECKey DOOR_JWK = generated();
  private static final SecretMultikey DOOR_SECRET =
      SecretMultikey.of(KeyType.P_256, DOOR_JWK.getD().decode());
  private static final KeyPair RSA = rsa(2048);
  private static final Recipient TO_DOOR =
      new Recipient.Agreement(DOOR_KEY, DOOR, DOOR_SECRET.publicKey());
  private static final Recipient TO_AUDITOR =
      new Recipient.Rsa(AUDITOR_KEY, AUDITOR, (RSAPublicKey) RSA.getPublic());
  private static final CryptoEngine ENGINE = new BouncyCastleEngine();
  private static final Encryption ENCRYPTION = new Encryption(ENGINE, true);
  private static final Decryption OF_DOOR = decryption(DOOR_KEY, doorKey());
  private static final Decryption OF_AUDITOR =
      decryption(AUDITOR_KEY, new DecryptionKey.Rsa(RSA.getPrivate()));
  private static final String STUB = "The encrypted part " + THERMO + " ";

  private static DecryptionKey doorKey() {
    return new DecryptionKey.Agreement(DOOR_SECRET);
  }

  private static Decryption decryption(Iri id, DecryptionKey key) {
    return new Decryption(
        ENGINE, kid -> kid.equals(id) ? Optional.of(key) : Optional.empty(), Limits.DEFAULT);
  }

  private static ECKey generated() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (Exception e) {
      throw new AssertionError("keys can be made here", e);
    }
  }

  private static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new AssertionError("keys can be made here", e);
    }
  }

  private static Graph message() {
    return TestGraphs.turtle("05-notify");
  }

  private static String jwe(Encrypted encrypted) {
    return ((Literal) encrypted.message().object(encrypted.reference(), Sx.JWE).orElseThrow())
        .lexical();
  }

  private static void assertSame(Graph one, Graph other) {
    assertThat(new String(Canonical.form(one), StandardCharsets.UTF_8))
        .isEqualTo(new String(Canonical.form(other), StandardCharsets.UTF_8));
  }

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

  private static JWEHeader.Builder header(JWEAlgorithm algorithm) {
    return new JWEHeader.Builder(algorithm, EncryptionMethod.A256GCM)
        .contentType("application/n-quads")
        .keyID(DOOR_KEY.value());
  }

  private static byte[] plain(Graph graph) {
    return Canonical.form(SecuredGraph.of(graph, THERMO));
  }

  private static String made(JWEHeader.Builder header, JWEEncrypter encrypter, byte[] plain)
      throws Exception {
    JWEObject jwe = new JWEObject(header.build(), new Payload(plain));
    jwe.encrypt(encrypter);
    return jwe.serialize();
  }

  private static String forDoor(JWEHeader.Builder header, byte[] plain) throws Exception {
    return made(header, new ECDHEncrypter(DOOR_JWK.toECPublicKey()), plain);
  }

  private static Graph stub(String jwe) {
    return Graph.builder()
        .add(THERMO, Rdf.TYPE, Types.REFERENCE)
        .add(THERMO, Rdf.TYPE, Types.ENCRYPTED_REFERENCE)
        .add(THERMO, SmartApi.ENCRYPTION_KEY_TYPE, Types.PUBLIC_KEY)
        .add(THERMO, Sx.JWE, Literal.of(jwe))
        .build();
  }

  @Test
  void algorithmsThatAreNotAllowedAreRefused() throws Exception {
    byte[] key = new byte[32];
    String allowed = ", allowed are ECDH-ES+A256KW, RSA-OAEP-256 and ECDH-ES.";
    assertRefused(
        made(header(JWEAlgorithm.DIR), new DirectEncrypter(key), plain(message())),
        "is refused: its alg is dir" + allowed);
    assertRefused(
        made(
            header(JWEAlgorithm.PBES2_HS256_A128KW),
            new PasswordBasedEncrypter("secret", 8, 1000),
            plain(message())),
        "is refused: its alg is PBES2-HS256+A128KW" + allowed);
    assertRefused(
        made(header(rsa15()), new RSAEncrypter((RSAPublicKey) RSA.getPublic()), plain(message())),
        "is refused: its alg is RSA1_5" + allowed);
    assertRefused(
        forDoor(header(JWEAlgorithm.ECDH_ES_A128KW), plain(message())),
        "is refused: its alg is ECDH-ES+A128KW" + allowed);
    String[] cut =
        jwe(ENCRYPTION.encrypt(message(), THERMO, SENDER, List.of(TO_DOOR))).split("\\.");
    cut[4] = "AAAA"; // a shorter tag would be guessed sooner
    assertRefused(
        String.join(".", cut), "is refused: its iv and tag have 12 and 3 bytes, not 12 and 16.");
    String none = Base64URL.encode("{\"alg\":\"none\",\"enc\":\"A256GCM\"}").toString();
    assertRefused(none + "....", "isn't a JWE: The JWE algorithm cannot be \"none\".");
  }

  @SuppressWarnings("deprecation")
  private static JWEAlgorithm rsa15() {
    return JWEAlgorithm.RSA1_5;
  }

  @Test
  void headersThatAreNotAllowedAreRefused() throws Exception {
    assertRefused(
        forDoor(
            new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A128GCM)
                .keyID(DOOR_KEY.value()),
            plain(message())),
        "is refused: its enc is A128GCM, allowed is A256GCM.");
    assertRefused(
        forDoor(header(JWEAlgorithm.ECDH_ES_A256KW).contentType("text/turtle"), plain(message())),
        "is refused: its cty is text/turtle, allowed is application/n-quads.");
    assertRefused(
        forDoor(
            header(JWEAlgorithm.ECDH_ES_A256KW).type(new JOSEObjectType("JWT")), plain(message())),
        "is refused: its typ is JWT, allowed is smartapi+jwe.");
    assertRefused(
        forDoor(
            header(JWEAlgorithm.ECDH_ES_A256KW).customParam("exp", 1).criticalParams(Set.of("exp")),
            plain(message())),
        "is refused: its crit names headers that aren't known here.");
  }

  @Test
  void whatIsNoJweIsRefused() {
    assertRefused("abc", "isn't a JWE: it has 1 parts, not 5.");
    assertRefused("{\"aad\":\"x\"}", "isn't a JWE: it has aad, which isn't used here.");
    assertRefused("{\"recipients\":[]}", "isn't a JWE: it lacks protected.");
    String header = Base64URL.encode("{\"enc\":\"A256GCM\"}").toString();
    assertRefused(
        "{\"protected\":\"" + header + "\",\"recipients\":[]}",
        "isn't a JWE: it has 0 recipients, 1 to 100 are allowed.");
    assertRefused(
        "{\"protected\":\"" + header + "\",\"unprotected\":{\"zip\":\"DEF\"},\"recipients\":[{}]}",
        "isn't a JWE: its header zip is there twice, or isn't protected.");
    assertThatThrownBy(() -> OF_DOOR.decrypt(stub("{\"a\":".repeat(100_000)), Map.of()))
        .isInstanceOf(SmartApiException.class)
        .hasMessageStartingWith(STUB + "isn't a JWE: ");
    Graph two = Graph.builder().addAll(stub("abc")).add(THERMO, Sx.JWE, Literal.of("x")).build();
    assertError(
        ErrorType.SECURITY_ERROR,
        () -> OF_DOOR.decrypt(two, Map.of()),
        STUB + "has more than one sx:jwe, or one that isn't a literal.");
  }

  @Test
  void aChangedJweIsRefused() {
    String jwe = jwe(ENCRYPTION.encrypt(message(), THERMO, SENDER, List.of(TO_DOOR)));
    String[] parts = jwe.split("\\.");
    for (int part = 1; part < parts.length; part++) {
      String[] changed = parts.clone();
      changed[part] = (parts[part].charAt(0) == 'A' ? 'B' : 'A') + parts[part].substring(1);
      assertThatThrownBy(() -> OF_DOOR.decrypt(stub(String.join(".", changed)), Map.of()))
          .isInstanceOf(SmartApiException.class)
          .hasMessageStartingWith(STUB + "can't be decrypted: ")
          .extracting(e -> ((SmartApiException) e).type())
          .isEqualTo(ErrorType.SECURITY_ERROR);
    }
    assertThatThrownBy(
            () ->
                decryption(DOOR_KEY, new DecryptionKey.Rsa(RSA.getPrivate()))
                    .decrypt(stub(jwe), Map.of()))
        .hasMessage(
            STUB + "can't be decrypted: its alg ECDH-ES+A256KW isn't for a key of that kind.");
  }

  @Property(tries = 2000)
  void whateverComesOnlySecurityErrorsLeave(@ForAll Random random) {
    List<Object> values =
        List.of("ECDH-ES", "A256GCM", "DEF", "RSA-OAEP-256", DOOR_KEY.value(), 7, true, Map.of());
    Map<String, Object> header = new HashMap<>();
    header.put("alg", random.nextBoolean() ? "ECDH-ES" : "ECDH-ES+A256KW");
    header.put("enc", "A256GCM");
    header.put("cty", "application/n-quads");
    header.put("kid", DOOR_KEY.value());
    header.put("epk", DOOR_JWK.toPublicJWK().toJSONObject());
    List<String> names =
        List.of(
            "alg", "enc", "cty", "kid", "epk", "zip", "typ", "crit", "jwk", "x5c", "apu", "p2c");
    for (int i = random.nextInt(3); i > 0; i--) {
      Object value = values.get(random.nextInt(values.size()));
      header.put(
          names.get(random.nextInt(names.size())), random.nextBoolean() ? value : List.of(value));
    }
    StringBuilder jwe =
        new StringBuilder(Base64URL.encode(JSONObjectUtils.toJSONString(header)).toString());
    for (int part = 0; part < 4; part++) {
      byte[] bytes = new byte[List.of(0, 12, 16, 40, 3).get(random.nextInt(5))];
      random.nextBytes(bytes);
      jwe.append('.').append(Base64URL.encode(bytes));
    }
    Graph stub = stub(jwe.toString());
    Throwable thrown = catchThrowable(() -> OF_DOOR.decrypt(stub, Map.of()));
    if (thrown != null) { // with another kid it is left alone
      assertThat(thrown).isInstanceOf(SmartApiException.class);
      assertThat(((SmartApiException) thrown).type()).isEqualTo(ErrorType.SECURITY_ERROR);
    }
  }

  @Test
  void aBombIsDefused() throws Exception {
    byte[] zeros = new byte[(64 << 20) + 1];
    Arrays.fill(zeros, (byte) '\n');
    String jwe =
        forDoor(
            header(JWEAlgorithm.ECDH_ES_A256KW).compressionAlgorithm(CompressionAlgorithm.DEF),
            zeros);
    assertThat(jwe.length()).isLessThan(100_000);
    assertError(
        ErrorType.TOO_LARGE_ERROR,
        () -> OF_DOOR.decrypt(stub(jwe), Map.of()),
        "The encrypted parts of the message have more than the 67108864 bytes left of 64 MiB.");
  }

  @Test
  void aPlainTextHasToDescribeTheStub() throws Exception {
    String other = "<urn:other> <urn:p> <urn:o> .\n";
    assertRefused(
        forDoor(header(JWEAlgorithm.ECDH_ES_A256KW), other.getBytes(StandardCharsets.UTF_8)),
        "states nothing about " + THERMO + ".");
    assertRefused(
        forDoor(header(JWEAlgorithm.ECDH_ES_A256KW), "hello".getBytes(StandardCharsets.UTF_8)),
        "isn't what its cty says: N-Triples, line 1, column 1: Expected BNode or IRI: Got:"
            + " [KEYWORD:hello].");
  }

  @Test
  void aHashThatIsThereHasToFit() {
    Graph stubbed = ENCRYPTION.encrypt(message(), THERMO, SENDER, List.of(TO_DOOR)).message();
    String right = Multihash.of(plain(message()));
    Graph wrong = TestGraphs.with(stubbed, THERMO, SmartApi.HASH_CODE, Literal.of("uEi"));
    assertError(
        ErrorType.SECURITY_ERROR,
        () -> OF_DOOR.decrypt(wrong, Map.of()),
        STUB + "has another hash, " + right + ", than its stub says.");
    Graph without = TestGraphs.with(stubbed, THERMO, SmartApi.HASH_CODE);
    assertSame(OF_DOOR.decrypt(without, Map.of()), message());
  }

  @Test
  void moreThanAHundredPartsAreTooMany() {
    Graph.Builder many = Graph.builder();
    for (int i = 0; i < 101; i++) {
      Iri stub = new Iri("urn:stub:" + i);
      many.add(stub, Rdf.TYPE, Types.ENCRYPTED_REFERENCE).add(stub, Sx.JWE, Literal.of("x"));
    }
    assertError(
        ErrorType.TOO_LARGE_ERROR,
        () -> OF_DOOR.decrypt(many.build(), Map.of()),
        "The message has 101 encrypted parts, at most 100 are taken.");
  }

  @Test
  void referencesOfThePublishedSdkAreLeftAlone() {
    Iri part = new Iri("urn:part");
    Graph legacy =
        Graph.builder()
            .add(part, Rdf.TYPE, Types.ACTIVITY)
            .add(part, Rdf.TYPE, Types.REFERENCE)
            .add(part, Rdf.TYPE, Types.MULTIPART_REFERENCE)
            .add(part, Rdf.TYPE, Types.ENCRYPTED_REFERENCE)
            .add(part, SmartApi.ENCRYPTION_KEY_TYPE, Types.SESSION_KEY)
            .add(part, SmartApi.SESSION_KEY, Literal.of("AAAA"))
            .add(part, SmartApi.SIGNATURE, Literal.of("AAAA"))
            .add(part, SmartApi.HASH_CODE, Literal.of("z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg=="))
            .build();
    assertThat(References.isReference(legacy, part)).isTrue();
    assertThat(References.isLegacy(legacy, part, Map.of())).isTrue();
    assertThat(OF_DOOR.decrypt(legacy, Map.of())).isSameAs(legacy);

    Encrypted ours = ENCRYPTION.encrypt(message(), THERMO, SENDER, List.of(TO_DOOR));
    assertThat(References.isLegacy(ours.message(), THERMO, Map.of())).isFalse();
    assertThat(References.isEncrypted(ours.message(), THERMO, Map.of())).isTrue();
    assertThat(References.isReference(message(), THERMO)).isFalse();
  }

  private static void assertRefused(String jwe, String what) {
    assertError(ErrorType.SECURITY_ERROR, () -> OF_DOOR.decrypt(stub(jwe), Map.of()), STUB + what);
  }

  private static void assertError(ErrorType type, ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(SmartApiException.class)
        .hasMessage(message)
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(type);
  }
}
