package io.mestral.smartapi.syntax.json;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Writes JSON in canonical form (RFC 8785): no white space, numbers as ECMAScript writes them, in
 * strings only those characters escaped that have to be.
 */
public final class CanonicalText {
  private static final double WHOLE_AND_EXACT = 1L << 53;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
  private static final int LONGEST_NUMBER = 32;

  /** Below 1e-321 a single digit can be enough where Java writes two, as in 4.9E-324. */
  private static final int SMALLEST_EXPONENT = -322;

  private final int most;
  private byte[] bytes;
  private int at;
  private boolean ascii = true;

  /**
   * An empty text.
   *
   * @param expected how long it will about be, in bytes
   * @param most how long it may get, in bytes
   */
  public CanonicalText(int expected, int most) {
    this.most = most;
    this.bytes = new byte[Math.max(64, expected)];
  }

  /**
   * Adds a bracket or comma, or another character below 128.
   *
   * @param sign the character
   * @return this
   */
  public CanonicalText sign(char sign) {
    reserve(1);
    bytes[at++] = (byte) sign;
    return this;
  }

  /**
   * Adds a word of ASCII as it is.
   *
   * @param word such as {@code true}
   * @return this
   */
  public CanonicalText word(String word) {
    reserve(word.length());
    append(word, 0, word.length());
    return this;
  }

  /**
   * Adds a whole number, with all its digits.
   *
   * @param number any number
   * @return this
   */
  public CanonicalText number(long number) {
    reserve(LONGEST_NUMBER);
    whole(number);
    return this;
  }

  /**
   * Adds a number as ECMAScript writes it.
   *
   * @param number a finite number
   * @return this
   */
  public CanonicalText number(double number) {
    reserve(LONGEST_NUMBER);
    if (number == Math.rint(number) && Math.abs(number) <= WHOLE_AND_EXACT) {
      whole((long) number); // minus zero becomes zero, as in ECMAScript
    } else {
      decimal(DoubleToDecimal.toString(number));
    }
    return this;
  }

  private void whole(long number) {
    long rest = number;
    if (rest < 0) {
      bytes[at++] = '-';
    } else {
      rest = -rest;
    }
    int digits = 1;
    for (long ten = -10; digits < 19 && ten >= rest; ten *= 10) {
      digits++;
    }
    at += digits;
    for (int place = at - 1; digits > 0; digits--) {
      long next = rest / 10;
      bytes[place--] = (byte) ('0' - (rest - next * 10));
      rest = next;
    }
  }

  /** Turns Java's form, {@code 21.5} or {@code 4.0E-5}, into that of ECMAScript. */
  private void decimal(String shortest) {
    int from = 0;
    if (shortest.charAt(0) == '-') {
      bytes[at++] = '-';
      from = 1;
    }
    int e = shortest.lastIndexOf('E');
    if (e < 0) {
      append(shortest, from, shortest.length()); // 0.001 to 9999999.9, where both forms are alike
    } else {
      scientific(shortest, from, e);
    }
  }

  private void scientific(String shortest, int from, int e) {
    int exponent = Integer.parseInt(shortest, e + 1, shortest.length(), 10);
    String digits = digits(shortest, from, e);
    if (digits.length() == 2 && exponent <= SMALLEST_EXPONENT) {
      int one = oneDigit(shortest, from, exponent);
      digits = one < 0 ? digits : one == 10 ? "1" : Integer.toString(one);
      exponent += one == 10 ? 1 : 0;
    }
    int count = digits.length();
    if (exponent >= 21 || exponent < -6) {
      append(digits, 0, 1);
      if (count > 1) {
        bytes[at++] = '.';
        append(digits, 1, count);
      }
      String power = Integer.toString(exponent);
      bytes[at++] = 'e';
      if (exponent > 0) {
        bytes[at++] = '+';
      }
      append(power, 0, power.length());
    } else if (exponent < 0) {
      append("0.000000", 0, 1 - exponent);
      append(digits, 0, count);
    } else if (count <= exponent + 1) {
      append(digits, 0, count);
      append("0000000000000000000000", 0, exponent + 1 - count);
    } else {
      append(digits, 0, exponent + 1);
      bytes[at++] = '.';
      append(digits, exponent + 1, count);
    }
  }

  /** The digits of {@code d.dddE}, without a zero that stands for none. */
  private static String digits(String shortest, int from, int e) {
    boolean one = e == from + 3 && shortest.charAt(from + 2) == '0';
    return one
        ? shortest.substring(from, from + 1)
        : shortest.charAt(from) + shortest.substring(from + 2, e);
  }

  private static int oneDigit(String shortest, int from, int exponent) {
    String positive = shortest.substring(from);
    double number = Double.parseDouble(positive);
    int digit = positive.charAt(0) - '0';
    int nearer = positive.charAt(2) >= '5' ? digit + 1 : digit;
    int farther = nearer == digit ? digit + 1 : digit;
    if (Double.parseDouble(nearer + "E" + exponent) == number) {
      return nearer;
    }
    return Double.parseDouble(farther + "E" + exponent) == number ? farther : -1;
  }

  /**
   * Adds a string in quotes.
   *
   * @param text a text of whole code points
   * @return this
   * @throws SmartApiException of type TooLargeError if the JSON gets too long, as any of these do
   */
  public CanonicalText string(String text) {
    sign('"');
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      reserve(6);
      if (c >= 0x80) {
        index += beyondAscii(text, index);
      } else if (c < 0x20 || c == '"' || c == '\\') {
        escape(c);
      } else {
        bytes[at++] = (byte) c;
      }
    }
    return sign('"');
  }

  private int beyondAscii(String text, int index) {
    int point = text.codePointAt(index);
    byte[] encoded = Character.toString(point).getBytes(StandardCharsets.UTF_8);
    ascii = false;
    System.arraycopy(encoded, 0, bytes, at, encoded.length);
    at += encoded.length;
    return Character.charCount(point) - 1;
  }

  private void escape(char c) {
    bytes[at++] = '\\';
    int known = "\"\\\b\t\n\f\r".indexOf(c);
    if (known >= 0) {
      bytes[at++] = (byte) "\"\\btnfr".charAt(known);
      return;
    }
    append("u00", 0, 3);
    bytes[at++] = HEX[c >> 4];
    bytes[at++] = HEX[c & 15];
  }

  private void append(String text, int from, int to) {
    for (int index = from; index < to; index++) {
      bytes[at++] = (byte) text.charAt(index);
    }
  }

  private void reserve(int more) {
    if (more <= bytes.length - at) {
      return;
    }
    if (at + more > most) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          String.format(
              Locale.ROOT,
              "The JSON is longer than %,d bytes, which is the most; send it in several parts.",
              most));
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(at + more, bytes.length * 2L)));
  }

  /** The text as it is so far. */
  @Override
  public String toString() {
    return new String(bytes, 0, at, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }
}
