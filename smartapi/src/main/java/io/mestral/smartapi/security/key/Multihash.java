package io.mestral.smartapi.security.key;

import io.mestral.smartapi.canonical.HashAlgorithm;
import java.util.Arrays;

/**
 * Hashes as text: multibase base64url of the bytes {@code 12 20} and 32 bytes of SHA-256 (Smart
 * API, section 7.6).
 */
public final class Multihash {
  private static final byte[] SHA_256 = {0x12, 0x20};
  private static final int LENGTH = 47;

  private Multihash() {}

  /**
   * The hash of some bytes.
   *
   * @param bytes any bytes
   * @return text such as {@code uEiCe2IaV…}, 47 characters
   */
  public static String of(byte[] bytes) {
    byte[] multihash = Arrays.copyOf(SHA_256, SHA_256.length + 32);
    System.arraycopy(HashAlgorithm.SHA_256.of(bytes), 0, multihash, SHA_256.length, 32);
    return Multibase.base64Url(multihash);
  }

  /**
   * Whether a text looks like one of these hashes. Hashes of the published SDK, Base64 of SHA-512,
   * don't.
   *
   * @param text any text
   * @return whether it has the length and the beginning
   */
  public static boolean isMultihash(String text) {
    return text.length() == LENGTH && text.startsWith("uEi");
  }
}
