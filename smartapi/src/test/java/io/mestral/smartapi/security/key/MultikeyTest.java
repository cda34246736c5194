package io.mestral.smartapi.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MultikeyTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  static Stream<CryptoEngine> engines() {
    List<CryptoEngine> engines = new ArrayList<>(List.of(new BouncyCastleEngine()));
    CorrettoEngine.AVAILABLE.ifPresent(engines::add);
    return engines.stream();
  }

  static Stream<Arguments> enginesAndTypes() {
    return engines().flatMap(e -> Stream.of(KeyType.values()).map(type -> Arguments.of(e, type)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', z",
    "00, z1",
    "0000287fb4cd, z11233QC4",
    "61, z2g",
    "48656c6c6f20576f726c6421, z2NEpo7TZRRrLZSi2U"
  })
  void base58IsWrittenAsItsDraftSays(String hex, String text) {
    assertThat(Multibase.base58(HexFormat.of().parseHex(hex))).isEqualTo(text);
  }

  @Property
  void bytesComeBackOfBothBases(@ForAll @Size(max = 200) byte[] bytes) {
    assertThat(Multibase.decode(Multibase.base58(bytes))).isEqualTo(bytes);
    assertThat(Multibase.decode(Multibase.base64Url(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "mAbc, 'begins with another letter than z (base58btc) or u (base64url without padding)'",
    "'', 'begins with another letter than z (base58btc) or u (base64url without padding)'",
    "z0, 'has ''0'', which is no digit of base58btc'",
    "uA+, isn't base64url after its u",
    "uAB, isn't the one way to write its bytes in base64url without padding",
    "uAA==, isn't the one way to write its bytes in base64url without padding"
  })
  void malformedMultibaseIsRefused(String text, String why) {
    assertSecurityError(
        () -> Multibase.decode(text), "The multibase text \"" + text + "\" " + why + ".");
  }

  @Test
  void endlessBase58IsRefusedBeforeItIsDecoded() {
    assertSecurityError(
        () -> Multibase.decode("z" + "2".repeat(100_000)),
        "The multibase text \"z" + "2".repeat(39) + "…\" is longer than 1024 characters.");
  }

  @ParameterizedTest
  @EnumSource
  void aKeyIsReadBackOfItsText(KeyType type) {
    Multikey key = SecretMultikey.generate(type, RANDOM).publicKey();
    assertThat(Multikey.parse(key.multibase())).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(Multikey.of(key.java(new BouncyCastleProvider()))).isEqualTo(key);
  }

  @ParameterizedTest
  @EnumSource
  void aPrivateKeyIsReadBackOfItsBytesAndNeverShown(KeyType type) {
    SecretMultikey key = SecretMultikey.generate(type, RANDOM);
    assertThat(SecretMultikey.of(type, key.secretBytes()).publicKey()).isEqualTo(key.publicKey());
    assertThat(key.toString()).isEqualTo("the private key of " + key.publicKey().multibase());
  }

  @Test
  void theFirstLettersTellTheKindsApart() {
    assertThat(SecretMultikey.generate(KeyType.ED25519, RANDOM).publicKey().multibase())
        .startsWith("z6Mk");
    assertThat(SecretMultikey.generate(KeyType.P_256, RANDOM).publicKey().multibase())
        .startsWith("zDna");
    assertThat(SecretMultikey.generate(KeyType.P_384, RANDOM).publicKey().multibase())
        .startsWith("z82L");
  }

  @Test
  void keysThatAreNoneAreRefused() throws Exception {
    HexFormat hex = HexFormat.of();
    assertSecurityError(
        () -> Multikey.parse(Multibase.base58(hex.parseHex("1200aa"))),
        "The key begins with 1200; keys here begin with ed01 (Ed25519), 8024 (P-256) or 8124"
            + " (P-384).");
    assertSecurityError(
        () -> Multikey.parse("z"),
        "The key begins with nothing; keys here begin with ed01 (Ed25519), 8024 (P-256) or 8124"
            + " (P-384).");
    assertSecurityError(
        () -> Multikey.of(KeyType.P_256, new byte[32]),
        "A public key of P-256 has 33 bytes, not 32.");
    assertSecurityError(
        () -> Multikey.of(KeyType.P_256, new byte[33]),
        "The key isn't a point of P-256 that may be a key.");
    byte[] neutral = new byte[32];
    neutral[0] = 1; // with it, signatures fit that nobody made
    assertSecurityError(
        () -> Multikey.of(KeyType.ED25519, neutral),
        "The key isn't a point of Ed25519 that may be a key.");
    assertSecurityError(
        () -> SecretMultikey.of(KeyType.P_384, new byte[48]),
        "A private key of P-384 is a number from 1 to below the order.");
    assertSecurityError(
        () -> SecretMultikey.of(KeyType.ED25519, new byte[31]),
        "A private key of Ed25519 has 32 bytes, not 31.");
    assertSecurityError(
        () -> Multikey.ofPoint(KeyType.P_256, new byte[32], new byte[32]),
        "The key isn't a point of P-256 that may be a key.");
    KeyPairGenerator others = KeyPairGenerator.getInstance("EC");
    others.initialize(new ECGenParameterSpec("secp521r1"));
    assertSecurityError(
        () -> Multikey.of(others.generateKeyPair().getPublic()),
        "A public key is of Ed25519, P-256 or P-384, not of EC.");
  }

  @ParameterizedTest
  @MethodSource("enginesAndTypes")
  void aSignatureHoldsForItsInputAlone(CryptoEngine engine, KeyType type) {
    SecretMultikey key = SecretMultikey.generate(type, RANDOM);
    byte[] input = "what is signed".getBytes(StandardCharsets.UTF_8);
    byte[] signature = engine.sign(key, input);
    assertThat(signature).hasSize(type == KeyType.P_384 ? 96 : 64);
    engines().forEach(e -> assertThat(e.verify(key.publicKey(), input, signature)).isTrue());
    for (int at = 0; at < signature.length; at += 7) {
      byte[] changed = signature.clone();
      changed[at] ^= 1;
      assertThat(engine.verify(key.publicKey(), input, changed)).isFalse();
    }
    assertThat(engine.verify(key.publicKey(), new byte[5], signature)).isFalse();
    assertThat(engine.verify(key.publicKey(), input, new byte[signature.length])).isFalse();
    assertThat(engine.verify(key.publicKey(), input, new byte[3])).isFalse();
    Multikey other = SecretMultikey.generate(type, RANDOM).publicKey();
    assertThat(engine.verify(other, input, signature)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void bothSidesAgreeOnOneSecretWhateverTheirEngine(CryptoEngine engine) {
    SecretMultikey one = engine.ephemeral();
    SecretMultikey other = SecretMultikey.generate(KeyType.P_256, RANDOM);
    byte[] secret = engine.agree(one, other.publicKey());
    assertThat(secret).hasSize(32);
    engines().forEach(e -> assertThat(e.agree(other, one.publicKey())).isEqualTo(secret));
  }

  private static void assertSecurityError(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(SmartApiException.class)
        .hasMessage(message)
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(ErrorType.SECURITY_ERROR);
  }
}
