package io.mestral.smartapi.security.key;

import io.mestral.smartapi.canonical.HashAlgorithm;

/** The kinds of key that proofs are made with, as Multikey tells them apart. */
public enum KeyType {
  /** Ed25519: signs. */
  ED25519("Ed25519", 0xed01, 32, 32, HashAlgorithm.SHA_256),
  /** The NIST curve P-256: signs, and agrees on keys for encryption. */
  P_256("P-256", 0x8024, 33, 32, HashAlgorithm.SHA_256),
  /** The NIST curve P-384: signs. */
  P_384("P-384", 0x8124, 49, 48, HashAlgorithm.SHA_384);

  private final String standardName;
  private final int codec;
  private final int publicLength;
  private final int secretLength;
  private final HashAlgorithm hash;

  KeyType(String standardName, int codec, int publicLength, int secretLength, HashAlgorithm hash) {
    this.standardName = standardName;
    this.codec = codec;
    this.publicLength = publicLength;
    this.secretLength = secretLength;
    this.hash = hash;
  }

  /**
   * The curve's name.
   *
   * @return {@code Ed25519}, {@code P-256} or {@code P-384}
   */
  public String standardName() {
    return standardName;
  }

  /**
   * The hash that goes with keys of this kind, in proofs and inside of canonicalization.
   *
   * @return SHA-384 for P-384, else SHA-256
   */
  public HashAlgorithm hash() {
    return hash;
  }

  /**
   * How long a signature is: for the NIST curves both numbers, one after the other.
   *
   * @return 64 or 96 bytes
   */
  public int signatureLength() {
    return 2 * secretLength;
  }

  /** The two bytes in front of a public key of this kind. */
  int codec() {
    return codec;
  }

  int publicLength() {
    return publicLength;
  }

  int secretLength() {
    return secretLength;
  }
}
