package io.mestral.smartapi.security.key;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * A public key (Controlled Identifiers 1.0, Multikey). One that exists is a point of its curve that
 * signatures can be checked with. Equal when kind and bytes are.
 */
public final class Multikey {
  private final KeyType type;
  private final byte[] bytes;
  private final AsymmetricKeyParameter parameters;
  private PublicKey java;

  private Multikey(KeyType type, byte[] bytes, AsymmetricKeyParameter parameters) {
    this.type = type;
    this.bytes = bytes;
    this.parameters = parameters;
  }

  /**
   * A key of its bytes.
   *
   * @param type its kind
   * @param bytes the 32 bytes of Ed25519, or the compressed point, 33 or 49 bytes
   * @return the key
   * @throws SmartApiException of type SecurityError if there are more or fewer bytes, or if they
   *     aren't a point of the curve
   */
  public static Multikey of(KeyType type, byte[] bytes) {
    if (bytes.length != type.publicLength()) {
      throw wrong(
          "A public key of %s has %d bytes, not %d."
              .formatted(type.standardName(), type.publicLength(), bytes.length));
    }
    byte[] own = bytes.clone();
    return new Multikey(type, own, Curves.publicKey(type, own));
  }

  /**
   * A key of a point's coordinates, as JSON Web Keys have them.
   *
   * @param type P-256 or P-384
   * @param x the first one, 32 or 48 bytes
   * @param y the second one, 32 or 48 bytes
   * @return the key
   * @throws SmartApiException of type SecurityError if they aren't a point of the curve
   */
  public static Multikey ofPoint(KeyType type, byte[] x, byte[] y) {
    int length = type.publicLength() - 1;
    if (type == KeyType.ED25519 || x.length != length || y.length != length) {
      throw wrong(
          "A point of %s has two coordinates of %d bytes, not of %d and %d."
              .formatted(type.standardName(), length, x.length, y.length));
    }
    byte[] uncompressed = new byte[1 + 2 * length];
    uncompressed[0] = 4;
    System.arraycopy(x, 0, uncompressed, 1, length);
    System.arraycopy(y, 0, uncompressed, 1 + length, length);
    return ofParameters(type, (ECPublicKeyParameters) Curves.publicKey(type, uncompressed));
  }

  static Multikey ofParameters(KeyType type, ECPublicKeyParameters point) {
    return new Multikey(type, point.getQ().getEncoded(true), point);
  }

  /**
   * Reads {@code sec:publicKeyMultibase}.
   *
   * @param text multibase text such as {@code z6Mk…}
   * @return the key
   * @throws SmartApiException of type SecurityError if it isn't a key of a kind that is known here
   */
  public static Multikey parse(String text) {
    byte[] decoded = Multibase.decode(text);
    int codec = decoded.length < 2 ? -1 : (decoded[0] & 0xff) << 8 | decoded[1] & 0xff;
    for (KeyType type : KeyType.values()) {
      if (type.codec() == codec) {
        return of(type, Arrays.copyOfRange(decoded, 2, decoded.length));
      }
    }
    String prefix = HexFormat.of().formatHex(decoded, 0, Math.min(2, decoded.length));
    throw wrong(
        "The key begins with "
            + (prefix.isEmpty() ? "nothing" : prefix)
            + "; keys here begin with ed01 (Ed25519), 8024 (P-256) or 8124 (P-384).");
  }

  /**
   * The key of a certificate or key store.
   *
   * @param key a key of Ed25519, P-256 or P-384
   * @return the same key
   * @throws SmartApiException of type SecurityError if it is of another kind
   */
  public static Multikey of(PublicKey key) {
    AsymmetricKeyParameter parameters;
    try {
      parameters = PublicKeyFactory.createKey(key.getEncoded());
    } catch (IOException | RuntimeException e) {
      throw new SmartApiException(
          ErrorType.SECURITY_ERROR,
          "A public key of " + key.getAlgorithm() + " isn't readable.",
          e);
    }
    if (parameters instanceof Ed25519PublicKeyParameters edwards) {
      return of(KeyType.ED25519, edwards.getEncoded());
    }
    if (parameters instanceof ECPublicKeyParameters point) {
      for (KeyType type : new KeyType[] {KeyType.P_256, KeyType.P_384}) {
        if (Curves.domain(type).getCurve().equals(point.getParameters().getCurve())) {
          return of(type, point.getQ().getEncoded(true));
        }
      }
    }
    throw wrong("A public key is of Ed25519, P-256 or P-384, not of " + key.getAlgorithm() + ".");
  }

  /**
   * Which kind of key this is.
   *
   * @return its kind
   */
  public KeyType type() {
    return type;
  }

  /**
   * The key as {@code sec:publicKeyMultibase} has it.
   *
   * @return text such as {@code z6Mk…}
   */
  public String multibase() {
    byte[] prefixed = new byte[2 + bytes.length];
    prefixed[0] = (byte) (type.codec() >> 8);
    prefixed[1] = (byte) type.codec();
    System.arraycopy(bytes, 0, prefixed, 2, bytes.length);
    return Multibase.base58(prefixed);
  }

  /**
   * The first coordinate, as JSON Web Keys have it.
   *
   * @return 32 or 48 bytes; of keys on P-256 and P-384 only
   */
  public byte[] x() {
    return ((ECPublicKeyParameters) parameters).getQ().getAffineXCoord().getEncoded();
  }

  /**
   * The second coordinate, as JSON Web Keys have it.
   *
   * @return 32 or 48 bytes; of keys on P-256 and P-384 only
   */
  public byte[] y() {
    return ((ECPublicKeyParameters) parameters).getQ().getAffineYCoord().getEncoded();
  }

  AsymmetricKeyParameter parameters() {
    return parameters;
  }

  /** The key as a provider keeps it, made once; two threads that make it make the same. */
  PublicKey java(Provider provider) {
    PublicKey made = java;
    if (made == null) {
      try {
        byte[] encoded =
            SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(parameters).getEncoded();
        KeyFactory factory =
            type == KeyType.ED25519 // which Corretto signs with and has no factory for
                ? KeyFactory.getInstance("Ed25519")
                : KeyFactory.getInstance("EC", provider);
        made = factory.generatePublic(new X509EncodedKeySpec(encoded));
      } catch (GeneralSecurityException | IOException e) {
        throw new AssertionError("the provider knows the keys of " + type, e);
      }
      java = made;
    }
    return made;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Multikey that && type == that.type && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The key as text; it is public. */
  @Override
  public String toString() {
    return multibase();
  }

  private static SmartApiException wrong(String message) {
    return new SmartApiException(ErrorType.SECURITY_ERROR, message);
  }
}
