package io.mestral.smartapi.security.encryption;

import static io.mestral.smartapi.security.encryption.Correspondence.DOOR_JWK;
import static io.mestral.smartapi.security.encryption.Correspondence.DOOR_KEY;
import static io.mestral.smartapi.security.encryption.Correspondence.ENCRYPTION;
import static io.mestral.smartapi.security.encryption.Correspondence.OF_DOOR;
import static io.mestral.smartapi.security.encryption.Correspondence.RSA;
import static io.mestral.smartapi.security.encryption.Correspondence.SENDER;
import static io.mestral.smartapi.security.encryption.Correspondence.STUB;
import static io.mestral.smartapi.security.encryption.Correspondence.THERMO;
import static io.mestral.smartapi.security.encryption.Correspondence.TO_DOOR;
import static io.mestral.smartapi.security.encryption.Correspondence.assertError;
import static io.mestral.smartapi.security.encryption.Correspondence.assertRefused;
import static io.mestral.smartapi.security.encryption.Correspondence.assertSame;
import static io.mestral.smartapi.security.encryption.Correspondence.decryption;
import static io.mestral.smartapi.security.encryption.Correspondence.forDoor;
import static io.mestral.smartapi.security.encryption.Correspondence.header;
import static io.mestral.smartapi.security.encryption.Correspondence.jwe;
import static io.mestral.smartapi.security.encryption.Correspondence.made;
import static io.mestral.smartapi.security.encryption.Correspondence.message;
import static io.mestral.smartapi.security.encryption.Correspondence.plain;
import static io.mestral.smartapi.security.encryption.Correspondence.stub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.security.TestGraphs;
import io.mestral.smartapi.security.key.Multihash;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What comes encrypted and isn't as it has to be. */
class DecryptionRefusalsTest {
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
}
