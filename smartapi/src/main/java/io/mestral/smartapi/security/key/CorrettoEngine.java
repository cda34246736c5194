package io.mestral.smartapi.security.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.util.List;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.bouncycastle.util.BigIntegers;

/**
 * Computes with Amazon's Corretto provider, which is native code and in another jar that may be
 * left out.
 */
public final class CorrettoEngine implements CryptoEngine {
  private static final String CLASS =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  /** The engine, or nothing where the provider isn't on the class path or doesn't load. */
  public static final Optional<CryptoEngine> AVAILABLE = provider().map(CorrettoEngine::new);

  private final Provider provider;

  private CorrettoEngine(Provider provider) {
    this.provider = provider;
  }

  private static Optional<Provider> provider() {
    try {
      Provider found = (Provider) Class.forName(CLASS).getField("INSTANCE").get(null);
      boolean loaded =
          List.of("Ed25519", "SHA256withECDSAinP1363Format", "SHA384withECDSAinP1363Format")
              .stream()
              .allMatch(algorithm -> found.getService("Signature", algorithm) != null);
      return loaded ? Optional.of(found) : Optional.empty();
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty(); // that it may be left out is the point
    }
  }

  private static String algorithm(KeyType type) {
    return switch (type) {
      case ED25519 -> "Ed25519";
      case P_256 -> "SHA256withECDSAinP1363Format";
      case P_384 -> "SHA384withECDSAinP1363Format";
    };
  }

  @Override
  public byte[] sign(SecretMultikey key, byte[] input) {
    try {
      Signature signer = Signature.getInstance(algorithm(key.publicKey().type()), provider);
      signer.initSign(key.java(provider));
      signer.update(input);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Corretto doesn't sign with " + key.publicKey().type(), e);
    }
  }

  @Override
  public boolean verify(Multikey key, byte[] input, byte[] signature) {
    if (signature.length != key.type().signatureLength()) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(algorithm(key.type()), provider);
      verifier.initVerify(key.java(provider));
      verifier.update(input);
      return verifier.verify(signature);
    } catch (SignatureException e) {
      return false; // numbers out of their range
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Corretto doesn't verify with " + key.type(), e);
    }
  }

  @Override
  public SecretMultikey ephemeral() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
      Multikey publicKey =
          Multikey.ofPoint(KeyType.P_256, bytes(point.getAffineX()), bytes(point.getAffineY()));
      BigInteger number = ((ECPrivateKey) pair.getPrivate()).getS();
      return new SecretMultikey(bytes(number), publicKey, pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Corretto doesn't make keys of P-256", e);
    }
  }

  @Override
  public byte[] agree(SecretMultikey own, Multikey other) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
      agreement.init(own.java(provider));
      agreement.doPhase(other.java(provider), true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Corretto doesn't agree on P-256", e);
    }
  }

  private static byte[] bytes(BigInteger number) {
    return BigIntegers.asUnsignedByteArray(KeyType.P_256.secretLength(), number);
  }
}
