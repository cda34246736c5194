package io.mestral.model.platform;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A token as a store may hold it: a keyed hash to find it by, and the encrypted text to show it to
 * its owner again. Neither is of use without the node's key.
 *
 * @param hash hexadecimal, unique among the tokens of its kind
 * @param cipher the encrypted token
 */
public record SealedToken(String hash, byte[] cipher) {
  /** Copies the bytes, so that the value stays as it is. */
  public SealedToken {
    cipher = cipher.clone();
  }

  @Override
  public byte[] cipher() {
    return cipher.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedToken token
        && hash.equals(token.hash)
        && Arrays.equals(cipher, token.cipher);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  @Override
  public String toString() {
    return "SealedToken[" + HexFormat.of().withUpperCase().toHexDigits(hash.hashCode()) + "]";
  }
}
