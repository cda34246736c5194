package io.mestral.verticles.csv;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Numbers as text: the fewest digits that read back to the same number. */
public final class DecimalText {
  /** No number is longer. */
  public static final int LONGEST = 32;

  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  /** Below it, a number times the largest power is a whole number that a double holds exactly. */
  private static final double SMALL = 1e9;

  private static final double LARGEST_WHOLE = 1L << 53;

  /** Since Java 19 what the library prints is the shortest; before, sometimes a digit more. */
  private static final boolean LIBRARY_IS_SHORTEST = Runtime.version().feature() >= 19;

  private DecimalText() {}

  /** Writes a finite number and gives the place behind it. */
  static int write(double value, byte[] into, int at) {
    int end = writeIfShort(value, into, at);
    if (end > at) return end;
    byte[] text = shortest(value).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, into, at, text.length);
    return at + text.length;
  }

  /**
   * Writes a number of few decimal places, as those are that kits send, and gives the place behind
   * it; any other number is not written.
   */
  public static int writeIfShort(double value, byte[] into, int at) {
    double magnitude = Math.abs(value);
    if (magnitude < SMALL) {
      for (int places = 0; places < POWERS.length; places++) {
        long scaled = (long) (magnitude * POWERS[places] + 0.5);
        // Both are exact, so the quotient is rounded like the text that is read back.
        if (scaled / POWERS[places] == magnitude)
          return decimal(scaled, places, into, sign(value, into, at));
      }
    } else if (magnitude < LARGEST_WHOLE && magnitude == Math.rint(magnitude)) {
      return decimal((long) magnitude, 0, into, sign(value, into, at));
    }
    return at;
  }

  private static int sign(double value, byte[] into, int at) {
    if (Double.doubleToRawLongBits(value) >= 0) return at;
    into[at] = '-';
    return at + 1;
  }

  private static int decimal(long scaled, int places, byte[] into, int at) {
    int digits = Math.max(digits(scaled), places + 1);
    int end = at + digits + (places > 0 ? 1 : 0);
    long left = scaled;
    int place = end;
    for (int i = 0; i < digits; i++) {
      if (i == places && i > 0) into[--place] = '.';
      into[--place] = (byte) ('0' + left % 10);
      left /= 10;
    }
    return end;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long left = number / 10; left > 0; left /= 10) digits++;
    return digits;
  }

  private static String shortest(double value) {
    String text = Double.toString(value);
    if (!LIBRARY_IS_SHORTEST) text = fewer(text, value);
    int exponent = text.indexOf('E');
    return exponent > 1 && text.startsWith(".0", exponent - 2)
        ? text.substring(0, exponent - 2) + text.substring(exponent)
        : text;
  }

  /** The same text, or one of fewer digits that means the same number. */
  private static String fewer(String text, double value) {
    BigDecimal best = new BigDecimal(text).stripTrailingZeros();
    boolean shortened = false;
    for (int digits = best.precision() - 1; digits > 0; digits--) {
      BigDecimal shorter = best.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() != value) break;
      best = shorter;
      shortened = true;
    }
    return shortened ? best.toString().replace("E+", "E") : text;
  }
}
