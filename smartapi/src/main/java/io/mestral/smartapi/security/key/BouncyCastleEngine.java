package io.mestral.smartapi.security.key;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.BigIntegers;

/**
 * Computes with BouncyCastle, directly and not by way of Java's providers. Signatures of the NIST
 * curves are deterministic (RFC 6979).
 */
public final class BouncyCastleEngine implements CryptoEngine {
  private final SecureRandom random = new SecureRandom();

  /** An engine; it needs nothing but the class path. */
  public BouncyCastleEngine() {}

  @Override
  public byte[] sign(SecretMultikey key, byte[] input) {
    KeyType type = key.publicKey().type();
    if (type == KeyType.ED25519) {
      byte[] signature = new byte[type.signatureLength()];
      ((Ed25519PrivateKeyParameters) key.parameters())
          .sign(Ed25519.Algorithm.Ed25519, null, input, 0, input.length, signature, 0);
      return signature;
    }
    HMacDSAKCalculator nonces =
        new HMacDSAKCalculator(type == KeyType.P_384 ? new SHA384Digest() : new SHA256Digest());
    ECDSASigner signer = new ECDSASigner(nonces);
    signer.init(true, key.parameters());
    BigInteger[] numbers = signer.generateSignature(type.hash().of(input));
    byte[] signature = new byte[type.signatureLength()];
    int half = signature.length / 2;
    BigIntegers.asUnsignedByteArray(numbers[0], signature, 0, half);
    BigIntegers.asUnsignedByteArray(numbers[1], signature, half, half);
    return signature;
  }

  @Override
  public boolean verify(Multikey key, byte[] input, byte[] signature) {
    KeyType type = key.type();
    if (signature.length != type.signatureLength()) {
      return false;
    }
    if (type == KeyType.ED25519) {
      return ((Ed25519PublicKeyParameters) key.parameters())
          .verify(Ed25519.Algorithm.Ed25519, null, input, 0, input.length, signature, 0);
    }
    int half = signature.length / 2;
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, key.parameters());
    return verifier.verifySignature(
        type.hash().of(input),
        new BigInteger(1, Arrays.copyOfRange(signature, 0, half)),
        new BigInteger(1, Arrays.copyOfRange(signature, half, signature.length)));
  }

  @Override
  public SecretMultikey ephemeral() {
    return SecretMultikey.generate(KeyType.P_256, random);
  }

  @Override
  public byte[] agree(SecretMultikey own, Multikey other) {
    ECDHBasicAgreement agreement = new ECDHBasicAgreement();
    agreement.init(own.parameters());
    return BigIntegers.asUnsignedByteArray(
        agreement.getFieldSize(), agreement.calculateAgreement(other.parameters()));
  }
}
