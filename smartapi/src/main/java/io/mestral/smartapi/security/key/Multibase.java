package io.mestral.smartapi.security.key;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes as text with a letter for their base in front: {@code z} is base58 with Bitcoin's alphabet,
 * {@code u} is base64url without padding (Controlled Identifiers 1.0, section 2.4).
 */
public final class Multibase {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int LONGEST_BASE58 = 1024;

  private Multibase() {}

  /**
   * Bytes in base58, as keys and signatures are written.
   *
   * @param bytes up to a few hundred bytes; the work grows with the square of their number
   * @return {@code z} and the digits
   */
  public static String base58(byte[] bytes) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    byte[] digits = new byte[bytes.length * 138 / 100 + 1];
    int used = 0;
    for (int at = zeros; at < bytes.length; at++) {
      int carry = bytes[at] & 0xff;
      int digit = 0;
      for (; digit < used || carry != 0; digit++) {
        carry += (digits[digit] & 0xff) << 8;
        digits[digit] = (byte) (carry % 58);
        carry /= 58;
      }
      used = digit;
    }
    StringBuilder text = new StringBuilder(1 + zeros + used).append('z');
    text.append("1".repeat(zeros));
    while (used > 0) {
      text.append(ALPHABET.charAt(digits[--used]));
    }
    return text.toString();
  }

  /**
   * Bytes in base64url, as hashes are written.
   *
   * @param bytes any bytes
   * @return {@code u} and the digits, without padding
   */
  public static String base64Url(byte[] bytes) {
    return "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The bytes of a text of either base.
   *
   * @param text letter and digits
   * @return the bytes
   * @throws SmartApiException of type SecurityError if the letter is another one, or a character is
   *     no digit of the base
   */
  public static byte[] decode(String text) {
    if (text.startsWith("z")) {
      return decodeBase58(text);
    }
    if (text.startsWith("u")) {
      return decodeBase64Url(text);
    }
    throw wrong(
        text, "begins with another letter than z (base58btc) or u (base64url without padding)");
  }

  private static byte[] decodeBase64Url(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text.substring(1));
    } catch (IllegalArgumentException e) {
      throw wrong(text, "isn't base64url after its u");
    }
    if (!base64Url(bytes).equals(text)) {
      throw wrong(text, "isn't the one way to write its bytes in base64url without padding");
    }
    return bytes;
  }

  private static byte[] decodeBase58(String text) {
    if (text.length() > LONGEST_BASE58) {
      throw wrong(text, "is longer than " + LONGEST_BASE58 + " characters");
    }
    int zeros = 1;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    byte[] bytes = new byte[text.length()];
    int used = 0;
    for (int at = zeros; at < text.length(); at++) {
      int carry = ALPHABET.indexOf(text.charAt(at));
      if (carry < 0) {
        throw wrong(text, "has '" + text.charAt(at) + "', which is no digit of base58btc");
      }
      int place = 0;
      for (; place < used || carry != 0; place++) {
        carry += (bytes[place] & 0xff) * 58;
        bytes[place] = (byte) carry;
        carry >>= 8;
      }
      used = place;
    }
    byte[] decoded = new byte[zeros - 1 + used];
    for (int place = 0; place < used; place++) {
      decoded[decoded.length - 1 - place] = bytes[place];
    }
    Arrays.fill(bytes, (byte) 0);
    return decoded;
  }

  private static SmartApiException wrong(String text, String what) {
    String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    return new SmartApiException(
        ErrorType.SECURITY_ERROR, "The multibase text \"" + shown + "\" " + what + ".");
  }
}
