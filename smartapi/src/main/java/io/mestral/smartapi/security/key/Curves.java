package io.mestral.smartapi.security.key;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** BouncyCastle's curves, in the arithmetic that was made for each of them. */
final class Curves {
  private static final ECNamedDomainParameters P_256 = named(SECObjectIdentifiers.secp256r1);
  private static final ECNamedDomainParameters P_384 = named(SECObjectIdentifiers.secp384r1);

  private Curves() {}

  private static ECNamedDomainParameters named(ASN1ObjectIdentifier curve) {
    return new ECNamedDomainParameters(curve, CustomNamedCurves.getByOID(curve));
  }

  static ECNamedDomainParameters domain(KeyType type) {
    return type == KeyType.P_384 ? P_384 : P_256;
  }

  /** A public key, of which every rule for its curve was checked. */
  static AsymmetricKeyParameter publicKey(KeyType type, byte[] bytes) {
    if (type == KeyType.ED25519) {
      if (!Ed25519.validatePublicKeyFull(bytes, 0)) {
        throw noPoint(type, null);
      }
      return new Ed25519PublicKeyParameters(bytes, 0);
    }
    try {
      ECNamedDomainParameters domain = domain(type);
      return new ECPublicKeyParameters(domain.getCurve().decodePoint(bytes), domain);
    } catch (IllegalArgumentException e) {
      throw noPoint(type, e);
    }
  }

  static AsymmetricKeyParameter secretKey(KeyType type, byte[] bytes) {
    if (type == KeyType.ED25519) {
      return new Ed25519PrivateKeyParameters(bytes, 0);
    }
    try {
      return new ECPrivateKeyParameters(new BigInteger(1, bytes), domain(type));
    } catch (IllegalArgumentException e) {
      throw new SmartApiException(
          ErrorType.SECURITY_ERROR,
          "A private key of " + type.standardName() + " is a number from 1 to below the order.",
          e);
    }
  }

  private static SmartApiException noPoint(KeyType type, Throwable cause) {
    return new SmartApiException(
        ErrorType.SECURITY_ERROR,
        "The key isn't a point of " + type.standardName() + " that may be a key.",
        cause);
  }
}
