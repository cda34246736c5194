package io.mestral.smartapi.canonical;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes that canonical forms are made and signed with. */
public enum HashAlgorithm {
  /** SHA-256, what is used wherever nothing else is said. */
  SHA_256("SHA-256"),
  /** SHA-384, for proofs with keys on P-384. */
  SHA_384("SHA-384");

  private final String javaName;

  HashAlgorithm(String javaName) {
    this.javaName = javaName;
  }

  /**
   * A digest of this kind that nothing was put in yet.
   *
   * @return a new one, for one thread
   */
  public MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + javaName, e);
    }
  }

  /**
   * The hash of some bytes.
   *
   * @param bytes any bytes
   * @return 32 or 48 bytes
   */
  public byte[] of(byte[] bytes) {
    return newDigest().digest(bytes);
  }
}
