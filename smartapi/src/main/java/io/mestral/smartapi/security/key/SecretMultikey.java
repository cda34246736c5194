package io.mestral.smartapi.security.key;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/**
 * A private key with its public half. Its bytes are in no text that is made of it; two are equal
 * when they are the same object.
 */
public final class SecretMultikey {
  private static final byte[] PKCS_8_OF_ED25519 =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final byte[] bytes;
  private final AsymmetricKeyParameter parameters;
  private final Multikey publicKey;
  private PrivateKey java;

  private SecretMultikey(KeyType type, byte[] bytes) {
    this.bytes = bytes;
    this.parameters = Curves.secretKey(type, bytes);
    this.publicKey = publicKey(parameters, type);
  }

  /** A pair that a provider has made. */
  SecretMultikey(byte[] bytes, Multikey publicKey, PrivateKey java) {
    this.bytes = bytes;
    this.parameters = Curves.secretKey(publicKey.type(), bytes);
    this.publicKey = publicKey;
    this.java = java;
  }

  /**
   * A key of its bytes.
   *
   * @param type its kind
   * @param bytes the seed of Ed25519, 32 bytes, or the number, 32 or 48 bytes, greatest byte first
   * @return the key
   * @throws SmartApiException of type SecurityError if there are more or fewer bytes, or if the
   *     number isn't a key
   */
  public static SecretMultikey of(KeyType type, byte[] bytes) {
    if (bytes.length != type.secretLength()) {
      throw new SmartApiException(
          ErrorType.SECURITY_ERROR,
          "A private key of %s has %d bytes, not %d."
              .formatted(type.standardName(), type.secretLength(), bytes.length));
    }
    return new SecretMultikey(type, bytes.clone());
  }

  /**
   * A new key.
   *
   * @param type its kind
   * @param random where it is taken from
   * @return the key
   */
  public static SecretMultikey generate(KeyType type, SecureRandom random) {
    byte[] bytes = new byte[type.secretLength()];
    if (type == KeyType.ED25519) {
      random.nextBytes(bytes);
    } else {
      BigIntegers.asUnsignedByteArray(
          BigIntegers.createRandomInRange(
              BigIntegers.ONE, Curves.domain(type).getN().subtract(BigIntegers.ONE), random),
          bytes,
          0,
          bytes.length);
    }
    return new SecretMultikey(type, bytes);
  }

  private static Multikey publicKey(AsymmetricKeyParameter parameters, KeyType type) {
    if (parameters instanceof Ed25519PrivateKeyParameters edwards) {
      return Multikey.of(type, edwards.generatePublicKey().getEncoded());
    }
    ECPrivateKeyParameters secret = (ECPrivateKeyParameters) parameters;
    ECPoint point =
        new FixedPointCombMultiplier().multiply(secret.getParameters().getG(), secret.getD());
    return Multikey.ofParameters(
        type, new ECPublicKeyParameters(point.normalize(), secret.getParameters()));
  }

  /**
   * The other half.
   *
   * @return the public key
   */
  public Multikey publicKey() {
    return publicKey;
  }

  /**
   * The bytes that this key can be made of again, for whoever keeps it.
   *
   * @return a copy; secret
   */
  public byte[] secretBytes() {
    return bytes.clone();
  }

  AsymmetricKeyParameter parameters() {
    return parameters;
  }

  /** The key as a provider keeps it, made once; two threads that make it make the same. */
  PrivateKey java(Provider provider) {
    PrivateKey made = java;
    if (made == null) {
      KeyType type = publicKey.type();
      try {
        byte[] encoded =
            type == KeyType.ED25519
                ? Arrays.concatenate(PKCS_8_OF_ED25519, bytes)
                : PrivateKeyInfoFactory.createPrivateKeyInfo(parameters).getEncoded();
        KeyFactory factory =
            type == KeyType.ED25519 // which Corretto signs with and has no factory for
                ? KeyFactory.getInstance("Ed25519")
                : KeyFactory.getInstance("EC", provider);
        made = factory.generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException | IOException e) {
        throw new AssertionError("the provider knows the keys of " + type, e);
      }
      java = made;
    }
    return made;
  }

  /** Says which key it is by its public half. */
  @Override
  public String toString() {
    return "the private key of " + publicKey;
  }
}
