package io.mestral.smartapi.security.key;

/**
 * Who computes signatures and agreements. The outcome is the same with every engine; they differ in
 * speed. Engines keep nothing between calls and may be used by many threads.
 */
public interface CryptoEngine {

  /**
   * The fastest engine there is here.
   *
   * @return Corretto's where its library is on the class path and loads, else BouncyCastle's
   */
  static CryptoEngine fastest() {
    return CorrettoEngine.AVAILABLE.isPresent()
        ? CorrettoEngine.AVAILABLE.get()
        : new BouncyCastleEngine();
  }

  /**
   * Signs. With Ed25519 the input itself is signed, with the NIST curves its hash, SHA-256 or
   * SHA-384 as the curve wants.
   *
   * @param key the key
   * @param input what to sign
   * @return the signature; for the NIST curves both numbers, one after the other
   */
  byte[] sign(SecretMultikey key, byte[] input);

  /**
   * Checks a signature.
   *
   * @param key the key
   * @param input what was signed
   * @param signature the signature, of any length
   * @return whether it is right
   */
  boolean verify(Multikey key, byte[] input, byte[] signature);

  /**
   * Makes a key pair on P-256 that is used once.
   *
   * @return the private key with its public half
   */
  SecretMultikey ephemeral();

  /**
   * Agrees on a secret with the owner of another key (SEC 1, section 3.3.1).
   *
   * @param own the own private key, on P-256
   * @param other the other's public key, on P-256
   * @return the secret's 32 bytes
   */
  byte[] agree(SecretMultikey own, Multikey other);
}
